/** Clocks of events: alarms, automatic steps, learning. Each alarm fires once, whatever restarts in between. */
import { catchUp, nextAlarm, type Alarm } from '@fengge/domain/events/alarms'
import { eventAlarmed } from '@fengge/domain/events/facts'
import { gridAsked, isOpen, type EventCore } from '@fengge/domain/events/terms'
import { hour } from '@fengge/domain/kernel/time'
import { actAs } from '../kernel/act-as.ts'
import { systemCaller, type Ctx } from '../kernel/context.ts'
import { sourceOf, type Ground } from '../kernel/ground.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { pieceByPiece, type Job } from '../kernel/jobs.ts'
import { placeTree } from '../places/door.ts'
import { act } from './commands/act.ts'
import { emptySuggestion } from './queries/get-event.ts'
import { maskStored } from './masking/mask-stored.ts'
import { noticesOfLateCheck, noticesOfSilence } from './notices.ts'
import { forgetNotices } from './seen/forget-notices.ts'
import { ruleBook } from './rule-book.ts'
import {
  findEvent,
  listDueAlarms,
  listUnsuggested,
  lockEvent,
  postponeAlarm,
  saveAlarm,
  saveSuggestion,
  wakeEvent,
} from './store/event.ts'
import { listLearning } from './store/learning.ts'
import { noticeRow, saveNotices, type Notice } from './store/notices.ts'
import { relearn, suggestFor } from './suggest.ts'
import { sweepFiles } from './sweep-files.ts'

/** Fires every alarm that is due. @returns how many fired. */
export async function fireAlarms(engine: Ground, most = 2000): Promise<number> {
  const { database, clock } = engine
  let fired = 0
  await pieceByPiece(
    'events.alarms',
    await listDueAlarms(database.read, clock.now(), most),
    async ({ county_code, id }) => {
      fired += await fireOne(engine, county_code, id)
    },
    (due) => database.write((tx) => postponeAlarm(tx, due, new Date(clock.now() + hour))),
  )
  return fired
}

function fireOne(engine: Ground, county: string, id: string): Promise<number> {
  return actAs(engine, systemCaller(county), 'job:alarm', async (ctx) => {
    const record = await lockEvent(ctx.tx, county, id)
    if (!record) return 0
    const { calendar } = await ruleBook(ctx, county)
    const alarm = nextAlarm(record.core, calendar)
    if (!alarm || alarm.at > ctx.now) {
      // The calendar is another than when it was set.
      await saveAlarm(ctx.tx, county, record.core, calendar)
      return 0
    }
    const alarmed = { ...record.core, alarmedAt: catchUp(record.core, alarm, ctx.now, calendar) }
    await saveAlarm(ctx.tx, county, alarmed, calendar)
    // From now on others may check it too, and their phones offer it.
    if (alarm.kind === 'due' && alarmed.status === 'handled') await wakeEvent(ctx.tx, county, id)
    await respond(ctx, alarmed, alarm)
    ctx.tell(eventAlarmed, { kind: alarm.kind, due: new Date(alarm.at).toISOString(), lateDays: alarm.lateDays }, id)
    return 1
  })
}

async function respond(ctx: Ctx, event: EventCore, alarm: Alarm): Promise<void> {
  if (alarm.kind === 'unsigned') await act(ctx, { eventId: event.id }, { action: 'count-as-signed' })
  if (alarm.kind === 'stop-ends') await act(ctx, { eventId: event.id }, { action: 'resume-by-date' })
  if (alarm.kind === 'archive') await act(ctx, { eventId: event.id }, { action: 'archive' })
  if (alarm.kind === 'late' && alarm.lateDays >= 5 && event.supervision === 0)
    await act(ctx, { eventId: event.id }, { action: 'supervise', grade: 1, leader: '', note: '超期五日，系统提请督办' })
  const county = ctx.caller.countyCode
  await saveNotices(
    ctx.tx,
    whoHears(ctx, event, alarm).map((n) => noticeRow(county, event.id, n, ctx.now)),
  )
}

/** The ladder: whose turn it is; from the due date on the desk above too; from a day late the leader (domain.md D3). */
function whoHears(ctx: Ctx, event: EventCore, alarm: Alarm): Notice[] {
  if (!isOpen(event.status)) return []
  if (alarm.kind === 'unanswered' || alarm.kind === 'back-unanswered') return hearSilence(ctx, event, alarm.kind)
  const parent = placeTree(ctx).get(event.deskPlaceId)?.parentId ?? null
  const hearers: Omit<Notice, 'id' | 'kind'>[] = [whoseTurn(event)]
  if (lateKinds.has(alarm.kind)) hearers.push({ placeId: event.deskPlaceId, duty: 'event.agree-suspension' })
  if (parent !== null && alarm.kind === 'late') hearers.push({ placeId: parent, duty: 'event.supervise' })
  const fallen = alarm.kind === 'due' ? noticesOfLateCheck(event, ctx.now) : []
  return [...hearers.map((to) => ({ id: freshId(ctx.now), kind: `alarm-${alarm.kind}`, ...to })), ...fallen]
}

const lateKinds: ReadonlySet<Alarm['kind']> = new Set(['due', 'late', 'unsigned'])

/** Whoever is to answer, whose it has become, and as ever whoever supervises above. */
function hearSilence(ctx: Ctx, event: EventCore, kind: 'unanswered' | 'back-unanswered'): Notice[] {
  const parent = placeTree(ctx).get(event.deskPlaceId)?.parentId ?? null
  const above: Notice[] =
    parent === null ? [] : [{ id: freshId(ctx.now), kind: `alarm-${kind}`, placeId: parent, duty: 'event.supervise' }]
  return [...above, ...noticesOfSilence(event, kind, ctx.now)]
}

function whoseTurn(event: EventCore): Omit<Notice, 'id' | 'kind'> {
  if (event.stage === 'handle' && event.departmentId !== null) return { departmentId: event.departmentId }
  if (event.stage === 'check' && event.checkBy === 'worker' && !event.isAboutStaff)
    return event.checkerId === null ? { placeId: event.gridId, duty: 'event.pass' } : { accountId: event.checkerId }
  if (event.stage === 'accept' && gridAsked(event) !== null) return { placeId: event.gridId, duty: 'event.verify' }
  return { placeId: event.deskPlaceId, duty: 'event.dispatch' }
}

async function suggestOpen(engine: Ground): Promise<void> {
  await pieceByPiece(
    'events.suggest',
    await listUnsuggested(engine.database.read),
    ({ county_code, id }) => suggestOne(engine, county_code, id),
    ({ county_code, id }) => engine.database.write((tx) => saveSuggestion(tx, county_code, id, emptySuggestion)),
  )
}

export async function suggestOne(engine: Ground, county: string, id: string): Promise<void> {
  const record = await findEvent(engine.database.read, county, id)
  if (!record) return
  const suggestion = await suggestFor(sourceOf(engine), county, record, undefined)
  await engine.database.write((tx) => saveSuggestion(tx, county, id, suggestion))
}

async function relearnAll(engine: Ground): Promise<void> {
  await pieceByPiece('events.relearn', await listLearning(engine.database.read), (county) => relearn(engine, county))
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
  { name: 'events.suggest', everyMs: 10_000, isTimeless: true, run: suggestOpen },
  { name: 'events.relearn', cron: '30 2 * * *', run: relearnAll },
  { name: 'events.mask-stored', cron: '10 3 * * *', run: maskStored },
  { name: 'events.forget-notices', cron: '35 3 * * *', run: forgetNotices },
  { name: 'events.sweep-files', cron: '20 * * * *', run: sweepFiles },
]
