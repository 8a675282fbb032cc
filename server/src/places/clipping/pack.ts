/**
 * Borders on their way between threads: points in one block of numbers that is handed over, not copied, since a copy of
 * nested lists takes long enough to be felt. Everything else goes as it is.
 */
import type { Geometry } from '@fengge/domain/places/terms'

interface Packed {
  /** Points of each ring of each polygon. */
  readonly rings: readonly (readonly number[])[]
  /** Longitude and latitude by turns. */
  readonly block: Float64Array<ArrayBuffer>
}

const isBorder = (value: object): value is Geometry => 'type' in value && value.type === 'MultiPolygon'
const isPacked = (value: object): value is Packed => 'block' in value && value.block instanceof Float64Array

function walk(value: unknown, change: (value: object) => object | undefined): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Set) return value
  const changed = change(value)
  if (changed) return changed
  if (Array.isArray(value)) return value.map((v) => walk(v, change))
  if (value instanceof Map) return new Map([...value].map(([k, v]) => [k, walk(v, change)]))
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v, change)]))
}

/** @returns with the blocks that are handed over */
export function pack(value: unknown): { readonly packed: unknown; readonly blocks: ArrayBuffer[] } {
  const blocks: ArrayBuffer[] = []
  const packed = walk(value, (v) => {
    if (!isBorder(v)) return undefined
    const rings = v.coordinates.map((polygon) => polygon.map((ring) => ring.length))
    const block = new Float64Array(2 * rings.flat().reduce((sum, n) => sum + n, 0))
    let at = 0
    for (const polygon of v.coordinates)
      for (const ring of polygon)
        for (const [x, y] of ring) {
          block[at++] = x
          block[at++] = y
        }
    blocks.push(block.buffer)
    return { rings, block } satisfies Packed
  })
  return { packed, blocks }
}

export function unpack(packed: unknown): unknown {
  return walk(packed, (v) => {
    if (!isPacked(v)) return undefined
    let at = 0
    const point = (): [number, number] => [v.block[at++]!, v.block[at++]!]
    const coordinates = v.rings.map((polygon) => polygon.map((n) => Array.from({ length: n }, point)))
    return { type: 'MultiPolygon', coordinates } satisfies Geometry
  })
}
