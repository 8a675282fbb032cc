/**
 * An invented net for a real list of towns and villages: points are scattered, Voronoi cells drawn and clipped,
 * so that children cover their parent without gap or overlap. The shapes are made up; only names and codes are real.
 */
import { Delaunay } from 'd3-delaunay'
import type { Geometry } from '@fengge/domain/places/terms'
import { areaOf, boxOf, intersectionOf, isInside, multi, unionOf } from '@fengge/server/places/geometry'
import type { Dice } from '../random.ts'

type Point = [number, number]

/** A rough round county of about 25 km across, where no border file is given. */
export function inventBorder(centre: Point, dice: Dice): Geometry {
  const ring: [number, number][] = Array.from({ length: 72 }, (_, i) => {
    const angle = (i / 72) * 2 * Math.PI
    const reach = 0.1 + 0.012 * Math.sin(angle * 3 + 1) + 0.008 * Math.sin(angle * 5) + dice.next() * 0.002
    return [centre[0] + Math.cos(angle) * reach * 1.15, centre[1] + Math.sin(angle) * reach]
  })
  return multi([[[...ring, ring[0]!]]])
}

/** Points inside a shape, apart from each other (best of several throws). */
export function scatter(shape: Geometry, count: number, dice: Dice): Point[] {
  const [west, south, east, north] = boxOf(shape)
  const points: Point[] = []
  const inside = (): Point => {
    for (let i = 0; i < 500; i++) {
      const p: Point = [west + dice.next() * (east - west), south + dice.next() * (north - south)]
      if (isInside(shape, p[0], p[1])) return p
    }
    return [(west + east) / 2, (south + north) / 2]
  }
  const room = (p: Point) =>
    points.reduce((least, q) => Math.min(least, (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2), Infinity)
  while (points.length < count) {
    const throws = Array.from({ length: 8 }, inside)
    points.push(throws.toSorted((a, b) => room(b) - room(a))[0]!)
  }
  return points
}

/** The cells of points within a shape; together they are the shape. */
export function divide(shape: Geometry, points: readonly Point[]): Geometry[] {
  if (points.length === 1) return [shape]
  const [west, south, east, north] = boxOf(shape)
  const voronoi = Delaunay.from(points).voronoi([west - 1, south - 1, east + 1, north + 1])
  return points.map((_, i) => intersectionOf(multi([[voronoi.cellPolygon(i) as [number, number][]]]), shape))
}

/** Shares villages out among towns by nearness, each town getting as many as it has; gives a cell a village. */
export function layOut(
  border: Geometry,
  towns: readonly { id: string; villages: readonly string[] }[],
  dice: Dice,
): { villages: Map<string, Geometry>; towns: Map<string, Geometry> } {
  const all = towns.reduce((n, t) => n + t.villages.length, 0)
  const points = scatter(border, all, dice)
  const cells = divide(border, points)
  const centres = scatter(border, towns.length, dice)
  const free = new Set(points.map((_, i) => i))
  const villages = new Map<string, Geometry>()
  const owned = new Map<string, Geometry>()
  const far = (i: number, c: Point) => (points[i]![0] - c[0]) ** 2 + (points[i]![1] - c[1]) ** 2
  for (const [t, town] of towns.entries()) {
    const mine = [...free].toSorted((a, b) => far(a, centres[t]!) - far(b, centres[t]!)).slice(0, town.villages.length)
    mine.forEach((cell, i) => {
      villages.set(town.villages[i]!, cells[cell]!)
      free.delete(cell)
    })
    if (mine.length > 0) owned.set(town.id, unionOf(mine.map((i) => cells[i]!)))
  }
  return { villages, towns: owned }
}

/** How many grids each village gets: by area, one at least, the sum exact. */
export function shareOut(villages: readonly Geometry[], total: number): number[] {
  const areas = villages.map(areaOf)
  const sum = areas.reduce((a, b) => a + b, 0)
  const shares = areas.map((a) => Math.max(1, Math.floor((a / sum) * total)))
  for (let left = total - shares.reduce((a, b) => a + b, 0), i = 0; left !== 0; i = (i + 1) % shares.length) {
    if (left > 0) {
      shares[i]!++
      left--
    } else if (shares[i]! > 1) {
      shares[i]!--
      left++
    }
  }
  return shares
}
