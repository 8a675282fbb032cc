/** A leaving taken back as a slip, and somebody who is really back. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { personCameBack, planWithdrawn } from '@fengge/domain/registry/facts'
import type { returnPerson as returning, undoLeaving as undoing } from '@fengge/domain/registry/leaving/contract'
import { refuseReturn, refuseUndoLeaving } from '@fengge/domain/registry/leaving/leaving'
import { StoredMoved, type Moved } from '@fengge/domain/registry/leaving/moved'
import { sourceOf } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse, Refusal } from '../../kernel/problems.ts'
import { announce } from '../../kernel/reactions.ts'
import { dayBook } from '../days/day-book.ts'
import { placeOfRow } from '../record-columns.ts'
import { lockRecord, type Reached } from '../sight.ts'
import { saveChange } from '../store/changes.ts'
import { listHeading, lockHeads, saveRoles } from '../store/heads.ts'
import { lapseRequests } from '../homes/lapse-requests.ts'
import { bringBefore, reopenCare } from '../store/overlays.ts'
import { followHomeOf } from '../store/rehoming.ts'
import { dueIn } from './let-go.ts'
import * as store from './store/leavings.ts'

export async function undoLeaving(ctx: Ctx, ask: AskOf<typeof undoing>): Promise<ReplyOf<typeof undoing>> {
  const { leaving, person } = await lockBoth(ctx, ask)
  const { kind, state, undo_until: until } = leaving
  const given = { kind, state, undoUntil: until.getTime(), now: ctx.now, duties: person.duties }
  const refused = refuseUndoLeaving(given)
  if (refused) throw new Refusal(refused)
  if (state === 'planned') {
    await closeAs(ctx, leaving.id, { isSlip: true, reason: ask.reason, returnedOn: null })
    ctx.tell(planWithdrawn, { leaving: leaving.id, reason: ask.reason }, person.row.id, person.post ?? null)
    return { done: true }
  }
  await takeBackLeaving(ctx, leaving, person, ask)
  return { done: true }
}

type TakenBack = Pick<AskOf<typeof undoing>, 'reason' | 'headIs'>

/** Whoever heads his household by now, other than by his leaving, goes on or gives way: as the desk says, and not unasked. */
async function settleHeads(ctx: Ctx, moved: Moved, headIs: TakenBack['headIs']): Promise<void> {
  const county = ctx.caller.countyCode
  const ids = moved.links.map((l) => l.id)
  const his = await listHeading(ctx.tx, county, ids)
  const others = await lockHeads(
    ctx.tx,
    county,
    his.map((l) => l.house_id),
  )
  if (others.length === 0) return
  if (headIs === undefined) refuse('leaving.headed', 409)
  const headed = new Set(others.map((l) => l.house_id))
  const yielding = headIs === 'again' ? others : his.filter((l) => headed.has(l.house_id))
  await saveRoles(
    ctx.tx,
    county,
    yielding.map((l) => l.id),
    'member',
  )
}

/** All that it ended is as before. @param person locked, as is the leaving; that it may be taken back is judged already */
export async function takeBackLeaving(
  ctx: Ctx,
  leaving: store.LeavingRow,
  person: Reached,
  { reason, headIs }: TakenBack,
): Promise<void> {
  const county = ctx.caller.countyCode
  const moved = StoredMoved.read(leaving.moved)
  await saveRoles(ctx.tx, county, moved.heads, 'member')
  await settleHeads(ctx, moved, headIs)
  await store.reopenLinks(ctx.tx, county, moved.links)
  const ids = moved.links.map((l) => l.id)
  const heading = await listHeading(ctx.tx, county, ids)
  await lapseRequests(
    ctx,
    heading.map((l) => l.house_id),
  )
  await reopenCare(ctx.tx, county, moved.overlays)
  await store.saveState(ctx.tx, county, { id: person.row.id, state: 'live', now: ctx.now })
  await followHomeOf(ctx.tx, county, person.row.id)
  await close(ctx, leaving, person, { isSlip: true, reason, returnedOn: null })
}

/** He lives nowhere yet: the next act links him with a house, or he is looked for within the county's days. */
export async function returnPerson(ctx: Ctx, ask: AskOf<typeof returning>): Promise<ReplyOf<typeof returning>> {
  const { leaving, person } = await lockBoth(ctx, ask)
  await bringBack(ctx, leaving, person, ask.onDay)
  return { done: true }
}

/** @throws where nobody comes back from this leaving, or not on that day */
export async function bringBack(ctx: Ctx, leaving: store.LeavingRow, person: Reached, onDay: string): Promise<void> {
  const county = ctx.caller.countyCode
  const refused = refuseReturn(leaving, { leftOn: leaving.on_day, onDay, today: dayOf(ctx.now) })
  if (refused) throw new Refusal(refused)
  const daysOf = await dayBook(ctx, county)
  const dueAt = dueIn(ctx.now, daysOf('nowhere'))
  await store.saveState(ctx.tx, county, { id: person.row.id, state: 'live', now: ctx.now, dueAt })
  const { overlays } = StoredMoved.read(leaving.moved)
  await bringBefore(ctx.tx, county, overlays, { now: ctx.now, today: dayOf(ctx.now) })
  await close(ctx, leaving, person, { isSlip: false, reason: '', returnedOn: onDay })
}

async function lockBoth(
  ctx: Ctx,
  ask: { readonly id: string; readonly personId: string },
): Promise<{ leaving: store.LeavingRow; person: Reached }> {
  const person = await lockRecord(ctx, ask.personId, 'registry.write')
  const leaving = await store.lockLeaving(ctx.tx, ctx.caller.countyCode, ask.id)
  if (leaving?.person_id !== person.row.id) return refuse('record.unknown', 404)
  return { leaving, person }
}

interface Back {
  readonly isSlip: boolean
  readonly reason: string
  readonly returnedOn: string | null
}

const closeAs = (ctx: Ctx, id: string, { isSlip, returnedOn }: Back): Promise<void> =>
  store.closeLeaving(ctx.tx, ctx.caller.countyCode, id, {
    state: isSlip ? 'undone' : 'returned',
    by: ctx.caller.name,
    at: new Date(ctx.now),
    returnedOn,
  })

async function close(ctx: Ctx, leaving: store.LeavingRow, { row, post }: Reached, back: Back): Promise<void> {
  const { isSlip, reason } = back
  await closeAs(ctx, leaving.id, back)
  await saveChange(ctx, {
    kind: 'person',
    recordId: row.id,
    version: row.version + 1,
    what: 'came-back',
    source: sourceOf(post?.roleCode),
    reason,
    more: { leaving: leaving.id, isSlip },
  })
  await announce(
    ctx,
    personCameBack,
    { personId: row.id, leavingId: leaving.id, at: placeOfRow(row), isSlip },
    { detail: { leaving: leaving.id, isSlip, reason }, subject: row.id, post: post ?? null },
  )
}
