/** He lives here, or he does not; and what a desk does with whom nobody found. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type {
  decideArrival as deciding,
  missArrival as missing,
  takeArrival as taking,
} from '@fengge/domain/registry/arriving/contract'
import { arrivalDecided, arrivalMissed, arrivalTaken } from '@fengge/domain/registry/facts'
import { refuseStart } from '@fengge/domain/registry/leaving/link-days'
import { accountOf, postsWith, type Ctx } from '../../kernel/context.ts'
import { refuse, settle } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { endHomes } from '../leaving/end-homes.ts'
import { lockRecord, placeFor } from '../sight.ts'
import { hasOpenLink } from '../store/links.ts'
import { lockRecords } from '../store/records.ts'
import { tieHome } from '../homes/tie-home.ts'
import { decidingDuties, lockWaiting, mayDecide, mayTake } from './reach-arrival.ts'
import * as store from './store/arrivals.ts'
import { dueOnOf, tellArrival } from './tell-arrival.ts'

/** His former homes end on the day he came; whoever lived with him there goes on living there. */
export async function takeArrival(ctx: Ctx, ask: AskOf<typeof taking>): Promise<ReplyOf<typeof taking>> {
  const county = ctx.caller.countyCode
  const house = await lockRecord(ctx, ask.houseId, 'registry.write')
  if (house.kind !== 'house' || house.row.state !== 'live') return refuse('record.unknown', 404)
  const arrival = await lockWaiting(ctx, ask.id, mayTake)
  const [person] = await lockRecords(ctx.tx, 'person', county, [arrival.person_id])
  if (person?.state !== 'live') return refuse('arrival.answered', 409)
  settle(refuseStart(ask.fromOn, dayOf(ctx.now)))
  await answer(ctx, arrival.id, 'taken', '')
  const { role, fromOn, houseId } = ask
  await endHomes(ctx, person.id, 'moved', fromOn)
  if (!(await hasOpenLink(ctx.tx, county, { personId: person.id, houseId, role })))
    await tieHome(ctx, {
      id: ask.linkId,
      person,
      house: house.row,
      role,
      fromOn,
      basis: '迁入核实',
      isLead: true,
      headIs: ask.headIs,
      post: house.post,
      // Where he is found is where he was to go.
      plan: 'off',
    })
  ctx.tell(arrivalTaken, { arrival: arrival.id }, person.id, house.post ?? null)
  return { done: true }
}

export async function missArrival(ctx: Ctx, ask: AskOf<typeof missing>): Promise<ReplyOf<typeof missing>> {
  const arrival = await lockWaiting(ctx, ask.id, mayTake)
  await answer(ctx, arrival.id, 'desk', ask.note)
  await tellArrival(ctx, { ...arrival, state: 'desk', due_on: null })
  ctx.tell(arrivalMissed, { arrival: arrival.id }, arrival.person_id)
  return { done: true }
}

export async function decideArrival(ctx: Ctx, ask: AskOf<typeof deciding>): Promise<ReplyOf<typeof deciding>> {
  const arrival = await lockWaiting(ctx, ask.id, mayDecide)
  const { gridId, reason } = ask
  if (gridId === null) {
    if (reason === '') refuse('arrival.reason', 422)
    await answer(ctx, arrival.id, 'closed', reason)
  } else {
    const tree = placeTree(ctx)
    if (tree.get(gridId)?.tier !== 'grid') refuse('place.unknown', 422)
    const isMine = postsWith(ctx.caller, decidingDuties(arrival)).some(
      (p) => p.departmentId === null && tree.contains(p.placeId, gridId),
    )
    if (!isMine) refuse('place.unknown', 422)
    const { villageId, townId } = placeFor(ctx, gridId)
    const due_on = await dueOnOf(ctx, arrival.on_day)
    const to = { grid_id: gridId, village_id: villageId, town_id: townId, due_on }
    await store.sendArrival(ctx.tx, ctx.caller.countyCode, arrival.id, to)
    await tellArrival(ctx, { ...arrival, ...to, state: 'offered' })
  }
  ctx.tell(arrivalDecided, { arrival: arrival.id, isPassed: gridId !== null, reason }, arrival.person_id)
  return { done: true }
}

const answer = (ctx: Ctx, id: string, state: 'taken' | 'desk' | 'closed', note: string): Promise<void> =>
  store.saveAnswer(ctx.tx, ctx.caller.countyCode, id, {
    state,
    note,
    by: accountOf(ctx.caller),
    at: new Date(ctx.now),
  })
