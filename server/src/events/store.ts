/** Events in the database: the rules' state is one JSON column, what lists filter by stands beside it. */
import { nextAlarm } from '@fengge/domain/events/alarms'
import type { WorkCalendar } from '@fengge/domain/events/deadline'
import { isOpen, type EventCore } from '@fengge/domain/events/terms'
import { rowOf, sql, type RawBuilder, rowWritten, run, rowsWritten } from '../kernel/db/sql.ts'
import type { Tx, Reading } from '../kernel/db/tx.ts'
import { insertInto } from '../kernel/db/sink.ts'

export interface EventRecord {
  id: string
  no: string
  title: string
  content: string
  place_text: string
  lng: number | null
  lat: number | null
  ticket_no: string | null
  external_due_at: Date | null
  reported_at: Date
  occurred_at: Date | null
  core: EventCore
  suggestion: unknown
}
export interface FreshEvent {
  readonly county: string
  readonly no: string
  readonly title: string
  readonly content: string
  readonly placeText: string
  readonly point: { lng: number; lat: number } | null
  readonly reportedAt: number
  readonly occurredAt: number | null
  readonly ticketNo: string | null
  readonly externalDueAt: number | null
  readonly words: readonly string[]
  readonly core: EventCore
}
export interface FlowEntry {
  readonly seq: number
  readonly action: string
  readonly from: string | null
  readonly to: string
  readonly at: number
  readonly accountId: string | null
  readonly postingId: string | null
  readonly actorName: string | null
  readonly actorRole: string | null
  readonly actorOffice: string | null
  readonly reason: string
  readonly detail: Record<string, unknown>
  readonly evidenceIds: readonly string[]
  readonly clock: Record<string, unknown>
}

const instant = (at: number | null) => (at === null ? null : new Date(at))
const alarmAt = (core: EventCore, calendar: WorkCalendar) => instant(nextAlarm(core, calendar)?.at ?? null)

/** A fresh event as a row. */
export function eventRow(e: FreshEvent, calendar: WorkCalendar) {
  const c = e.core
  return {
    county_code: e.county,
    id: c.id,
    no: e.no,
    title: e.title,
    content: e.content,
    place_text: e.placeText,
    category_code: c.categoryCode,
    status: c.status,
    is_open: isOpen(c.status),
    level: c.level,
    source: c.source,
    urgency: c.urgency,
    is_sensitive: c.isSensitive,
    supervision: c.supervision,
    stage: c.stage,
    stage_started_at: new Date(c.stageStartedAt),
    due_at: instant(c.dueAt),
    next_alarm_at: alarmAt(c, calendar),
    reported_at: new Date(e.reportedAt),
    occurred_at: instant(e.occurredAt),
    closed_at: instant(c.closedAt),
    lng: e.point?.lng ?? null,
    lat: e.point?.lat ?? null,
    grid_id: c.gridId,
    village_id: c.villageId,
    town_id: c.townId,
    desk_place_id: c.deskPlaceId,
    department_id: c.departmentId,
    reporter_id: c.reporterId,
    checker_id: c.checkerId,
    check_by: c.checkBy,
    parent_id: c.parentId,
    ticket_no: e.ticketNo,
    external_due_at: instant(e.externalDueAt),
    version: c.version,
    core: c,
    search: e.words,
  }
}

export const eventSink = insertInto(
  'events.event',
  {
    county_code: 'text',
    id: 'uuid',
    no: 'text',
    title: 'text',
    content: 'text',
    place_text: 'text',
    category_code: 'text',
    status: 'text',
    is_open: 'boolean',
    level: 'smallint',
    source: 'text',
    urgency: 'smallint',
    is_sensitive: 'boolean',
    supervision: 'smallint',
    stage: 'text',
    stage_started_at: 'timestamptz',
    due_at: 'timestamptz',
    next_alarm_at: 'timestamptz',
    reported_at: 'timestamptz',
    occurred_at: 'timestamptz',
    closed_at: 'timestamptz',
    lng: 'double precision',
    lat: 'double precision',
    grid_id: 'uuid',
    village_id: 'uuid',
    town_id: 'uuid',
    desk_place_id: 'uuid',
    department_id: 'uuid',
    reporter_id: 'uuid',
    checker_id: 'uuid',
    check_by: 'text',
    parent_id: 'uuid',
    ticket_no: 'text',
    external_due_at: 'timestamptz',
    version: 'int',
    core: 'jsonb',
    search: 'tsvector',
  },
  { changed_at: 'r.reported_at' },
)

