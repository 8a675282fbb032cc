/** Events in the database: the rules' state is one JSON column, what lists filter and sort by stands beside it. */
import { nextAlarm } from '@fengge/domain/events/alarms'
import type { WorkCalendar } from '@fengge/domain/events/deadline'
import { bindingDue, marksOf } from '@fengge/domain/events/stage-clock'
import type { Suggestion } from '@fengge/domain/events/suggestion'
import { readCore, StoredCore, StoredSuggestion } from '@fengge/domain/events/stored'
import { isOpen, type EventCore } from '@fengge/domain/events/terms'
import { insertInto, updateIn, type ColumnType } from '../../kernel/db/sink.ts'
import { rowOf, rowWritten, rowsOf, rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import { within } from '../queries/conditions.ts'
import { openChildren } from './open-children.ts'
import { rowOfRequests } from './requests.ts'
import { isOpenIn, type OpenWhere } from '../queries/of-grids.ts'
import type { Reach } from '../reach.ts'
import { insertFlow, type FlowEntry } from './flow.ts'

const headColumns = [
  'id',
  'no',
  'title',
  'content',
  'place_text',
  'lng',
  'lat',
  'ticket_no',
  'external_due_at',
  'reported_at',
  'occurred_at',
  'changed_at',
] as const
type Head = Pick<Row<'events.event'>, (typeof headColumns)[number]>
type Stored = Pick<Row<'events.event'>, 'core' | 'core_shape'>

/** An event as commands and pages read it. */
export interface EventRecord extends Head {
  readonly core: EventCore
}

const record = sql`${sql.join([...headColumns, 'core', 'core_shape'].map((name) => sql.ref(`e.${name}`)))}`

function recordOf({ core, core_shape, ...head }: Head & Stored): EventRecord {
  return { ...head, core: readCore(core, core_shape) }
}

/** The state of an event, out of the columns that keep it. */
export const coreOf = ({ core, core_shape }: Stored): EventCore => readCore(core, core_shape)

export async function lockEvent(tx: Tx, county: string, id: string): Promise<EventRecord | undefined> {
  const row = await rowWritten<Head & Stored>(
    tx,
    sql`select ${record} from events.event e where e.county_code = ${county} and e.id = ${id} for update`,
  )
  return row && recordOf(row)
}

export async function findEvent(tx: Reading, county: string, id: string): Promise<EventRecord | undefined> {
  const row = await rowOf<Head & Stored>(
    tx,
    sql`select ${record} from events.event e where e.county_code = ${county} and e.id = ${id}`,
  )
  return row && recordOf(row)
}

/** An event within somebody's reach. */
export async function findVisible(tx: Reading, id: string, reach: Reach): Promise<EventRecord | undefined> {
  const row = await rowOf<Head & Stored>(
    tx,
    sql`select ${record} from events.event e where e.id = ${id} and ${within(reach)}`,
  )
  return row && recordOf(row)
}

export async function findByCall(tx: Reading, county: string, hotlineNo: string): Promise<EventRecord | undefined> {
  const row = await rowOf<Head & Stored>(
    tx,
    sql`select ${record} from events.event e where e.county_code = ${county} and e.ticket_no = ${hotlineNo}`,
  )
  return row && recordOf(row)
}

/** Open events of some grids and villages, held until the end of the transaction. */
export async function lockOpenIn(tx: Tx, county: string, where: OpenWhere): Promise<EventRecord[]> {
  const rows = await rowsWritten<Head & Stored>(
    tx,
    sql`
      select ${record}
      from events.event e
      where e.county_code = ${county} and e.is_open and ${isOpenIn(where)}
      order by e.id
      for update
    `,
  )
  return rows.map(recordOf)
}

/** Open events that a department has or is to help with, held until the end of the transaction. */
export async function lockOpenOf(tx: Tx, county: string, departmentId: string): Promise<EventRecord[]> {
  const rows = await rowsWritten<Head & Stored>(
    tx,
    sql`
      select ${record}
      from events.event e
      where
        e.county_code = ${county}
        and e.is_open
        and (e.department_id = ${departmentId} or e.co_departments @> array[${departmentId}::uuid])
      order by e.id
      for update
    `,
  )
  return rows.map(recordOf)
}

export async function countOpenChildren(tx: Reading, county: string, id: string): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`select ${openChildren} as n from events.event e where e.county_code = ${county} and e.id = ${id}`,
  )
  return row?.n ?? 0
}

