/** Confirmed weeks, what was added to them, and meetings; their JSON is read by its shape. */
import { StoredLines, StoredMeeting } from '@fengge/domain/worklog/stored'
import type { Attendant, Meeting, Resolution, Week, WeekLine } from '@fengge/domain/worklog/terms'
import { rowOf, rowsOf, sql, run, rowWritten } from '../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../kernel/db/tx.ts'

/** Whose week, and from which Monday. */
export interface WeekOf {
  readonly county: string
  readonly accountId: string
  readonly from: string
}
export interface KeptWeek {
  readonly lines: WeekLine[]
  readonly confirmedAt: Date
}

export async function findWeek(tx: Reading, { county, accountId, from }: WeekOf): Promise<KeptWeek | undefined> {
  const row = await rowOf<Pick<Row<'worklog.week'>, 'lines' | 'shape' | 'confirmed_at'>>(
    tx,
    sql`
      select lines, shape, confirmed_at
      from worklog.week
      where county_code = ${county} and account_id = ${accountId} and from_on = ${from}
    `,
  )
  return row && { lines: StoredLines.read(row.lines, row.shape), confirmedAt: row.confirmed_at }
}

export async function isConfirmed(tx: Reading, { county, accountId, from }: WeekOf): Promise<boolean> {
  const row = await rowOf(
    tx,
    sql`
      select 1
      from worklog.week
      where county_code = ${county} and account_id = ${accountId} and from_on = ${from}
    `,
  )
  return row !== undefined
}

export async function insertWeek(
  tx: Tx,
  { county, accountId, from }: WeekOf,
  lines: readonly WeekLine[],
  confirmedAt: Date,
): Promise<void> {
  await run(
    tx,
    sql`
      insert into worklog.week (county_code, account_id, from_on, lines, shape, confirmed_at)
      values (${county}, ${accountId}, ${from}, ${JSON.stringify(lines)}::jsonb, ${StoredLines.now}, ${confirmedAt})
    `,
  )
}

export async function listAdditions(tx: Reading, { county, accountId, from }: WeekOf): Promise<Week['added']> {
  const rows = await rowsOf<Pick<Row<'worklog.addition'>, 'id' | 'text' | 'at'>>(
    tx,
    sql`
      select id, text, at
      from worklog.addition
      where county_code = ${county} and account_id = ${accountId} and from_on = ${from}
      order by at
    `,
  )
  return rows.map((r) => ({ ...r, at: r.at.toISOString() }))
}

export async function insertAddition(
  tx: Tx,
  { county, accountId, from }: WeekOf,
  added: { readonly id: string; readonly text: string; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into worklog.addition (county_code, id, account_id, from_on, text, at)
      values (${county}, ${added.id}, ${accountId}, ${from}, ${added.text}, ${added.at})
    `,
  )
}

/** A meeting as the database knows it: its place has no name there. */
export type HeldMeeting = Omit<Meeting, 'placeName'>
type MeetingRow = Pick<
  Row<'worklog.meeting'>,
  | 'id'
  | 'place_id'
  | 'title'
  | 'at'
  | 'where_text'
  | 'agenda'
  | 'attendance'
  | 'minutes'
  | 'resolutions'
  | 'shape'
  | 'version'
> &
  Pick<Meeting, 'kind' | 'state'>

const columns = sql.raw(
  'id, place_id, kind, title, at, where_text, state, agenda, attendance, minutes, resolutions, shape, version',
)

function meetingOf({ agenda, attendance, resolutions, ...row }: MeetingRow): HeldMeeting {
  return {
    ...StoredMeeting.read({ agenda, attendance, resolutions }, row.shape),
    id: row.id,
    placeId: row.place_id,
    kind: row.kind,
    title: row.title,
    at: row.at.toISOString(),
    where: row.where_text,
    state: row.state,
    minutes: row.minutes,
    version: row.version,
  }
}

export type FreshMeeting = Pick<
  HeldMeeting,
  'id' | 'placeId' | 'kind' | 'title' | 'at' | 'where' | 'agenda' | 'attendance'
>

export async function insertMeeting(
  tx: Tx,
  county: string,
  m: FreshMeeting,
  calledBy: string | null,
): Promise<HeldMeeting> {
  const row = await rowWritten<MeetingRow>(
    tx,
    sql`
      insert into worklog.meeting (
          county_code, id, place_id, kind, title, at, where_text, agenda, attendance, shape, called_by
        )
      values
        (
          ${county}, ${m.id}, ${m.placeId}, ${m.kind}, ${m.title}, ${new Date(Date.parse(m.at))}, ${m.where},
          ${JSON.stringify(m.agenda)}::jsonb, ${JSON.stringify(m.attendance)}::jsonb, ${StoredMeeting.now},
          ${calledBy}
        )
      returning ${columns}
    `,
  )
  return meetingOf(row!)
}

export async function lockMeeting(tx: Tx, county: string, id: string): Promise<HeldMeeting | undefined> {
  const row = await rowWritten<MeetingRow>(
    tx,
    sql`select ${columns} from worklog.meeting where county_code = ${county} and id = ${id} for update`,
  )
  return row && meetingOf(row)
}

export interface Minutes {
  readonly minutes: string
  readonly attendance: readonly Attendant[]
  readonly resolutions: readonly Resolution[]
}

/** Writes down that a meeting was held; its agenda is written again, so that one number says the shape of all three. */
export async function saveMinutes(tx: Tx, county: string, meeting: HeldMeeting, held: Minutes): Promise<HeldMeeting> {
  const row = await rowWritten<MeetingRow>(
    tx,
    sql`
      update worklog.meeting
      set
        state = 'held', minutes = ${held.minutes}, agenda = ${JSON.stringify(meeting.agenda)}::jsonb,
        attendance = ${JSON.stringify(held.attendance)}::jsonb,
        resolutions = ${JSON.stringify(held.resolutions)}::jsonb, shape = ${StoredMeeting.now}, version = version + 1
      where county_code = ${county} and id = ${meeting.id}
      returning ${columns}
    `,
  )
  return meetingOf(row!)
}

/** A meeting that is called at a place that ended is held at what follows it. */
export async function followMeetings(tx: Tx, county: string, endedId: string, heir: string): Promise<void> {
  await run(
    tx,
    sql`
      update worklog.meeting
      set place_id = ${heir}, version = version + 1
      where county_code = ${county} and place_id = ${endedId} and state = 'called'
    `,
  )
}

/** Those at some places, the newest first. */
export async function listMeetingRows(tx: Reading, county: string, places: readonly string[]): Promise<HeldMeeting[]> {
  const rows = await rowsOf<MeetingRow>(
    tx,
    sql`
      select ${columns}
      from worklog.meeting
      where county_code = ${county} and place_id = any(${places}::uuid[])
      order by at desc
      limit 200
    `,
  )
  return rows.map(meetingOf)
}
