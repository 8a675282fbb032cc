/**
 * Deleted by right: taken at one's desk by one officer, decided by another, done when the days of grace are over. While
 * they run it is taken back the same way: asked for by one, agreed to by another.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { addDays, dayLength, dayOf, startOf } from '@fengge/domain/kernel/time'
import { erasureAgreed, erasureAsked, erasureRefused } from '@fengge/domain/registry/facts'
import { refuseErasing } from '@fengge/domain/registry/leaving/leaving'
import type {
  askErasure as asking,
  decideErasure as deciding,
  listErasures as listing,
} from '@fengge/domain/registry/leaving/contract'
import { freshId } from '../../kernel/fresh-id.ts'
import { accountOf, type Asking, type Ctx } from '../../kernel/context.ts'
import { refuse, settle } from '../../kernel/problems.ts'
import { writersTold } from '../arriving/writers-told.ts'
import { dayBook } from '../days/day-book.ts'
import { dutiesOver, gridName, lockRecord, type Reached } from '../sight.ts'
import { findRecords } from '../store/records.ts'
import { within } from '../store/within.ts'
import * as store from './store/erasures.ts'
import * as leavings from './store/leavings.ts'
import { takeBackLeaving } from './come-back.ts'
import { letGo } from './let-go.ts'

export async function askErasure(ctx: Ctx, ask: AskOf<typeof asking>): Promise<ReplyOf<typeof asking>> {
  const county = ctx.caller.countyCode
  const person = await lockRecord(ctx, ask.personId, 'registry.write')
  if (person.kind !== 'person') refuse('record.unknown', 404)
  if (ask.aim === 'undo') await getErased(ctx, person)
  else await refuseErased(ctx, person)
  if (await store.hasOpenErasure(ctx.tx, county, ask.personId)) refuse('erasure.there', 409)
  await holdQuota(ctx)
  await store.saveErasure(ctx.tx, county, {
    id: ask.id,
    person_id: ask.personId,
    aim: ask.aim,
    basis: ask.basis,
    shown_by: ask.shownBy,
    asked_by: accountOf(ctx.caller),
    asked_by_name: ctx.caller.name,
    asked_at: new Date(ctx.now),
  })
  ctx.tell(erasureAsked, { request: ask.id, aim: ask.aim, basis: ask.basis }, ask.personId, person.post)
  return { done: true }
}

export async function decideErasure(ctx: Ctx, ask: AskOf<typeof deciding>): Promise<ReplyOf<typeof deciding>> {
  const county = ctx.caller.countyCode
  const request = (await store.lockErasure(ctx.tx, county, ask.id)) ?? refuse('record.unknown', 404)
  const person = await lockRecord(ctx, request.person_id, 'registry.correct')
  if (request.asked_by === ctx.caller.accountId) refuse('erasure.own', 403)
  if (request.state !== 'open') refuse('erasure.decided', 409)
  if (!ask.isAgreed && ask.reason === '') refuse('erasure.reason', 422)
  if (ask.isAgreed) await holdQuota(ctx)
  if (ask.isAgreed) await (request.aim === 'undo' ? takeBack : erase)(ctx, person, ask.reason)
  await store.saveErasureDecision(ctx.tx, county, ask.id, {
    state: ask.isAgreed ? 'agreed' : 'refused',
    reason: ask.reason,
    decided_by: accountOf(ctx.caller),
    decided_at: new Date(ctx.now),
  })
  const fact = ask.isAgreed ? erasureAgreed : erasureRefused
  ctx.tell(fact, { request: ask.id, aim: request.aim, reason: ask.reason }, person.row.id, person.post)
  return { done: true }
}

async function holdQuota(ctx: Ctx): Promise<void> {
  const since = new Date(startOf(dayOf(ctx.now)))
  settle(refuseErasing(await store.countErasing(ctx.tx, ctx.caller.countyCode, accountOf(ctx.caller), since)))
}

/** Who left otherwise keeps his right: what is still held of him is deleted all the same. */
async function refuseErased(ctx: Ctx, { row }: Reached): Promise<void> {
  if (row.state === 'merged' || (await leavings.isErased(ctx.tx, ctx.caller.countyCode, row)))
    refuse('person.left', 409)
}

