/**
 * How news travels up: a lower slice tells a fact, slices above do their part in the same transaction. A
 * reaction may record, move and notify; it may not refuse.
 */
import type { Ctx } from './context.ts'

/** A change of the net: which grids ended or moved, what stands in their place, and how to home a point. */
export interface NetChange {
  readonly on: string
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** The grid in force after the change that holds a point, among those affected. */
  locate(lng: number, lat: number): string | undefined
  /** Where things without a point go. */
  readonly heir: string | null
  /** Ancestors of each affected grid, by tier. */
  homeOf(gridId: string): { villageId: string | null; townId: string | null }
}

export type NetReaction = (ctx: Ctx, change: NetChange) => Promise<number>
const netReactions: NetReaction[] = []

export function onNetChange(reaction: NetReaction): void {
  if (!netReactions.includes(reaction)) netReactions.push(reaction)
}

/** Runs every reaction; gives the number of open events that found a new home. */
export async function tellNetChange(ctx: Ctx, change: NetChange): Promise<number> {
  let moved = 0
  for (const react of netReactions) moved += await react(ctx, change)
  return moved
}
