/** A department's grid becomes a part of the one net: mapped now, in force on its day, withdrawn until then (G6). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { areaUnfolded, foldingOrdered, staffOfDepartments } from '@fengge/domain/places/facts'
import type * as promises from '@fengge/domain/places/folding-contract'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { announce, askAbove } from '../../kernel/reactions.ts'
import type { Prepared } from '../../kernel/run-call.ts'
import { areaOfRow, reachesArea } from '../areas.ts'
import type { Reckoned } from '../outline-change.ts'
import * as store from '../store/foldings.ts'
import { placeTree } from '../tree-in-force.ts'
import { tellFolded } from './folded.ts'
import { mayEdit } from './open-grid.ts'
import { orderChange, withdrawWaiting } from './order-change.ts'

type Ask<P extends 'foldArea' | 'withdrawFolding'> = AskOf<(typeof promises)[P]>
type Reply<P extends 'foldArea' | 'withdrawFolding'> = Promise<ReplyOf<(typeof promises)[P]>>

/** Where it changes the net, the change is reckoned first as any is. */
export const foldArea: Prepared<typeof promises.foldArea, Reckoned | null> = {
  prepare: async (ctx, { requestId, id, change }) => change && orderChange.prepare(ctx, { requestId, id, change }),
  command: mapArea,
}

async function mapArea(ctx: Ctx, ask: Ask<'foldArea'>, reckoned: Reckoned | null): Reply<'foldArea'> {
  const county = ctx.caller.countyCode
  const today = dayOf(ctx.now)
  await store.lockArea(ctx.tx, ask.areaId)
  const row = (await store.findAreaRow(ctx.tx, county, ask.areaId)) ?? refuse('area.unknown', 404)
  const area = areaOfRow(placeTree(ctx), row, today)
  if (!reachesArea(ctx, area.townId)) refuse('area.unknown', 404)
  if (area.state !== 'open' && area.state !== 'refused') refuse('area.folded', 409)
  if (ask.on < today) refuse('place.dates', 422)
  await holdStaff(ctx, ask.staff)
  const gridIds = becomes(ctx, ask)
  const { id, how, on, basis, staff, areaId } = ask
  const isOrdered = ask.change !== null
  if (ask.change && reckoned)
    await orderChange.command(ctx, { requestId: ask.requestId, id, change: ask.change }, reckoned)
  const [accountId, byName, at] = [accountOf(ctx.caller), ctx.caller.name, new Date(ctx.now)]
  await store.saveFolding(ctx.tx, {
    county,
    id,
    areaId,
    how,
    gridIds,
    on,
    basis,
    isOrdered,
    staff,
    accountId,
    byName,
    at,
  })
  if (isOrdered) ctx.tell(foldingOrdered, { how, on, basis }, areaId)
  else
    await tellFolded(ctx, {
      id,
      feature_id: areaId,
      name: row.name,
      how,
      grid_ids: gridIds,
      happens_on: on,
      basis,
      staff,
      account_id: accountId,
    })
  return { id }
}

/** The grids that it becomes, if what is asked is whole. */
function becomes(ctx: Ctx, { how, gridIds, change, on }: Ask<'foldArea'>): string[] {
  if (change === null) {
    const tree = placeTree(ctx)
    const isWhole = how === 'same' && gridIds.length > 0 && gridIds.every((id) => tree.get(id)?.tier === 'grid')
    if (!isWhole) return refuse('area.grids', 422)
    for (const id of gridIds) mayEdit(ctx, id)
    return [...new Set(gridIds)]
  }
  if (change.on !== on) return refuse('area.grids', 422)
  if (how === 'dedicated' && change.kind === 'carve') return [change.grid.id]
  return how === 'border' && change.kind === 'border' ? [change.borders[0]!.id] : refuse('area.grids', 422)
}

async function holdStaff(ctx: Ctx, staff: Ask<'foldArea'>['staff']): Promise<void> {
  if (staff.length === 0) return
  const known = new Set((await askAbove(ctx, staffOfDepartments, {})).flat().map((s) => s.accountId))
  if (staff.some((s) => !known.has(s.accountId))) refuse('area.staff-unknown', 422)
}

export async function withdrawFolding(ctx: Ctx, { id }: Ask<'withdrawFolding'>): Reply<'withdrawFolding'> {
  const county = ctx.caller.countyCode
  const folding = (await store.lockFolding(ctx.tx, county, id)) ?? refuse('not-found', 404)
  const row = (await store.findAreaRow(ctx.tx, county, folding.feature_id)) ?? refuse('not-found', 404)
  const area = areaOfRow(placeTree(ctx), row, dayOf(ctx.now))
  if (!reachesArea(ctx, area.townId)) refuse('not-found', 404)
  if (area.foldingId !== id || area.state !== 'waiting') refuse('area.in-force', 409)
  if (folding.is_ordered && !(await withdrawWaiting(ctx, id))) refuse('area.in-force', 409)
  await store.saveWithdrawn(ctx.tx, county, id, new Date(ctx.now))
  await announce(ctx, areaUnfolded, { foldingId: id }, { detail: {}, subject: folding.feature_id })
  return { done: true }
}
