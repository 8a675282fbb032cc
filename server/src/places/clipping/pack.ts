/**
 * Borders on their way between threads: points in one block of numbers that is handed over, not copied, since a copy of
 * nested lists takes long enough to be felt. Everything else goes as it is.
 */
import { setImmediate as turn } from 'node:timers/promises'
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

/** Points of a turn. */
const slice = 10_000

/** @returns with the blocks that are handed over; others have their turn between */
export async function pack(value: unknown): Promise<{ readonly packed: unknown; readonly blocks: ArrayBuffer[] }> {
  const blocks: ArrayBuffer[] = []
  const open: { readonly border: Geometry; readonly block: Float64Array }[] = []
  const packed = walk(value, (v) => {
    if (!isBorder(v)) return undefined
    const rings = v.coordinates.map((polygon) => polygon.map((ring) => ring.length))
    const block = new Float64Array(2 * rings.flat().reduce((sum, n) => sum + n, 0))
    blocks.push(block.buffer)
    open.push({ border: v, block })
    return { rings, block } satisfies Packed
  })
  await inTurns(open, ({ border, block }) => fill(block, border))
  return { packed, blocks }
}

export async function unpack(packed: unknown): Promise<unknown> {
  const open: { readonly border: Geometry; readonly block: Float64Array; readonly rings: Packed['rings'] }[] = []
  const value = walk(packed, (v) => {
    if (!isPacked(v)) return undefined
    const border: Geometry = { type: 'MultiPolygon', coordinates: [] }
    open.push({ ...v, border })
    return border
  })
  await inTurns(open, ({ border, block, rings }) => {
    border.coordinates.push(...read(block, rings))
  })
  return value
}

async function inTurns<T extends { readonly block: Float64Array }>(items: readonly T[], work: (item: T) => void) {
  let points = 0
  for (const item of items) {
    work(item)
    points += item.block.length / 2
    if (points < slice) continue
    points = 0
    await turn()
  }
}

function fill(block: Float64Array, { coordinates }: Geometry): void {
  let at = 0
  for (const polygon of coordinates)
    for (const ring of polygon)
      for (const point of ring) {
        block[at++] = point[0]
        block[at++] = point[1]
      }
}

function read(block: Float64Array, rings: Packed['rings']): Geometry['coordinates'] {
  let at = 0
  const ringOf = (n: number): [number, number][] => {
    const ring: [number, number][] = []
    for (let i = 0; i < n; i++) ring.push([block[at++]!, block[at++]!])
    return ring
  }
  return rings.map((polygon) => polygon.map(ringOf))
}
