/** A leaving that was said ahead: until its day nothing has happened, on its day he goes. Requirement R2. */
import type { Duty } from '@fengge/domain/kernel/duty'
import { addDays, dayLength, dayOf, startOf } from '@fengge/domain/kernel/time'
import { leavingPlanned, planWithdrawn } from '@fengge/domain/registry/facts'
import { actAs } from '../../kernel/act-as.ts'
import { accountOf, systemCaller, type Ctx } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import type { Job } from '../../kernel/jobs.ts'
import { dayBook } from '../days/day-book.ts'
import type { Reached } from '../sight.ts'
import { lockRecords } from '../store/records.ts'
import { letGo, type Going } from './let-go.ts'
import * as store from './store/leavings.ts'

/** @returns until when it may be taken back */
export async function planLeaving(ctx: Ctx, { row, post }: Reached, going: Going): Promise<Date> {
  const county = ctx.caller.countyCode
  const { id, kind, onDay, seenBy } = going
  const daysOf = await dayBook(ctx, county)
  const undoUntil = new Date(startOf(onDay) + daysOf('undo') * dayLength)
  await withdrawPlan(ctx, row.id)
  await store.saveLeaving(ctx.tx, county, {
    id,
    person_id: row.id,
    kind,
    on_day: onDay,
    to_sealed: going.toWhere === '' ? null : ctx.sealer.seal(going.toWhere, store.wentAt(id)),
    seen_by: seenBy,
    moved: { links: [], overlays: [], heads: [] },
    account_id: accountOf(ctx.caller),
    by_name: ctx.caller.name,
    at: new Date(ctx.now),
    undo_until: undoUntil,
    keep_until: addDays(onDay, daysOf(`keep/${kind}`)),
    state: 'planned',
  })
  ctx.tell(leavingPlanned, { leaving: id, onDay, seenBy }, row.id, post ?? null)
  return undoUntil
}

/** Of one person one leaving is planned; what is said now stands in its place. */
export async function withdrawPlan(ctx: Ctx, personId: string): Promise<void> {
  const county = ctx.caller.countyCode
  const planned = await store.findPlanned(ctx.tx, county, personId)
  if (!planned) return
  await store.closeLeaving(ctx.tx, county, planned.id, {
    state: 'undone',
    by: ctx.caller.name,
    at: new Date(ctx.now),
    returnedOn: null,
  })
  ctx.tell(planWithdrawn, { leaving: planned.id, reason: '' }, personId)
}

/** Those whose day has come go. */
export async function leaveAsPlanned(ground: Ground): Promise<void> {
  const today = dayOf(ground.clock.now())
  for (const { county_code: county, id } of await store.listPlannedUntil(ground.database.read, today))
    await actAs(ground, systemCaller(county), 'registry.leave-as-planned', (ctx) => carryOut(ctx, id))
}

async function carryOut(ctx: Ctx, id: string): Promise<void> {
  const county = ctx.caller.countyCode
  const known = await store.lockLeaving(ctx.tx, county, id)
  if (known?.state !== 'planned') return
  const [row] = await lockRecords(ctx.tx, 'person', county, [known.person_id])
  if (row?.state !== 'live') return withdrawPlan(ctx, known.person_id)
  await store.dropPlanned(ctx.tx, county, id)
  const toWhere = known.to_sealed === null ? '' : ctx.sealer.open(known.to_sealed, store.wentAt(id))
  const { kind, on_day: onDay, seen_by: seenBy, account_id: accountId, by_name: name, at } = known
  const person = { row, kind: 'person', duties: new Set<Duty>(), post: undefined } as const
  await letGo(ctx, person, { id, kind, onDay, toWhere, seenBy, reason: '', said: { accountId, name, at } })
}

export const leaveAsPlannedJob: Job = { name: 'registry.leave-as-planned', cron: '5 0 * * *', run: leaveAsPlanned }