export function flowRow(county: string, eventId: string, f: FlowEntry) {
  return {
    county_code: county,
    event_id: eventId,
    seq: f.seq,
    action: f.action,
    from_status: f.from,
    to_status: f.to,
    at: new Date(f.at),
    account_id: f.accountId,
    posting_id: f.postingId,
    actor_name: f.actorName,
    actor_role: f.actorRole,
    actor_office: f.actorOffice,
    reason: f.reason,
    detail: f.detail,
    evidence_ids: f.evidenceIds,
    clock: f.clock,
  }
}

export const flowSink = insertInto('events.flow', {
  county_code: 'text',
  event_id: 'uuid',
  seq: 'int',
  action: 'text',
  from_status: 'text',
  to_status: 'text',
  at: 'timestamptz',
  account_id: 'uuid',
  posting_id: 'uuid',
  actor_name: 'text',
  actor_role: 'text',
  actor_office: 'text',
  reason: 'text',
  detail: 'jsonb',
  evidence_ids: 'uuid[]',
  clock: 'jsonb',
})

export const insertFlow = (county: string, eventId: string, f: FlowEntry): RawBuilder<unknown> =>
  flowSink.into([flowRow(county, eventId, f)])

export interface FreshReporter {
  readonly id: string
  readonly followCode: string
  readonly accountId: string | null
  readonly nameSealed: string | null
  readonly phoneSealed: string | null
  readonly phoneIndex: string | null
  readonly at: number
}

export function reporterRow(county: string, eventId: string, r: FreshReporter) {
  return {
    county_code: county,
    id: r.id,
    event_id: eventId,
    follow_code: r.followCode,
    account_id: r.accountId,
    name_sealed: r.nameSealed,
    phone_sealed: r.phoneSealed,
    phone_index: r.phoneIndex,
    created_at: new Date(r.at),
  }
}

export const reporterSink = insertInto(
  'events.reporter',
  {
    county_code: 'text',
    id: 'uuid',
    event_id: 'uuid',
    follow_code: 'text',
    account_id: 'uuid',
    name_sealed: 'text',
    phone_sealed: 'text',
    phone_index: 'text',
    created_at: 'timestamptz',
  },
  { origin_event_id: 'r.event_id' },
)

const record = sql`
  e.id,
  e.no,
  e.title,
  e.content,
  e.place_text,
  e.lng,
  e.lat,
  e.ticket_no,
  e.external_due_at,
  e.reported_at,
  e.occurred_at,
  e.core,
  e.suggestion
`

export function lockEvent(tx: Tx, county: string, id: string): Promise<EventRecord | undefined> {
  return rowWritten<EventRecord>(
    tx,
    sql`select ${record} from events.event e where e.county_code = ${county} and e.id = ${id} for update`,
  )
}
export function findEvent(tx: Reading, county: string, id: string): Promise<EventRecord | undefined> {
  return rowOf<EventRecord>(
    tx,
    sql`select ${record} from events.event e where e.county_code = ${county} and e.id = ${id}`,
  )
}
export function findVisible(tx: Reading, id: string, within: RawBuilder<unknown>): Promise<EventRecord | undefined> {
  return rowOf<EventRecord>(tx, sql`select ${record} from events.event e where e.id = ${id} and ${within}`)
}
export function findByTicket(tx: Reading, county: string, ticketNo: string): Promise<EventRecord | undefined> {
  return rowOf<EventRecord>(
    tx,
    sql`select ${record} from events.event e where e.county_code = ${county} and e.ticket_no = ${ticketNo}`,
  )
}

/** Saves the next state with the row of flow that led to it, in one statement. */
export async function saveEvent(
  tx: Tx,
  county: string,
  c: EventCore,
  calendar: WorkCalendar,
  flow: FlowEntry,
): Promise<void> {
  const co = c.coHandlers.filter((h) => !h.isDone).map((h) => h.departmentId)
  await run(
    tx,
    sql`
      with f as (${insertFlow(county, c.id, flow)})
      update events.event
      set
        category_code = ${c.categoryCode}, status = ${c.status}, is_open = ${isOpen(c.status)}, level = ${c.level},
        urgency = ${c.urgency}, is_sensitive = ${c.isSensitive}, supervision = ${c.supervision},
        reworks = ${c.reworks}, reopens = ${c.reopens}, stage = ${c.stage},
        stage_started_at = ${new Date(c.stageStartedAt)}, due_at = ${instant(c.dueAt)},
        next_alarm_at = ${alarmAt(c, calendar)}, closed_at = ${instant(c.closedAt)}, desk_place_id = ${c.deskPlaceId},
        department_id = ${c.departmentId}, co_departments = ${co}::uuid[], checker_id = ${c.checkerId},
        check_by = ${c.checkBy}, parent_id = ${c.parentId}, merged_into = ${c.mergedInto}, version = ${c.version},
        changed_at = ${new Date(flow.at)}, wrote_in = pg_current_xact_id(), core = ${JSON.stringify(c)}::jsonb
      where county_code = ${county} and id = ${c.id}
    `,
  )
}

