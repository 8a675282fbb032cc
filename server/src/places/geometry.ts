/**
 * Areas, clipping and containment of borders in WGS-84 degrees. Areas are in square metres on a local plane
 * (good to a few parts in ten thousand over a county); clipping is polyclip-ts, exact on shared vertices.
 */
import gcoordModule from 'gcoord'
import * as clip from 'polyclip-ts'
import type { Datum, Geometry } from '@fengge/domain/places/terms'
import { closeRing, meetingsWithin } from './tangles.ts'

// The package's types describe a namespace, its code exports an object.
const gcoord = gcoordModule as unknown as {
  readonly transform: (shape: object, from: string, to: string) => object
  WGS84: string
  GCJ02: string
}

type Coordinates = Geometry['coordinates']
type Ring = Coordinates[number][number]
export type Box = readonly [west: number, south: number, east: number, north: number]

export const multi = (coordinates: Coordinates): Geometry => ({ type: 'MultiPolygon', coordinates })

// Loops over points take them by their place: to take them apart costs ten times as much, and there are very many.
function ringArea(ring: Ring, scaleX: number): number {
  let sum = 0
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    sum += a[0] * scaleX * b[1] * 110_574 - b[0] * scaleX * a[1] * 110_574
  }
  return Math.abs(sum / 2)
}

export function areaOf(geometry: Geometry | null): number {
  if (geometry === null || geometry.coordinates.length === 0) return 0
  const [, south, , north] = boxOf(geometry)
  const scaleX = 111_320 * Math.cos(((south + north) / 2) * (Math.PI / 180))
  return geometry.coordinates.reduce(
    (sum, polygon) =>
      sum + ringArea(polygon[0]!, scaleX) - polygon.slice(1).reduce((s, hole) => s + ringArea(hole, scaleX), 0),
    0,
  )
}

export function boxOf(geometry: Geometry): Box {
  let west = Infinity,
    south = Infinity,
    east = -Infinity,
    north = -Infinity
  for (const polygon of geometry.coordinates)
    for (const point of polygon[0]!) {
      const x = point[0]
      const y = point[1]
      if (x < west) west = x
      if (x > east) east = x
      if (y < south) south = y
      if (y > north) north = y
    }
  return [west, south, east, north]
}

export const boxesMeet = (a: Box, b: Box) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]

export const isInside = (geometry: Geometry, lng: number, lat: number): boolean => insideOf(geometry)(lng, lat)

type InRing = (x: number, y: number) => boolean

/** Whether points lie within a border; where many are asked of a long one, it is worth keeping. */
export function insideOf(geometry: Geometry): (lng: number, lat: number) => boolean {
  const polygons = geometry.coordinates.map((rings) => rings.map(inRing))
  return (lng, lat) =>
    polygons.some(([outer, ...holes]) => outer!(lng, lat) && !holes.some((isInHole) => isInHole(lng, lat)))
}

/** From so many points on, and from the second question, edges of a ring are found by where they lie from south to north. */
const longRing = 100

function inRing(ring: Ring): InRing {
  let bands: Bands | undefined
  let asked = 0
  return (x, y) => {
    let inside = false
    const cross = (i: number) => {
      const a = ring[i]!
      const b = ring[i === 0 ? ring.length - 1 : i - 1]!
      if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
    }
    if (ring.length < longRing || asked++ === 0) for (let i = 0; i < ring.length; i++) cross(i)
    else for (const i of edgesAt((bands ??= makeBands(ring)), y)) cross(i)
    return inside
  }
}

const mostBands = 64
const noEdges: readonly number[] = []

interface Bands {
  readonly south: number
  readonly perDegree: number
  /** Edges of each band, by the point that each ends in. */
  readonly edges: readonly number[][]
}

const edgesAt = ({ south, perDegree, edges }: Bands, y: number): readonly number[] =>
  edges[Math.floor((y - south) * perDegree)] ?? noEdges

/** Once for each ring: thousands of points are then located in a border of thousands in a few milliseconds. */
function makeBands(ring: Ring): Bands {
  const [, south, , north] = boxOf(multi([[ring]]))
  const perDegree = north > south ? (mostBands - 1) / (north - south) : 0
  const edges: number[][] = Array.from({ length: mostBands }, () => [])
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]![1]
    const b = ring[i === 0 ? ring.length - 1 : i - 1]![1]
    const last = Math.floor((Math.max(a, b) - south) * perDegree)
    for (let band = Math.floor((Math.min(a, b) - south) * perDegree); band <= last; band++) edges[band]!.push(i)
  }
  return { south, perDegree, edges }
}

type Poly = Parameters<typeof clip.union>[0]
const asPoly = (g: Geometry) => g.coordinates as unknown as Poly

export function intersectionOf(a: Geometry, b: Geometry): Geometry {
  return boxesMeet(boxOf(a), boxOf(b)) ? multi(clip.intersection(asPoly(a), asPoly(b)) as Coordinates) : multi([])
}
export function differenceOf(a: Geometry, others: readonly Geometry[]): Geometry {
  const near = others.filter((o) => o.coordinates.length > 0 && boxesMeet(boxOf(a), boxOf(o)))
  return near.length === 0 ? a : multi(clip.difference(asPoly(a), ...near.map(asPoly)) as Coordinates)
}
export function unionOf(all: readonly Geometry[]): Geometry {
  const [first, ...rest] = all
  return first === undefined ? multi([]) : multi(clip.union(asPoly(first), ...rest.map(asPoly)) as Coordinates)
}

/** So often may a border touch itself; what does more is no border of land. */
const mostTouches = 16

/** Closes open rings and drops those without area; undefined when nothing is left or the border crosses itself. */
export function tidy(geometry: Geometry): Geometry | undefined {
  const closed = geometry.coordinates.map((polygon) => polygon.map(closeRing))
  const { crossings, touches } = meetingsWithin(multi(closed), mostTouches)
  if (crossings > 0 || touches > mostTouches) return undefined
  try {
    const isPlain = touches === 0 && closed.length === 1 && closed[0]!.length === 1
    const cleaned = isPlain ? multi(closed) : multi(clip.union(closed as unknown as Poly) as Coordinates)
    return areaOf(cleaned) >= 1 ? cleaned : undefined
  } catch {
    return undefined
  }
}

/** Converts a border or point between the datum of Chinese web maps and ours. */
export function toDatum<T extends { type: string }>(geometry: T, from: Datum, to: Datum): T {
  if (from === to) return geometry
  const names = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02 } as const
  return gcoord.transform(structuredClone(geometry), names[from], names[to]) as T
}
