/** Clocks of events: alarms, automatic steps, learning. Each alarm fires once, whatever restarts in between. */
import { nextAlarm, type Alarm } from '@fengge/domain/events/alarms'
import { isOpen, type EventCore } from '@fengge/domain/events/terms'
import { dayLength } from '@fengge/domain/kernel/time'
import { actAs } from '../kernel/act-as.ts'
import { systemCaller, type Ctx } from '../kernel/context.ts'
import { rowsOf, sql, run } from '../kernel/db/sql.ts'
import type { Ground } from '../kernel/ground.ts'
import { freshId } from '../kernel/fresh-id.ts'
import type { Job } from '../kernel/jobs.ts'
import { dropUpload } from '../kernel/uploads.ts'
import { placeTree } from '../places/door.ts'
import { act } from './commands/act.ts'
import { ruleBook } from './rule-book.ts'
import { findEvent, lockEvent, saveAlarm, saveNotices, saveSuggestion, type Notice } from './store.ts'
import { forgetUploads } from './store/evidence.ts'
import { relearn, suggestFor } from './suggest.ts'

/** Fires every alarm that is due. @returns how many fired. */
export async function fireAlarms(engine: Ground, most = 2000): Promise<number> {
  const due = await rowsOf<{ county_code: string; id: string }>(
    engine.database.read,
    sql`
      select county_code, id
      from events.event
      where next_alarm_at <= ${new Date(engine.clock.now())}
      order by next_alarm_at
      limit ${most}
    `,
  )
  let fired = 0
  for (const { county_code, id } of due) fired += await fireOne(engine, county_code, id)
  return fired
}

function fireOne(engine: Ground, county: string, id: string): Promise<number> {
  return actAs(engine, systemCaller(county), 'job:alarm', async (ctx) => {
    const record = await lockEvent(ctx.tx, county, id)
    if (!record) return 0
    const { calendar } = await ruleBook(ctx.tx, county)
    const alarm = nextAlarm(record.core, calendar)
    if (!alarm || alarm.at > ctx.now) return 0
    // After a long stop one reminder is enough: a late alarm catches up with today.
    const alarmed = { ...record.core, alarmedAt: alarm.kind === 'late' ? ctx.now : alarm.at }
    await saveAlarm(ctx.tx, county, alarmed, calendar)
    await respond(ctx, alarmed, alarm)
    ctx.tell('event.alarmed', { kind: alarm.kind, due: new Date(alarm.at).toISOString(), lateDays: alarm.lateDays }, id)
    return 1
  })
}

async function respond(ctx: Ctx, event: EventCore, alarm: Alarm): Promise<void> {
  if (alarm.kind === 'unsigned') await act(ctx, { eventId: event.id }, { action: 'count-as-signed' })
  if (alarm.kind === 'stop-ends') await act(ctx, { eventId: event.id }, { action: 'resume-by-date' })
  if (alarm.kind === 'archive') await act(ctx, { eventId: event.id }, { action: 'archive' })
  if (alarm.kind === 'late' && alarm.lateDays >= 5 && event.supervision === 0)
    await act(ctx, { eventId: event.id }, { action: 'supervise', grade: 1, note: '超期五日，系统提请督办' })
  await saveNotices(ctx.tx, ctx.caller.countyCode, event.id, whoHears(event, alarm, ctx.now), ctx.now)
}

/** The ladder: whose turn it is; from the due date on the desk above too; from a day late the leader (domain.md D3). */
function whoHears(event: EventCore, alarm: Alarm, now: number): Notice[] {
  if (!isOpen(event.status)) return []
  const make = (to: Omit<Notice, 'id' | 'kind'>): Notice => ({ id: freshId(now), kind: `alarm-${alarm.kind}`, ...to })
  const parent = placeTree().get(event.deskPlaceId)?.parentId ?? null
  const turn =
    event.stage === 'handle' && event.departmentId !== null && alarm.kind !== 'unanswered'
      ? make({ departmentId: event.departmentId })
      : event.stage === 'check' && event.checkBy === 'worker'
        ? event.checkerId === null
          ? make({ placeId: event.gridId, duty: 'event.pass' })
          : make({ accountId: event.checkerId })
        : event.stage === 'accept' && event.gridId !== null
          ? make({ placeId: event.gridId, duty: 'event.verify' })
          : make({ placeId: event.deskPlaceId, duty: 'event.dispatch' })
  const isLate =
    alarm.kind === 'due' || alarm.kind === 'late' || alarm.kind === 'unanswered' || alarm.kind === 'unsigned'
  return [
    turn,
    ...(isLate ? [make({ placeId: event.deskPlaceId, duty: 'event.agree-extension' })] : []),
    ...(parent !== null && (alarm.kind === 'late' || alarm.kind === 'unanswered')
      ? [make({ placeId: parent, duty: 'event.supervise' })]
      : []),
  ]
}

async function suggestOpen(engine: Ground): Promise<void> {
  const rows = await rowsOf<{ county_code: string; id: string }>(
    engine.database.read,
    sql`
      select county_code, id
      from events.event
      where suggestion is null
        and is_open
        and source in ('hotline', 'resident', 'liaison')
        and status in ('reported', 'registered')
      order by reported_at desc
      limit 100
    `,
  )
  for (const { county_code, id } of rows) await suggestOne(engine, county_code, id)
}

export async function suggestOne(engine: Ground, county: string, id: string): Promise<void> {
  const record = await findEvent(engine.database.read, county, id)
  if (!record) return
  const suggestion = await suggestFor(engine.database.read, county, record, undefined)
  await engine.database.write((tx) => saveSuggestion(tx, county, id, suggestion))
}

async function relearnAll(engine: Ground): Promise<void> {
  const counties = await rowsOf<{ county_code: string }>(
    engine.database.read,
    sql`select distinct county_code from events.example`,
  )
  for (const { county_code } of counties)
    await engine.database.write((tx) => relearn(tx, county_code, engine.clock.now()))
}

/** An upload that nobody went on with is dropped, with what had come of it. */
async function forgetStaleUploads(engine: Ground): Promise<void> {
  const ids = await engine.database.write((tx) => forgetUploads(tx, engine.clock.now() - 40 * dayLength))
  for (const id of ids) await dropUpload(engine.settings.dataDir, id)
}

/** Requests are remembered for forty days: longer than a phone may stay offline. */
async function forgetRequests(engine: Ground): Promise<void> {
  await engine.database.write((tx) =>
    run(tx, sql`delete from kernel.request where at < ${new Date(engine.clock.now() - 40 * dayLength)}`),
  )
  await engine.database.write((tx) =>
    run(tx, sql`delete from identity.session where expires_at < ${new Date(engine.clock.now())}`),
  )
}

export const eventJobs: readonly Job[] = [
  {
    name: 'events.alarms',
    cron: '* * * * *',
    everyMs: 15_000,
    run: async (engine) => {
      await fireAlarms(engine)
    },
  },
  { name: 'events.suggest', everyMs: 10_000, run: suggestOpen },
  { name: 'events.relearn', cron: '30 2 * * *', run: relearnAll },
  { name: 'events.forget-uploads', cron: '20 3 * * *', run: forgetStaleUploads },
  { name: 'kernel.forget', cron: '10 3 * * *', run: forgetRequests },
]