/** Keeps the alarm that fired; nothing else of the event changes. */
export async function saveAlarm(tx: Tx, county: string, c: EventCore, calendar: WorkCalendar): Promise<void> {
  await run(
    tx,
    sql`
      update events.event
      set next_alarm_at = ${alarmAt(c, calendar)}, core = ${JSON.stringify(c)}::jsonb
      where county_code = ${county} and id = ${c.id}
    `,
  )
}

export async function nextSeq(tx: Reading, county: string, eventId: string): Promise<number> {
  return (await rowOf<{ n: number }>(
    tx,
    sql`
      select coalesce(max(seq), 0) + 1 as n
      from events.flow
      where county_code = ${county} and event_id = ${eventId}
    `,
  ))!.n
}
export async function countOpenChildren(tx: Reading, county: string, id: string): Promise<number> {
  return (await rowOf<{ n: number }>(
    tx,
    sql`select count(*) as n from events.event where county_code = ${county} and parent_id = ${id} and is_open`,
  ))!.n
}
export async function moveReporters(tx: Tx, county: string, from: string, to: string): Promise<void> {
  await run(tx, sql`update events.reporter set event_id = ${to} where county_code = ${county} and event_id = ${from}`)
}
export async function returnReporters(tx: Tx, county: string, id: string): Promise<void> {
  await run(
    tx,
    sql`
      update events.reporter
      set event_id = origin_event_id
      where county_code = ${county} and origin_event_id = ${id}
    `,
  )
}
/** Marks every reporter of a closed event as told, wakes the tickets merged into it, and gives who has an account. */
export async function tellReporters(tx: Tx, county: string, id: string, at: number): Promise<string[]> {
  await run(
    tx,
    sql`
      update events.event
      set wrote_in = pg_current_xact_id()
      where county_code = ${county} and merged_into = ${id}
    `,
  )
  const rows = await rowsWritten<{ account_id: string | null }>(
    tx,
    sql`
      update events.reporter
      set told_at = ${new Date(at)}
      where county_code = ${county} and event_id = ${id}
      returning account_id
    `,
  )
  return [...new Set(rows.flatMap((r) => (r.account_id === null ? [] : [r.account_id])))]
}
export async function savePrecedent(
  tx: Tx,
  county: string,
  p: { id: string; categoryCode: string; departmentId: string; eventId: string; reason: string; at: number },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into events.precedent
      values (${county}, ${p.id}, ${p.categoryCode}, ${p.departmentId}, ${p.eventId}, ${p.reason}, ${new Date(p.at)})
    `,
  )
}
export interface Notice {
  readonly id: string
  readonly kind: string
  readonly accountId?: string | null
  readonly departmentId?: string | null
  readonly placeId?: string | null
  readonly duty?: string | null
}
export function noticeRow(county: string, eventId: string, n: Notice, at: number) {
  return {
    county_code: county,
    event_id: eventId,
    at: new Date(at),
    id: n.id,
    kind: n.kind,
    account_id: n.accountId ?? null,
    department_id: n.departmentId ?? null,
    place_id: n.placeId ?? null,
    duty: n.duty ?? null,
  }
}
export const noticeSink = insertInto('events.notice', {
  county_code: 'text',
  event_id: 'uuid',
  at: 'timestamptz',
  id: 'uuid',
  kind: 'text',
  account_id: 'uuid',
  department_id: 'uuid',
  place_id: 'uuid',
  duty: 'text',
})
export async function saveNotices(
  tx: Tx,
  county: string,
  eventId: string,
  notices: readonly Notice[],
  at: number,
): Promise<void> {
  if (notices.length > 0) await run(tx, noticeSink.into(notices.map((n) => noticeRow(county, eventId, n, at))))
}
export async function saveExample(
  tx: Tx,
  county: string,
  kind: 'topic' | 'category',
  id: string,
  label: string,
  text: string,
  at: number,
): Promise<void> {
  await run(
    tx,
    sql`
      insert into events.example
      values (${county}, ${id}, ${kind}, ${label}, ${text}, ${new Date(at)})
      on conflict (county_code, kind, id) do update
      set label = excluded.label, text = excluded.text, at = excluded.at
    `,
  )
}
export async function saveSuggestion(tx: Tx, county: string, id: string, suggestion: unknown): Promise<void> {
  await run(
    tx,
    sql`
      update events.event
      set suggestion = ${JSON.stringify(suggestion)}::jsonb
      where county_code = ${county} and id = ${id}
    `,
  )
}
