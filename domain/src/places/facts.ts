/** What happens to the net, as the journal keeps it and as the slices above hear it. */
import { z } from 'zod'
import { announced, recorded } from '../kernel/fact.ts'
import { SizeNorm, Tier } from './terms.ts'

/** A change of the net: which grids ended or moved, what stands in their place, and how to home a point. */
export interface NetChange {
  readonly on: string
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** The grid in force after the change that holds a point, among those affected. */
  readonly locate: (lng: number, lat: number) => string | undefined
  /** Where things without a point go. */
  readonly heir: string | null
  /** Ancestors of each affected grid, by tier. */
  readonly homeOf: (gridId: string) => { villageId: string | null; townId: string | null }
}

/** Events, buildings, tasks and staff follow it. */
export const netChanged = announced<NetChange>()(
  'net.changed',
  z.strictObject({ on: z.string(), from: z.array(z.string()), to: z.array(z.string()) }),
)

const codes = z.array(z.string())
const turned = z.strictObject({ from: z.string().nullable(), to: z.string().nullable() })

export const gridDrawn = recorded('grid.drawn', z.strictObject({ code: z.string(), name: z.string() }))
export const borderMoved = recorded(
  'grid.border-moved',
  z.strictObject({ grids: codes, on: z.string(), reason: z.string() }),
)
export const gridSplit = recorded(
  'grid.split',
  z.strictObject({ from: z.string(), to: codes, on: z.string(), reason: z.string() }),
)
export const gridsMerged = recorded(
  'grid.merged',
  z.strictObject({ from: codes, to: z.string(), on: z.string(), reason: z.string() }),
)
export const gridClosed = recorded(
  'grid.closed',
  z.strictObject({ code: z.string(), on: z.string(), reason: z.string() }),
)
export const gridChanged = recorded('grid.changed', z.strictObject({ code: z.string(), name: turned, kind: turned }))

export const levelSaved = recorded(
  'level.saved',
  z.strictObject({ code: z.string(), name: z.string(), tier: Tier, ordinal: z.int() }),
)
export const normSaved = recorded('norm.saved', SizeNorm)
export const areasImported = recorded('areas.imported', z.strictObject({ added: z.int(), renamed: codes }))
/** `codes` counts the borders. */
export const bordersImported = recorded(
  'borders.imported',
  z.strictObject({ codes: z.int(), datum: z.enum(['wgs84', 'gcj02']) }),
)
export const layerImported = recorded('layer.imported', z.strictObject({ layer: z.string(), count: z.int() }))
/** A county got its areas, roles, catalogue, calendar and norms. */
export const countySetUp = recorded('county.set-up', z.strictObject({ categories: z.boolean() }))
