/** What higher floors may ask of events. */
import { cleanFollowCode, FollowCodePattern } from '@fengge/domain/events/event-number'
import type { EventCore, EventSource } from '@fengge/domain/events/terms'
import type { Report } from '@fengge/domain/events/contract/desk'
import { postsWith, type Ctx } from '../kernel/context.ts'
import { rowOf, rowsOf, sql, run } from '../kernel/db/sql.ts'
import type { Tx, Reading } from '../kernel/db/tx.ts'
import { findSite, judgeCategory, saveIntake } from './commands/report-event.ts'
import { freshId } from '../kernel/fresh-id.ts'
import type { KeptFile } from '../kernel/files.ts'
import { ruleBook } from './rule-book.ts'
import { saveEvidence } from './store/evidence.ts'

export { act, type Acted } from './commands/act.ts'
export { ruleBook } from './rule-book.ts'
export { eventConfig, eventFeed, viewEvents } from './queries/feed.ts'

export interface ResidentReport {
  readonly id: string
  readonly title: string
  readonly content: string
  readonly placeText: string
  readonly categoryCode: string
  readonly point: { lng: number; lat: number } | null
  readonly gridId: string | null
  readonly name: string
  readonly phone: string
  readonly stopNoticeRead: boolean
}

/** A resident's report, without an account; gives the code to follow it by. */
export async function reportAsResident(
  ctx: Ctx,
  report: ResidentReport,
): Promise<{ no: string; followCode: string; status: string }> {
  const category = await judgeCategory(ctx, report.categoryCode, report.stopNoticeRead)
  const site = findSite(ctx.caller.countyCode, report.gridId, report.point, undefined)
  const sealed = (text: string) => (text === '' ? null : ctx.sealer.seal(text))
  const { fresh, followCode } = await saveIntake(ctx, {
    report: { ...report, people: 0, scale: 'single', urgency: 0, occurredAt: null, evidenceIds: [] },
    source: 'resident',
    category,
    site,
    post: null,
    ticketNo: null,
    externalDueAt: null,
    reporter: {
      accountId: null,
      nameSealed: sealed(report.name),
      phoneSealed: sealed(report.phone),
      phoneIndex: report.phone === '' ? null : ctx.sealer.index(report.phone),
    },
  })
  return { no: fresh.no, followCode, status: fresh.core.status }
}

/** Ties a resident's photo to the event it came with. */
export function keepResidentPhoto(ctx: Ctx, eventId: string, kept: KeptFile): Promise<void> {
  return saveEvidence(ctx.tx, ctx.caller.countyCode, {
    ...kept,
    id: freshId(ctx.now),
    eventId,
    uploadedBy: null,
    phase: 'before',
    name: 'photo',
    at: ctx.now,
  })
}

/** A report by somebody with an account, inside a running transaction. */
export async function reportInside(
  ctx: Ctx,
  report: Report,
  source: EventSource,
): Promise<{ core: EventCore; followCode: string }> {
  const post = postsWith(ctx.caller, 'event.report')[0] ?? null
  const category = await judgeCategory(ctx, report.categoryCode, report.stopNoticeRead)
  const { fresh, followCode } = await saveIntake(ctx, {
    report,
    source,
    category,
    site: findSite(ctx.caller.countyCode, report.gridId, report.point, post?.placeId),
    post,
    ticketNo: null,
    externalDueAt: null,
    reporter: { accountId: ctx.caller.accountId, nameSealed: null, phoneSealed: null, phoneIndex: null },
  })
  return { core: fresh.core, followCode }
}

export interface Followed {
  readonly county: string
  readonly reporterId: string
  readonly eventId: string
  readonly no: string
  readonly title: string
  readonly reportedAt: Date
  readonly core: EventCore
  readonly departmentName: string | null
  readonly deskPlaceId: string
  readonly score: number | null
  readonly isSolved: boolean | null
  readonly isLinked: boolean
  readonly flow: readonly { action: string; from: string | null; to: string; at: Date; reason: string }[]
}

/** What stands behind a follow code: the event as its reporter may see it. */
export async function findFollowed(tx: Reading, code: string): Promise<Followed | undefined> {
  const clean = cleanFollowCode(code)
  if (!FollowCodePattern.test(clean)) return undefined
  const row = await rowOf<Omit<Followed, 'flow' | 'departmentName'> & { departmentId: string | null }>(
    tx,
    sql`
      select
        r.county_code as county, r.id as "reporterId", e.id as "eventId", o.no, o.title,
        o.reported_at as "reportedAt", e.core, e.department_id as "departmentId", e.desk_place_id as "deskPlaceId",
        r.score, r.is_solved as "isSolved", r.event_id <> r.origin_event_id as "isLinked"
      from events.reporter r
        join events.event e on e.county_code = r.county_code
        and e.id = r.event_id
        join events.event o on o.county_code = r.county_code
        and o.id = r.origin_event_id
      where r.follow_code = ${clean}
    `,
  )
  if (!row) return undefined
  const flow = await rowsOf<Followed['flow'][number]>(
    tx,
    sql`
      select action, from_status as "from", to_status as "to", at, reason
      from events.flow
      where county_code = ${row.county} and event_id = ${row.eventId}
      order by seq
    `,
  )
  const { offices } = await ruleBook(tx, row.county)
  return {
    ...row,
    flow,
    departmentName: row.departmentId === null ? null : (offices.get(row.departmentId)?.name ?? null),
  }
}

export async function saveScore(
  tx: Tx,
  county: string,
  reporterId: string,
  score: number,
  isSolved: boolean,
): Promise<void> {
  await run(
    tx,
    sql`
      update events.reporter
      set score = ${score}, is_solved = ${isSolved}
      where county_code = ${county} and id = ${reporterId}
    `,
  )
}

/** The counties this installation serves. */
export function listCounties(tx: Reading): Promise<{ code: string; name: string; id: string }[]> {
  return rowsOf(
    tx,
    sql<{
      code: string
      name: string
      id: string
    }>`
      select p.county_code as code, p.name, p.id
      from places.place p
      where p.level = 'county'
        and p.valid_to is null
        and exists (select 1 from events.category c where c.county_code = p.county_code)
      order by p.code
    `,
  )
}

/** Rows that name an event which is not there, by table; all must be 0. No foreign key asks for it on every report. */
export async function countOrphans(tx: Reading): Promise<Record<string, number>> {
  const tables = ['flow', 'reporter', 'notice'] as const
  const counts = tables.map(
    (t) =>
      sql`
        (
          select count(*)
          from ${sql.ref(`events.${t}`)} c
          where not exists (select 1 from events.event e where e.county_code = c.county_code and e.id = c.event_id)
        ) as ${sql.ref(t)}
      `,
  )
  return (await rowOf<Record<string, number>>(tx, sql`select ${sql.join(counts)}`))!
}

/** Where an event lies: its grid, else its village or town. */
export async function placeOfEvent(tx: Reading, county: string, id: string): Promise<string | undefined> {
  return (
    (
      await rowOf<{ at: string | null }>(
        tx,
        sql`
          select coalesce(grid_id, village_id, town_id) as at
          from events.event
          where county_code = ${county} and id = ${id}
        `,
      )
    )?.at ?? undefined
  )
}