/** Columns that say what the state says, from birth on. */
const bornColumns = {
  category_code: 'text',
  status: 'text',
  is_open: 'boolean',
  level: 'smallint',
  source: 'text',
  urgency: 'smallint',
  is_sensitive: 'boolean',
  is_about_staff: 'boolean',
  supervision: 'smallint',
  stage: 'text',
  stage_started_at: 'timestamptz',
  due_at: 'timestamptz',
  next_alarm_at: 'timestamptz',
  half_at: 'timestamptz',
  soon_at: 'timestamptz',
  asked_at: 'timestamptz',
  answer_due_at: 'timestamptz',
  back_asked_at: 'timestamptz',
  back_due_at: 'timestamptz',
  closed_at: 'timestamptz',
  grid_id: 'uuid',
  village_id: 'uuid',
  town_id: 'uuid',
  desk_place_id: 'uuid',
  department_id: 'uuid',
  reporter_id: 'uuid',
  checker_id: 'uuid',
  check_by: 'text',
  parent_id: 'uuid',
  version: 'int',
  core: 'jsonb',
  // With the state it numbers: a default would go on saying 1 of rows that are of a later shape.
  core_shape: 'smallint',
} as const satisfies Record<string, ColumnType>
/** Columns of the state that have their value at birth by default: a report does not carry them. */
const livedColumns = {
  reworks: 'smallint',
  reopens: 'smallint',
  co_departments: 'uuid[]',
  merged_into: 'uuid',
} as const satisfies Record<string, ColumnType>
type StateColumn = keyof typeof bornColumns | keyof typeof livedColumns

/** The state of an event as columns: the one place that says which field stands in which. */
export function rowOfState(c: EventCore, calendar: WorkCalendar) {
  const { half, soon } = marksOf(c, calendar)
  return {
    category_code: c.categoryCode,
    status: c.status,
    is_open: isOpen(c.status),
    level: c.level,
    source: c.source,
    urgency: c.urgency,
    is_sensitive: c.isSensitive,
    is_about_staff: c.isAboutStaff,
    supervision: c.supervision,
    reworks: c.reworks,
    reopens: c.reopens,
    stage: c.stage,
    stage_started_at: new Date(c.stageStartedAt),
    due_at: instant(bindingDue(c)),
    next_alarm_at: instant(nextAlarm(c, calendar)?.at ?? null),
    half_at: instant(half),
    soon_at: instant(soon),
    ...rowOfRequests(c, calendar),
    closed_at: instant(c.closedAt),
    grid_id: c.gridId,
    village_id: c.villageId,
    town_id: c.townId,
    desk_place_id: c.deskPlaceId,
    department_id: c.departmentId,
    co_departments: c.coHandlers.filter((h) => !h.isDone).map((h) => h.departmentId),
    reporter_id: c.reporterId,
    checker_id: c.checkerId,
    check_by: c.checkBy,
    parent_id: c.parentId,
    merged_into: c.mergedInto,
    version: c.version,
    core: c,
    core_shape: StoredCore.now,
  } satisfies Record<StateColumn, unknown>
}

const instant = (at: number | null) => (at === null ? null : new Date(at))

export interface FreshEvent {
  readonly county: string
  readonly no: string
  readonly title: string
  readonly content: string
  readonly placeText: string
  readonly point: { lng: number; lat: number } | null
  readonly reportedAt: number
  readonly occurredAt: number | null
  readonly hotlineNo: string | null
  readonly externalDueAt: number | null
  readonly words: readonly string[]
  /** Who had a part in a sensitive one from the beginning, besides who reported it. */
  readonly parts?: readonly string[] | null
  readonly core: EventCore
}

/** A fresh event as a row. */
export function eventRow(e: FreshEvent, calendar: WorkCalendar) {
  return {
    county_code: e.county,
    id: e.core.id,
    no: e.no,
    title: e.title,
    content: e.content,
    place_text: e.placeText,
    reported_at: new Date(e.reportedAt),
    occurred_at: instant(e.occurredAt),
    lng: e.point?.lng ?? null,
    lat: e.point?.lat ?? null,
    ticket_no: e.hotlineNo,
    external_due_at: instant(e.externalDueAt),
    search: e.words,
    parts: e.parts ?? null,
    ...rowOfState(e.core, calendar),
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
    reported_at: 'timestamptz',
    occurred_at: 'timestamptz',
    lng: 'double precision',
    lat: 'double precision',
    ticket_no: 'text',
    external_due_at: 'timestamptz',
    search: 'tsvector',
    parts: 'uuid[]',
    ...bornColumns,
  },
  { changed_at: 'r.reported_at' },
)

