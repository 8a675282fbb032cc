/** The micro-grid of a house, when it is written or its building is placed; how it follows the net: reactions.ts. */
import type { Asking, Ctx } from '../kernel/context.ts'
import { placeTree } from '../places/door.ts'
import { listPointsOf, putIntoMicro } from './store/buildings.ts'

/** By building, the micro-grid in which a house of some grid stands there; null for none. */
export async function microsOf(
  asking: Pick<Asking, 'tx' | 'shelf'>,
  county: string,
  buildingIds: readonly string[],
): Promise<(buildingId: string | null, gridId: string | null) => string | null> {
  const tree = placeTree(asking)
  const rows = buildingIds.length === 0 ? [] : await listPointsOf(asking.tx, county, buildingIds)
  const micros = new Map(rows.map((r) => [r.id, tree.locateIn('micro', r.lng, r.lat)]))
  return (buildingId, gridId) => {
    const micro = buildingId === null ? undefined : micros.get(buildingId)
    return micro !== undefined && micro.parentId === gridId ? micro.id : null
  }
}

/** Where a building was placed, its houses come into the micro-grid there, or leave theirs. */
export async function placeInMicro(ctx: Ctx, buildingId: string, { lng, lat }: { lng: number; lat: number }) {
  const micro = placeTree(ctx).locateIn('micro', lng, lat)
  await putIntoMicro(ctx.tx, ctx.caller.countyCode, buildingId, {
    microId: micro?.id ?? null,
    gridId: micro?.parentId ?? null,
  })
}
