/** A plane of the ground for drawing: degrees to points of a picture and back. */
export type Point = readonly [lng: number, lat: number]
export interface Plane {
  readonly width: number
  readonly height: number
  readonly at: (p: Point) => readonly [x: number, y: number]
  readonly back: (x: number, y: number) => Point
  /** Points of the picture for so many metres. */
  readonly metres: (m: number) => number
}

const metresPerDegree = 110_540
const shrinkAt = (lat: number) => Math.cos((lat * Math.PI) / 180)

/** As large as the width allows, all of the points within. */
export function planeOf(points: readonly Point[], width: number, margin: number): Plane {
  const lngs = points.map((p) => p[0]),
    lats = points.map((p) => p[1])
  const [west, east, south, north] = [Math.min(...lngs), Math.max(...lngs), Math.min(...lats), Math.max(...lats)]
  const shrink = shrinkAt(south)
  const inner = width - 2 * margin
  const scale = inner / Math.max((east - west) * shrink, north - south, 1e-5)
  return {
    width: (east - west) * shrink * scale + 2 * margin,
    height: (north - south) * scale + 2 * margin,
    at: ([lng, lat]) => [(lng - west) * shrink * scale + margin, (north - lat) * scale + margin],
    back: (x, y) => [(x - margin) / scale / shrink + west, north - (y - margin) / scale],
    metres: (m) => (m / metresPerDegree) * scale,
  }
}

/** What lies so many metres around a point, in a picture of a given size. */
export function planeAround(centre: Point, metres: number, width: number, height: number): Plane {
  const shrink = shrinkAt(centre[1])
  const scale = width / ((2 * metres) / metresPerDegree)
  return {
    width,
    height,
    at: ([lng, lat]) => [(lng - centre[0]) * shrink * scale + width / 2, (centre[1] - lat) * scale + height / 2],
    back: (x, y) => [(x - width / 2) / scale / shrink + centre[0], centre[1] - (y - height / 2) / scale],
    metres: (m) => (m / metresPerDegree) * scale,
  }
}

export function metresBetween(a: Point, b: Point): number {
  const x = (a[0] - b[0]) * shrinkAt((a[1] + b[1]) / 2)
  return Math.hypot(x, a[1] - b[1]) * metresPerDegree
}
