/**
 * When the net changes, a building goes to the grid that holds its point, and what is in it follows: its rooms, the
 * people whose lead home one of them is, the firms and facilities that sit there. What has no point, and stands in
 * no building, goes to the heir; a closed grid leaves it to its village (G5).
 */
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import { gridAfter } from '@fengge/domain/places/rehoming'
import type { Ctx } from '../kernel/context.ts'
import { on } from '../kernel/reactions.ts'
import { placeFor } from './sight.ts'
import type { Place } from './record-columns.ts'
import { lockBuildingsIn, moveAllIn, moveBuildings, type Move, type Standing } from './store/rehoming.ts'

export function registryReactions(): void {
  on(netChanged, followNet)
}

async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  const county = ctx.caller.countyCode
  const standing = await lockBuildingsIn(ctx.tx, county, change.from)
  await moveBuildings(
    ctx.tx,
    county,
    standing.flatMap((b) => moveOf(ctx, change, b)),
  )
  for (const from of change.from)
    if (!change.to.includes(from)) await moveAllIn(ctx.tx, county, from, placeIn(ctx, change, from, change.heir))
}

/** Where a building goes by its point; without one it waits for what is left to go to the heir. */
function moveOf(ctx: Ctx, change: NetChange, building: Standing): Move[] {
  const { id, lng, lat, grid_id: from } = building
  if (lng === null || lat === null) return []
  const to = gridAfter(change, from, { lng, lat })
  return to === from ? [] : [{ id, from, place: placeIn(ctx, change, from, to) }]
}

const placeIn = (ctx: Ctx, change: NetChange, from: string, to: string | null): Place =>
  to === null ? { gridId: null, ...change.homeOf(from) } : { ...placeFor(ctx, to), ...change.homeOf(to), gridId: to }
