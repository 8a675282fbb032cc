/** What happens to the net, as the journal keeps it and as the slices above hear it. */
import { z } from 'zod'
import { announced } from '../kernel/fact.ts'

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
