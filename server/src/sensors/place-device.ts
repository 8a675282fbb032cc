/** Where a device stands, from what was said of it: its building's grid, or the grid, village or town of its point. */
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { registerSensor } from '@fengge/domain/sensors/contract'
import type { Asking } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { departmentsById } from '../identity/door.ts'
import { placeTree } from '../places/door.ts'
import { findBuilding, type StandingBuilding } from '../registry/door.ts'
import { isOutside } from '../events/door.ts'
import type { Standing } from './store/devices.ts'

type Asked = Omit<AskOf<typeof registerSensor>, 'requestId' | 'id'>
type Place = Pick<Standing, 'building_id' | 'lng' | 'lat' | 'grid_id' | 'village_id' | 'town_id'>

export async function standingOf(ctx: Asking, ask: Asked): Promise<Standing> {
  const { kind, name, spot, departmentId, validTo } = ask
  if (validTo !== null && validTo < dayOf(ctx.now)) refuse('sensor.dates', 422)
  if (departmentId !== null) {
    const department = (await departmentsById(ctx.tx, ctx.caller.countyCode)).get(departmentId)
    if (!department?.isActive) refuse('department.unknown', 422)
  }
  return { ...(await placeFor(ctx, ask)), kind, name, spot, department_id: departmentId, valid_to: validTo }
}

async function placeFor(ctx: Asking, { buildingId, point }: Asked): Promise<Place> {
  if (buildingId !== null) {
    const building = await findBuilding(ctx.tx, ctx.caller.countyCode, buildingId)
    return building ? placeInBuilding(building) : refuse('sensor.place', 422)
  }
  if (point === null) return refuse('sensor.place', 422)
  if (isOutside(ctx, point)) return refuse('sensor.elsewhere', 422)
  return placeAtPoint(ctx, point)
}

export const placeInBuilding = ({ id, lng, lat, grid_id, village_id, town_id }: StandingBuilding): Place => ({
  building_id: id,
  lng,
  lat,
  grid_id,
  village_id,
  town_id,
})

/** In the smallest area that holds a point, with those above it. */
export function placeAtPoint(ctx: Asking, { lng, lat }: NonNullable<Asked['point']>): Place {
  const tree = placeTree(ctx)
  const at = tree.locate(lng, lat) ?? tree.locateIn('village', lng, lat) ?? tree.locateIn('town', lng, lat)
  const up = (tier: 'grid' | 'village' | 'town') => (at ? (tree.ancestor(at.id, tier)?.id ?? null) : null)
  return { building_id: null, lng, lat, grid_id: up('grid'), village_id: up('village'), town_id: up('town') }
}
