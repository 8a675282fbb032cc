/** The place somebody leaves says where in the county he moves; which grid that is nobody is told. Requirement R2. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { addDays, dayLength, dayOf, startOf } from '@fengge/domain/kernel/time'
import type { offerMover as promise } from '@fengge/domain/registry/arriving/contract'
import { aheadDays, courseOf, doubtDays, offerQuota } from '@fengge/domain/registry/arriving/arriving'
import { moverOffered, type Home } from '@fengge/domain/registry/facts'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { meantPlaces } from '../find-estate-places.ts'
import { lockRecord, placeFor, placeOf } from '../sight.ts'
import * as store from './store/arrivals.ts'
import { dueOnOf, tellArrival } from './tell-arrival.ts'

export async function offerMover(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const { row, kind, post } = await lockRecord(ctx, ask.personId, 'registry.write')
  if (kind !== 'person') refuse('record.unknown', 404)
  if (row.state !== 'live') refuse('person.left', 409)
  const today = dayOf(ctx.now)
  if (ask.onDay > addDays(today, aheadDays)) refuse('leaving.day', 422)
  const account = accountOf(ctx.caller)
  const made = await store.countOffered(ctx.tx, county, account, new Date(startOf(today)))
  const doubt = new Date(ctx.now - doubtDays * dayLength)
  const { waits, failed } = await store.earlierOf(ctx.tx, county, row.id, doubt)
  if (waits) refuse('arrival.there', 409)
  if (made >= offerQuota) refuse('arrival.quota', 429, { quota: offerQuota })
  const { gridId, villageId, townId, state } = courseOf(await meantBy(ctx, ask.toWhere), failed)
  // Who moves within the grid is linked there.
  if (gridId !== null && gridId === row.grid_id) refuse('arrival.own', 409)
  const arrival = {
    id: ask.id,
    person_id: row.id,
    where_sealed: ctx.sealer.seal(ask.toWhere, store.arrivedAt(ask.id)),
    on_day: ask.onDay,
    from_id: placeOf(row),
    grid_id: gridId,
    village_id: villageId,
    town_id: townId,
    state,
    offered_by: account,
    offered_at: new Date(ctx.now),
    due_on: state === 'offered' ? await dueOnOf(ctx, ask.onDay) : null,
  }
  await store.saveArrival(ctx.tx, county, arrival)
  await tellArrival(ctx, arrival)
  ctx.tell(moverOffered, { arrival: ask.id }, row.id, post ?? null)
  return { done: true }
}

/** The places that words of an address may mean. */
async function meantBy(ctx: Ctx, text: string): Promise<Home[]> {
  const ground = { shelf: ctx.shelf, database: { read: ctx.tx } }
  return (await meantPlaces(ground, ctx.caller.countyCode, text)).map((id) => placeFor(ctx, id))
}
