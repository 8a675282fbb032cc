/** Devices follow the border: with their building, else by their point (G5). Nobody has to be asked: each stands somewhere. */
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import { gridAfter } from '@fengge/domain/places/rehoming'
import type { Ctx } from '../kernel/context.ts'
import { on } from '../kernel/reactions.ts'
import { findBuilding } from '../registry/door.ts'
import { lockDevicesIn, saveHome, type Housed } from './store/homes.ts'

export function sensorReactions(): void {
  on(netChanged, followNet)
}

async function followNet(ctx: Ctx, change: NetChange): Promise<number> {
  const county = ctx.caller.countyCode
  let moved = 0
  for (const device of await lockDevicesIn(ctx.tx, county, change.from)) {
    const gridId = await gridFor(ctx, change, device)
    if (gridId === device.grid_id) continue
    const { villageId, townId } = change.homeOf(gridId ?? device.grid_id)
    await saveHome(ctx.tx, county, device.id, { gridId, villageId, townId })
    moved++
  }
  return moved
}

async function gridFor(
  ctx: Ctx,
  change: NetChange,
  { id, building_id, grid_id, lng, lat }: Housed,
): Promise<string | null> {
  const building = building_id === null ? undefined : await findBuilding(ctx.tx, ctx.caller.countyCode, building_id)
  if (building) return building.grid_id
  const point = lng === null || lat === null ? null : { lng, lat }
  return gridAfter(change, { id, gridId: grid_id, point }) ?? null
}
