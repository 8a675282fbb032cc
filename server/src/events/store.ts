/** Events in the database: the rules' state is one JSON column, what lists filter by stands beside it. */
import { nextAlarm } from '@fengge/domain/events/alarms'
import type { WorkCalendar } from '@fengge/domain/events/deadline'
import { isOpen, type EventCore } from '@fengge/domain/events/terms'
import { rowOf, rowsOf, sql, type Tx, type RawBuilder } from '../kernel/db/pool.ts'

export interface EventRecord {
  id: string; no: string; title: string; content: string; place_text: string; lng: number | null; lat: number | null; ticket_no: string | null
  external_due_at: Date | null; reported_at: Date; occurred_at: Date | null; core: EventCore; suggestion: unknown
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

/** The insert of a fresh event, as a part of a larger statement. */
export function insertEvent(e: FreshEvent, calendar: WorkCalendar): RawBuilder<unknown> {
  const c = e.core
  return sql`insert into events.event (county_code, id, no, title, content, place_text, category_code, status, is_open, level, source, urgency, is_sensitive, supervision, stage, stage_started_at, due_at, next_alarm_at,
    reported_at, occurred_at, closed_at, lng, lat, grid_id, village_id, town_id, desk_place_id, department_id, reporter_id, checker_id, check_by, parent_id, ticket_no, external_due_at, version, changed_at, core, search)
    values (${e.county}, ${c.id}, ${e.no}, ${e.title}, ${e.content}, ${e.placeText}, ${c.categoryCode}, ${c.status}, ${isOpen(c.status)}, ${c.level}, ${c.source}, ${c.urgency}, ${c.isSensitive}, ${c.supervision}, ${c.stage}, ${new Date(c.stageStartedAt)}, ${instant(c.dueAt)}, ${alarmAt(c, calendar)},
    ${new Date(e.reportedAt)}, ${instant(e.occurredAt)}, ${instant(c.closedAt)}, ${e.point?.lng ?? null}, ${e.point?.lat ?? null}, ${c.gridId}, ${c.villageId}, ${c.townId}, ${c.deskPlaceId}, ${c.departmentId}, ${c.reporterId}, ${c.checkerId}, ${c.checkBy}, ${c.parentId}, ${e.ticketNo}, ${instant(e.externalDueAt)}, ${c.version}, ${new Date(e.reportedAt)}, ${JSON.stringify(c)}::jsonb, array_to_tsvector(${e.words}::text[]))`
}

export function insertFlow(county: string, eventId: string, f: FlowEntry): RawBuilder<unknown> {
  return sql`insert into events.flow (county_code, event_id, seq, action, from_status, to_status, at, account_id, posting_id, actor_name, actor_role, actor_office, reason, detail, evidence_ids, clock)
    values (${county}, ${eventId}, ${f.seq}, ${f.action}, ${f.from}, ${f.to}, ${new Date(f.at)}, ${f.accountId}, ${f.postingId}, ${f.actorName}, ${f.actorRole}, ${f.actorOffice}, ${f.reason}, ${JSON.stringify(f.detail)}::jsonb, ${f.evidenceIds}::uuid[], ${JSON.stringify(f.clock)}::jsonb)`
}

export interface FreshReporter { readonly id: string; readonly followCode: string; readonly accountId: string | null; readonly nameSealed: string | null; readonly phoneSealed: string | null; readonly phoneIndex: string | null; readonly at: number }

export function insertReporter(county: string, eventId: string, r: FreshReporter): RawBuilder<unknown> {
  return sql`insert into events.reporter (county_code, id, event_id, origin_event_id, follow_code, account_id, name_sealed, phone_sealed, phone_index, created_at)
    values (${county}, ${r.id}, ${eventId}, ${eventId}, ${r.followCode}, ${r.accountId}, ${r.nameSealed}, ${r.phoneSealed}, ${r.phoneIndex}, ${new Date(r.at)})`
}

const record = sql`e.id, e.no, e.title, e.content, e.place_text, e.lng, e.lat, e.ticket_no, e.external_due_at, e.reported_at, e.occurred_at, e.core, e.suggestion`

export function lockEvent(tx: Tx, county: string, id: string): Promise<EventRecord | undefined> {
  return rowOf<EventRecord>(tx, sql`select ${record} from events.event e where e.county_code = ${county} and e.id = ${id} for update`)
}
export function findEvent(tx: Tx, county: string, id: string): Promise<EventRecord | undefined> {
  return rowOf<EventRecord>(tx, sql`select ${record} from events.event e where e.county_code = ${county} and e.id = ${id}`)
}
export function findVisible(tx: Tx, id: string, within: RawBuilder<unknown>): Promise<EventRecord | undefined> {
  return rowOf<EventRecord>(tx, sql`select ${record} from events.event e where e.id = ${id} and ${within}`)
}
export function findByTicket(tx: Tx, county: string, ticketNo: string): Promise<EventRecord | undefined> {
  return rowOf<EventRecord>(tx, sql`select ${record} from events.event e where e.county_code = ${county} and e.ticket_no = ${ticketNo}`)
}

/** Saves the next state with the row of flow that led to it, in one statement. */
export async function saveEvent(tx: Tx, county: string, c: EventCore, calendar: WorkCalendar, flow: FlowEntry): Promise<void> {
  const co = c.coHandlers.filter((h) => !h.isDone).map((h) => h.departmentId)
  await sql`with f as (${insertFlow(county, c.id, flow)}) update events.event set category_code = ${c.categoryCode}, status = ${c.status}, is_open = ${isOpen(c.status)}, level = ${c.level}, urgency = ${c.urgency}, is_sensitive = ${c.isSensitive}, supervision = ${c.supervision}, reworks = ${c.reworks}, reopens = ${c.reopens},
    stage = ${c.stage}, stage_started_at = ${new Date(c.stageStartedAt)}, due_at = ${instant(c.dueAt)}, next_alarm_at = ${alarmAt(c, calendar)}, closed_at = ${instant(c.closedAt)}, desk_place_id = ${c.deskPlaceId}, department_id = ${c.departmentId},
    co_departments = ${co}::uuid[], checker_id = ${c.checkerId}, check_by = ${c.checkBy}, parent_id = ${c.parentId}, merged_into = ${c.mergedInto}, version = ${c.version}, changed_at = ${new Date(flow.at)}, wrote_in = pg_current_xact_id(), core = ${JSON.stringify(c)}::jsonb
    where county_code = ${county} and id = ${c.id}`.execute(tx)
}

/** Keeps the alarm that fired; nothing else of the event changes. */
export async function saveAlarm(tx: Tx, county: string, c: EventCore, calendar: WorkCalendar): Promise<void> {
  await sql`update events.event set next_alarm_at = ${alarmAt(c, calendar)}, core = ${JSON.stringify(c)}::jsonb where county_code = ${county} and id = ${c.id}`.execute(tx)
}

export async function nextSeq(tx: Tx, county: string, eventId: string): Promise<number> {
  return (await rowOf<{ n: number }>(tx, sql`select coalesce(max(seq), 0) + 1 as n from events.flow where county_code = ${county} and event_id = ${eventId}`))!.n
}
export async function countOpenChildren(tx: Tx, county: string, id: string): Promise<number> {
  return (await rowOf<{ n: number }>(tx, sql`select count(*) as n from events.event where county_code = ${county} and parent_id = ${id} and is_open`))!.n
}
export async function listPhases(tx: Tx, county: string, id: string): Promise<Set<string>> {
  return new Set((await rowsOf<{ phase: string }>(tx, sql`select distinct phase from events.evidence where county_code = ${county} and event_id = ${id}`)).map((r) => r.phase))
}
/** Ties uploaded files to an event; gives how many were the uploader's own and still free (or already here). */
export async function attachEvidence(tx: Tx, county: string, eventId: string, ids: readonly string[], phase: string, accountId: string | null): Promise<number> {
  const rows = await rowsOf(tx, sql`update events.evidence set event_id = ${eventId}, phase = ${phase} where county_code = ${county} and id = any(${ids}::uuid[]) and uploaded_by is not distinct from ${accountId} and (event_id is null or event_id = ${eventId}) returning id`)
  return rows.length
}
export async function saveEvidence(tx: Tx, county: string, e: { id: string; eventId: string | null; uploadedBy: string | null; kind: string; phase: string; name: string; mime: string; size: number; sha256: string; path: string; thumbnailPath: string | null; at: number }): Promise<void> {
  await sql`insert into events.evidence (county_code, id, event_id, uploaded_by, kind, phase, name, mime, size, sha256, path, thumbnail_path, at)
    values (${county}, ${e.id}, ${e.eventId}, ${e.uploadedBy}, ${e.kind}, ${e.phase}, ${e.name}, ${e.mime}, ${e.size}, ${e.sha256}, ${e.path}, ${e.thumbnailPath}, ${new Date(e.at)}) on conflict do nothing`.execute(tx)
}
export async function moveReporters(tx: Tx, county: string, from: string, to: string): Promise<void> {
  await sql`update events.reporter set event_id = ${to} where county_code = ${county} and event_id = ${from}`.execute(tx)
}
export async function returnReporters(tx: Tx, county: string, id: string): Promise<void> {
  await sql`update events.reporter set event_id = origin_event_id where county_code = ${county} and origin_event_id = ${id}`.execute(tx)
}
/** Marks every reporter of a closed event as told, wakes the tickets merged into it, and gives who has an account. */
export async function tellReporters(tx: Tx, county: string, id: string, at: number): Promise<string[]> {
  await sql`update events.event set wrote_in = pg_current_xact_id() where county_code = ${county} and merged_into = ${id}`.execute(tx)
  const rows = await rowsOf<{ account_id: string | null }>(tx, sql`update events.reporter set told_at = ${new Date(at)} where county_code = ${county} and event_id = ${id} returning account_id`)
  return [...new Set(rows.flatMap((r) => (r.account_id === null ? [] : [r.account_id])))]
}
export async function savePrecedent(tx: Tx, county: string, p: { id: string; categoryCode: string; departmentId: string; eventId: string; reason: string; at: number }): Promise<void> {
  await sql`insert into events.precedent values (${county}, ${p.id}, ${p.categoryCode}, ${p.departmentId}, ${p.eventId}, ${p.reason}, ${new Date(p.at)})`.execute(tx)
}
export interface Notice { readonly id: string; readonly kind: string; readonly accountId?: string | null; readonly departmentId?: string | null; readonly placeId?: string | null; readonly duty?: string | null }
export async function saveNotices(tx: Tx, county: string, eventId: string, notices: readonly Notice[], at: number): Promise<void> {
  if (notices.length === 0) return
  const rows = notices.map((n) => ({ id: n.id, kind: n.kind, account_id: n.accountId ?? null, department_id: n.departmentId ?? null, place_id: n.placeId ?? null, duty: n.duty ?? null }))
  await sql`insert into events.notice (county_code, id, event_id, kind, account_id, department_id, place_id, duty, at) select ${county}, id, ${eventId}, kind, account_id, department_id, place_id, duty, ${new Date(at)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, kind text, account_id uuid, department_id uuid, place_id uuid, duty text)`.execute(tx)
}
export async function saveExample(tx: Tx, county: string, kind: 'topic' | 'category', id: string, label: string, text: string, at: number): Promise<void> {
  await sql`insert into events.example values (${county}, ${id}, ${kind}, ${label}, ${text}, ${new Date(at)}) on conflict (county_code, kind, id) do update set label = excluded.label, text = excluded.text, at = excluded.at`.execute(tx)
}
export async function saveSuggestion(tx: Tx, county: string, id: string, suggestion: unknown): Promise<void> {
  await sql`update events.event set suggestion = ${JSON.stringify(suggestion)}::jsonb where county_code = ${county} and id = ${id}`.execute(tx)
}
