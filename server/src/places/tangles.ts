/**
 * Whether drawn borders cross themselves or each other, told before anything is clipped: clipping what is tangled takes
 * minutes, finding out takes milliseconds. Positions are in degrees.
 */
import type { Geometry } from '@fengge/domain/places/terms'

type Position = Geometry['coordinates'][number][number][number]
type Ring = Geometry['coordinates'][number][number]

interface Edge {
  readonly shape: number
  readonly ring: number
  /** Its place in its ring, and how many edges that ring has. */
  readonly at: number
  readonly of: number
  readonly a: Position
  readonly b: Position
  readonly west: number
  readonly east: number
  readonly south: number
  readonly north: number
}
export interface Meetings {
  /** Edges that pass through each other. */
  readonly crossings: number
  /** Edges that meet without: an end upon an edge, a spike, one edge along another. */
  readonly touches: number
}
/** What is beyond counting. */
const tangled: Meetings = { crossings: Infinity, touches: Infinity }
/** So many pairs of edges are compared (about 0.1 s), whatever is sent. */
const mostPairs = 8_000_000
/** Twice an area, in square degrees, that is rounding. */
const rounding = 1e-18

export const pointsOf = (geometry: Geometry): number =>
  geometry.coordinates.reduce((sum, rings) => sum + rings.reduce((s, ring) => s + ring.length, 0), 0)

/** The ring closed, with no point twice in a row. */
export function closeRing(ring: Ring): Ring {
  const kept = ring.filter((p, i) => i === 0 || p[0] !== ring[i - 1]![0] || p[1] !== ring[i - 1]![1])
  const [first, last] = [kept[0]!, kept.at(-1)!]
  return first[0] === last[0] && first[1] === last[1] ? kept : [...kept, first]
}

/** How often the rings of one border meet themselves and each other. */
export const meetingsWithin = (geometry: Geometry, most: number): Meetings => sweep(edgesOf([geometry]), isWithin, most)

/** How often the first borders cross each other and the others; what the others do among themselves is not asked. */
export function crossingsBetween(fresh: readonly Geometry[], others: readonly Geometry[], most: number): number {
  const isAsked = (a: Edge, b: Edge) => a.shape !== b.shape && (a.shape < fresh.length || b.shape < fresh.length)
  return sweep(edgesOf([...fresh, ...others]), isAsked, most, false).crossings
}

/** Neighbours in a ring share an end, and are compared for spikes alone. */
const isWithin = () => true

function edgesOf(shapes: readonly Geometry[]): Edge[] {
  const edges: Edge[] = []
  let no = 0
  for (const [shape, { coordinates }] of shapes.entries())
    for (const ring of coordinates.flat().map(closeRing)) {
      no++
      for (let at = 0; at + 1 < ring.length; at++) {
        const [a, b] = [ring[at]!, ring[at + 1]!]
        const [west, east] = a[0] < b[0] ? [a[0], b[0]] : [b[0], a[0]]
        const [south, north] = a[1] < b[1] ? [a[1], b[1]] : [b[1], a[1]]
        edges.push({ shape, ring: no, at, of: ring.length - 1, a, b, west, east, south, north })
      }
    }
  return edges
}

/** From west to east: each edge is compared with those that have begun and not ended. */
function sweep(edges: Edge[], isAsked: (a: Edge, b: Edge) => boolean, most: number, withTouches = true): Meetings {
  edges.sort((a, b) => a.west - b.west)
  let active: Edge[] = []
  let [crossings, touches, pairs] = [0, 0, 0]
  for (const edge of edges) {
    let kept = 0
    pairs += active.length
    if (pairs > mostPairs) return tangled
    for (const other of active) {
      if (other.east < edge.west) continue
      active[kept++] = other
      if (other.north < edge.south || edge.north < other.south || !isAsked(edge, other)) continue
      const met = meet(edge, other)
      if (met === 'cross') crossings++
      else if (met === 'touch' && withTouches) touches++
      if (crossings > most || touches > most) return { crossings, touches }
    }
    active = active.slice(0, kept)
    active.push(edge)
  }
  return { crossings, touches }
}

/** On which side of the line from a to b the point lies: 1, -1, or 0 upon it. */
function side(a: Position, b: Position, p: Position): number {
  const twice = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
  return Math.abs(twice) <= rounding ? 0 : Math.sign(twice)
}

function meet(p: Edge, q: Edge): 'cross' | 'touch' | undefined {
  if (p.ring === q.ring) {
    const apart = Math.abs(p.at - q.at)
    const isNext = apart === 1 || apart === p.of - 1
    if (isNext && p.of > 2) return isSpike(p, q) ? 'touch' : undefined
  }
  const [c, d] = [side(p.a, p.b, q.a), side(p.a, p.b, q.b)]
  const [e, f] = [side(q.a, q.b, p.a), side(q.a, q.b, p.b)]
  if (c * d > 0 || e * f > 0) return undefined
  return c * d < 0 && e * f < 0 ? 'cross' : 'touch'
}

/** The second edge goes back upon the first. */
function isSpike(p: Edge, q: Edge): boolean {
  const dot = (p.b[0] - p.a[0]) * (q.b[0] - q.a[0]) + (p.b[1] - p.a[1]) * (q.b[1] - q.a[1])
  return dot < 0 && side(p.a, p.b, q.a) === 0 && side(p.a, p.b, q.b) === 0
}