/** The leaving of who is to be deleted by right. */
async function getErased(ctx: Ctx, { row }: Reached): Promise<leavings.LeavingRow> {
  const open = await leavings.findOpenLeavings(ctx.tx, ctx.caller.countyCode, row.state === 'gone' ? [row.id] : [])
  return open.find((l) => l.kind === 'erased') ?? refuse('leaving.closed', 409)
}

/** Who had left before has left again as before; who lived here lives here. */
async function takeBack(ctx: Ctx, person: Reached, reason: string): Promise<void> {
  const leaving = await getErased(ctx, person)
  if (await leavings.turnBack(ctx.tx, ctx.caller.countyCode, leaving.id)) return
  // Whoever heads his household by now was not asked about by the two: he is one of its members until somebody says otherwise.
  await takeBackLeaving(ctx, leaving, person, { reason, headIs: 'member' })
}

async function erase(ctx: Ctx, person: Reached, reason: string): Promise<void> {
  const county = ctx.caller.countyCode
  const { row } = person
  if (row.state !== 'gone') {
    const going = { kind: 'erased', onDay: dayOf(ctx.now), toWhere: '', seenBy: 'self', reason } as const
    await letGo(ctx, person, { id: freshId(ctx.now), ...going })
    return
  }
  await refuseErased(ctx, person)
  const daysOf = await dayBook(ctx, county)
  const today = dayOf(ctx.now)
  const keepUntil = addDays(today, daysOf('keep/erased'))
  if (await leavings.turnErased(ctx.tx, county, row.id, keepUntil)) return
  // He was taken back as never made, before that was kept as a leaving.
  await leavings.saveLeaving(ctx.tx, county, {
    id: freshId(ctx.now),
    person_id: row.id,
    kind: 'erased',
    on_day: today,
    to_sealed: null,
    seen_by: 'self',
    moved: { links: [], overlays: [], heads: [] },
    account_id: ctx.caller.accountId,
    by_name: ctx.caller.name,
    at: new Date(ctx.now),
    undo_until: new Date(ctx.now + daysOf('undo') * dayLength),
    keep_until: keepUntil,
    state: 'open',
  })
}

export async function listErasures(ctx: Asking, ask: AskOf<typeof listing>): Promise<ReplyOf<typeof listing>> {
  const county = ctx.caller.countyCode
  const scope = within(ctx, 'registry.write')
  const rows = await store.listErasureRows(ctx.tx, scope, ask.page)
  const people = await findRecords(ctx.tx, 'person', county, [...new Set(rows.map((e) => e.person_id))])
  const byId = new Map(people.map((p) => [p.id, p]))
  const isWriterTold = await writersTold(ctx, [...byId.keys()])
  if (rows.length > 0) ctx.look('registry.erasures-looked', county, { people: rows.length })
  return {
    ...(await store.countErasures(ctx.tx, scope)),
    erasures: rows.flatMap((e) => {
      const person = byId.get(e.person_id)
      if (!person) return []
      const decides = dutiesOver(ctx, person).duties.has('registry.correct')
      // Why he wants it, and who knows it, is for the desks and for who took it.
      const isTold = decides || e.asked_by === ctx.caller.accountId
      return [
        {
          id: e.id,
          personId: person.id,
          name: person.name,
          gridName: gridName(ctx, person),
          aim: e.aim,
          basis: e.basis,
          shownBy: isTold && isWriterTold(person.id, e.asked_at) ? e.shown_by : '',
          state: e.state,
          askedBy: isTold && isWriterTold(person.id, e.asked_at) ? e.asked_by_name : '',
          askedAt: e.asked_at.toISOString(),
          reason: isTold ? e.reason : '',
          canDecide: e.state === 'open' && decides && e.asked_by !== ctx.caller.accountId,
        },
      ]
    }),
  }
}