const stateUpdate = updateIn(
  'events.event',
  { ...bornColumns, ...livedColumns, changed_at: 'timestamptz' },
  { wrote_in: 'pg_current_xact_id()' },
)

export interface NextState {
  readonly core: EventCore
  readonly calendar: WorkCalendar
  readonly flow: FlowEntry
  /** When the matter last changed; the moment of the step where nothing is said. */
  readonly changedAt?: Date
}

/** Saves the next state with the row of flow that led to it, in one statement. */
export async function saveEvent(tx: Tx, county: string, next: NextState): Promise<void> {
  const { core, calendar, flow, changedAt = new Date(flow.at) } = next
  const row = { county_code: county, id: core.id, ...rowOfState(core, calendar), changed_at: changedAt }
  await run(tx, sql`with f as (${insertFlow(county, core.id, flow)}) ${stateUpdate.into([row])}`)
}

/**
 * Keeps the alarm that fired, with what follows from the calendar of now: until when an answer is owed, and when a light
 * turns. Nothing else of the event changes, and phones are not told.
 */
export async function saveAlarm(tx: Tx, county: string, core: EventCore, calendar: WorkCalendar): Promise<void> {
  const row = rowOfState(core, calendar)
  await run(
    tx,
    sql`
      update events.event
      set
        next_alarm_at = ${row.next_alarm_at}, core = ${JSON.stringify(row.core)}::jsonb, core_shape = ${row.core_shape},
        half_at = ${row.half_at}, soon_at = ${row.soon_at}, asked_at = ${row.asked_at},
        answer_due_at = ${row.answer_due_at}, back_asked_at = ${row.back_asked_at}, back_due_at = ${row.back_due_at}
      where county_code = ${county} and id = ${core.id}
    `,
  )
}

/** Wakes an event that is as it was: what may be done with it has changed, with what was split off it or with the hour. */
export async function wakeEvent(tx: Tx, county: string, id: string): Promise<void> {
  await run(
    tx,
    sql`
      update events.event
      set wrote_in = pg_current_xact_id()
      where county_code = ${county} and id = ${id}
    `,
  )
}

export interface Due {
  readonly county_code: string
  readonly id: string
}

/** Events whose alarm is due, the longest due first. */
export function listDueAlarms(tx: Reading, now: number, most: number): Promise<Due[]> {
  return rowsOf<Due>(
    tx,
    sql`
      select county_code, id
      from events.event
      where next_alarm_at <= ${new Date(now)}
      order by next_alarm_at
      limit ${most}
    `,
  )
}

/** How many alarms are due, and since when the oldest is. */
export async function readAlarmLag(reading: Reading, now: number): Promise<{ due: number; oldest: Date | null }> {
  const row = await rowOf<{ due: number; oldest: Date | null }>(
    reading,
    sql`
      select count(*) as due, min(next_alarm_at) as oldest
      from events.event
      where next_alarm_at <= ${new Date(now)}
    `,
  )
  return row!
}

/** An alarm that could not be given is tried again later. */
export async function postponeAlarm(tx: Tx, { county_code, id }: Due, until: Date): Promise<void> {
  await run(tx, sql`update events.event set next_alarm_at = ${until} where county_code = ${county_code} and id = ${id}`)
}

/** Open events of citizens that nobody has made suggestions for, newest first. */
export function listUnsuggested(tx: Reading): Promise<Due[]> {
  return rowsOf<Due>(
    tx,
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
}

export async function saveSuggestion(tx: Tx, county: string, id: string, suggestion: Suggestion): Promise<void> {
  await run(
    tx,
    sql`
      update events.event
      set suggestion = ${JSON.stringify(StoredSuggestion.numbered(suggestion))}::jsonb
      where county_code = ${county} and id = ${id}
    `,
  )
}

/** Where an event lies: its grid, else its village or town; one told in confidence where its desk is. */
export async function placeOfEvent(tx: Reading, county: string, id: string): Promise<string | undefined> {
  const row = await rowOf<{ at: string | null }>(
    tx,
    sql`
      select case when is_sensitive then desk_place_id else coalesce(grid_id, village_id, town_id) end as at
      from events.event
      where county_code = ${county} and id = ${id}
    `,
  )
  return row?.at ?? undefined
}
