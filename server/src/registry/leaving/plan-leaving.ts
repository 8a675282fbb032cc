/** A leaving that was said ahead: until its day nothing has happened, on its day he goes. Requirement R2. */
import type { Duty } from '@fengge/domain/kernel/duty'
import { addDays, dayLength, dayOf, startOf } from '@fengge/domain/kernel/time'
import { leavingLapsed, leavingPlanned, planCarried, planWithdrawn } from '@fengge/domain/registry/facts'
import { actAs } from '../../kernel/act-as.ts'
import { accountOf, systemCaller, type Ctx } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { pieceByPiece, type Job } from '../../kernel/jobs.ts'
import { refuse } from '../../kernel/problems.ts'
import { announce } from '../../kernel/reactions.ts'
import { dayBook } from '../days/day-book.ts'
import { callerOf } from '../recusal/unseen.ts'
import { dutiesOver, placeOf, type Reached } from '../sight.ts'
import { lockRecords, type RecordRow } from '../store/records.ts'
import { letGo, saidOf, type Going } from './let-go.ts'
import * as store from './store/leavings.ts'

/** @returns until when it may be taken back */
export async function planLeaving(ctx: Ctx, { row, post }: Reached, going: Going): Promise<Date> {
  const county = ctx.caller.countyCode
  const { id, kind, onDay, seenBy } = going
  const daysOf = await dayBook(ctx, county)
  const undoUntil = new Date(startOf(onDay) + daysOf('undo') * dayLength)
  await withdrawPlan(ctx, row.id)
  await store.saveLeaving(ctx.tx, county, {
    ...saidOf(ctx, row.id, going),
    account_id: accountOf(ctx.caller),
    moved: { links: [], overlays: [], heads: [] },
    undo_until: undoUntil,
    keep_until: addDays(onDay, daysOf(`keep/${kind}`)),
    state: 'planned',
  })
  ctx.tell(leavingPlanned, { leaving: id, onDay, seenBy }, row.id, post ?? null)
  return undoUntil
}

export interface Carried {
  readonly leavingId: string
  readonly onDay: string
  /** False where the kept record has a day of its own, which stands. */
  readonly isCarried: boolean
}

/** What was said ahead of a record is said of the one that it is merged into. */
export async function carryPlan(ctx: Ctx, fromId: string, toId: string): Promise<Carried | undefined> {
  const county = ctx.caller.countyCode
  const planned = await store.findPlanned(ctx.tx, county, fromId)
  if (!planned) return undefined
  const isCarried = (await store.findPlanned(ctx.tx, county, toId)) === undefined
  if (isCarried) {
    await store.movePlan(ctx.tx, county, planned.id, toId)
    ctx.tell(planCarried, { leaving: planned.id, from: fromId }, toId)
  } else {
    await close(ctx, planned.id)
    ctx.tell(planWithdrawn, { leaving: planned.id, reason: '合并，以保留记录的日期为准' }, fromId)
  }
  return { leavingId: planned.id, onDay: planned.on_day, isCarried }
}

/** A merge taken apart gives it back, unless it happened or was taken back meanwhile. */
export async function returnPlan(ctx: Ctx, leavingId: string, toId: string): Promise<void> {
  await store.movePlan(ctx.tx, ctx.caller.countyCode, leavingId, toId)
}

/** Whoever finds a home for somebody who is to leave says whether he still leaves. @throws `link.planned` until it is said */
export async function settlePlan(ctx: Ctx, personId: string, plan: 'off' | 'stays' | undefined): Promise<void> {
  if (plan === 'stays') return
  if (plan === 'off') return withdrawPlan(ctx, personId)
  const planned = await store.findPlanned(ctx.tx, ctx.caller.countyCode, personId)
  if (planned) refuse('link.planned', 409, { onDay: planned.on_day })
}

/** Of one person one leaving is planned; what is said now stands in its place. */
export async function withdrawPlan(ctx: Ctx, personId: string): Promise<void> {
  const county = ctx.caller.countyCode
  const planned = await store.findPlanned(ctx.tx, county, personId)
  if (!planned) return
  await close(ctx, planned.id)
  ctx.tell(planWithdrawn, { leaving: planned.id, reason: '' }, personId)
}

const close = (ctx: Ctx, id: string): Promise<void> =>
  store.closeLeaving(ctx.tx, ctx.caller.countyCode, id, {
    state: 'undone',
    by: ctx.caller.name,
    at: new Date(ctx.now),
    returnedOn: null,
  })

/** Those whose day has come go. */
export async function leaveAsPlanned(ground: Ground): Promise<void> {
  const today = dayOf(ground.clock.now())
  await pieceByPiece(
    'registry.leave-as-planned',
    await store.listPlannedUntil(ground.database.read, today),
    ({ county_code: county, id }) =>
      actAs(ground, systemCaller(county), 'registry.leave-as-planned', (ctx) => carryOut(ctx, id)),
  )
}

async function carryOut(ctx: Ctx, id: string): Promise<void> {
  const county = ctx.caller.countyCode
  const known = await store.lockLeaving(ctx.tx, county, id)
  if (known?.state !== 'planned') return
  const [row] = await lockRecords(ctx.tx, 'person', county, [known.person_id])
  if (row?.state !== 'live') return withdrawPlan(ctx, known.person_id)
  if (!(await maySayerStill(ctx, known, row))) return lapse(ctx, known, row)
  await store.dropPlanned(ctx.tx, county, id)
  const toWhere = known.to_sealed === null ? '' : ctx.sealer.open(known.to_sealed, store.wentAt(id))
  const { kind, on_day: onDay, seen_by: seenBy, account_id: accountId, by_name: name, at } = known
  const person = { row, kind: 'person', duties: new Set<Duty>(), post: undefined } as const
  await letGo(ctx, person, { id, kind, onDay, toWhere, seenBy, reason: '', said: { accountId, name, at } })
}

/** Whether who said it would be let say it today. */
async function maySayerStill(ctx: Ctx, { account_id: sayer }: store.LeavingRow, row: RecordRow): Promise<boolean> {
  const caller = await callerOf(ctx.tx, sayer, ctx.now)
  return caller !== undefined && dutiesOver({ ...ctx, caller }, row).duties.has('registry.write')
}

/** Who said it serves there no more: the desk of the place says whether it holds. */
async function lapse(ctx: Ctx, l: store.LeavingRow, row: RecordRow): Promise<void> {
  await close(ctx, l.id)
  const { id, kind, on_day: onDay, seen_by: seenBy, at } = l
  const toWhere = l.to_sealed === null ? '' : ctx.sealer.open(l.to_sealed, store.wentAt(id))
  const said = { personId: row.id, kind, onDay, toWhere, seenBy }
  const news = { leavingId: id, said, accountId: l.account_id, name: l.by_name, at, placeId: placeOf(row) }
  await announce(ctx, leavingLapsed, news, { detail: { leaving: id, onDay }, subject: row.id })
}

export const leaveAsPlannedJob: Job = { name: 'registry.leave-as-planned', cron: '5 0 * * *', run: leaveAsPlanned }
