/**
 * Statements of the demo. Whatever a command can do is done by it; what stands here are facts older than any command
 * (who has lived alone for years, when somebody was last seen, where buildings stand), rows in numbers that commands
 * would take hours for, and questions across slices that only the demo asks.
 */
import type { Geometry } from '@fengge/domain/places/terms'
import { insertInto } from '@fengge/server/kernel/db/sink'
import { rowOf, rowsOf, run, sql } from '@fengge/server/kernel/db/sql'
import type { Reading, Row, Tx } from '@fengge/server/kernel/db/tx'

export async function hasEvents(reading: Reading, county: string): Promise<boolean> {
  const row = await rowOf(reading, sql`select 1 as one from events.event where county_code = ${county} limit 1`)
  return row !== undefined
}

export type GeneralGrid = Pick<Row<'places.place'>, 'id' | 'code' | 'people'>

/** General grids by code, that of the demo's worker first. */
export function listGeneralGrids(reading: Reading, county: string): Promise<GeneralGrid[]> {
  return rowsOf<GeneralGrid>(
    reading,
    sql`
      select p.id, p.code, p.people
      from places.place p
      where p.county_code = ${county} and p.level = 'grid' and p.kind = 'general' and p.valid_to is null
      order by
        exists (
          select 1
          from identity.posting q join identity.account a on a.id = q.account_id
          where q.place_id = p.id and a.login = 'worker'
        ) desc,
        p.code
    `,
  )
}

export interface Shape {
  readonly id: string
  readonly geometry: Geometry
}

/** Borders of the grids in force, by code. */
export function listGridShapes(
  reading: Reading,
  county: string,
): Promise<(Shape & Pick<Row<'places.place'>, 'people'>)[]> {
  return rowsOf(
    reading,
    sql`
      select p.id, p.people, b.geometry
      from places.place p join places.boundary b on b.place_id = p.id and b.valid_to is null
      where p.level = 'grid' and p.county_code = ${county} and p.valid_to is null
      order by p.code
    `,
  )
}

export type BuildingRow = Pick<Row<'registry.building'>, 'id' | 'grid_id' | 'village_id' | 'town_id' | 'lng' | 'lat'>

/** Buildings of a grid by their number. */
export function listBuildings(reading: Reading, county: string, gridId: string): Promise<BuildingRow[]> {
  return rowsOf<BuildingRow>(
    reading,
    sql`
      select id, grid_id, village_id, town_id, lng, lat
      from registry.building
      where county_code = ${county} and grid_id = ${gridId}
      order by length(name), name
    `,
  )
}

/** Where buildings stand; the command places one at a time. */
export async function savePoints(
  tx: Tx,
  county: string,
  points: readonly { readonly id: string; readonly at: readonly [lng: number, lat: number] }[],
): Promise<void> {
  const lngs = points.map((p) => p.at[0]),
    lats = points.map((p) => p.at[1])
  await run(
    tx,
    sql`
      update registry.building b
      set lng = p.lng, lat = p.lat
      from
        unnest(${points.map((p) => p.id)}::uuid[], ${lngs}::float8[], ${lats}::float8[]) as p (id, lng, lat)
      where b.county_code = ${county} and b.id = p.id
    `,
  )
}

/** The account behind a login, and the place of its first post. */
export async function findPosted(
  reading: Reading,
  county: string,
  login: string,
): Promise<{ readonly account_id: string; readonly place_id: string } | undefined> {
  return rowOf(
    reading,
    sql`
      select p.account_id, p.place_id
      from identity.posting p join identity.account a on a.id = p.account_id
      where a.login = ${login} and a.county_code = ${county}
      limit 1
    `,
  )
}

/** The lived-in houses of a grid belong to its micro-grids, so many to each, in the whole county. */
export async function moveIntoMicros(tx: Tx, county: string, households: number): Promise<void> {
  await run(
    tx,
    sql`
      update registry.house h
      set micro_id = m.id
      from
        (
          select
            h.id, h.grid_id,
            (row_number() over (partition by h.grid_id order by length(b.name), b.name, h.name, h.id) - 1) / ${households} as nth
          from registry.house h join registry.building b on b.county_code = h.county_code and b.id = h.parent_id
          where h.county_code = ${county} and h.sort = 'self'
        ) near
        join
        (
          select id, parent_id, row_number() over (partition by parent_id order by code) - 1 as nth
          from places.place
          where county_code = ${county} and level = 'micro' and valid_to is null
        ) m on m.parent_id = near.grid_id
        and m.nth = near.nth
      where h.county_code = ${county} and h.id = near.id
    `,
  )
}

export type Resident = Pick<Row<'registry.link'>, 'house_id' | 'person_id'>

/** Somebody of each of the first households of a micro-grid. */
export function listResidents(reading: Reading, county: string, microId: string, most: number): Promise<Resident[]> {
  return rowsOf<Resident>(
    reading,
    sql`
      select distinct on (l.house_id) l.house_id, l.person_id
      from registry.link l join registry.house h on h.county_code = l.county_code and h.id = l.house_id
      where h.county_code = ${county} and h.micro_id = ${microId} and l.to_on is null and l.role <> 'owner'
      order by l.house_id, l.person_id
      limit ${most}
    `,
  )
}

/** Has always lived alone, and is old. */
export async function leaveAlone(tx: Tx, county: string, resident: Resident, born: string): Promise<void> {
  await run(
    tx,
    sql`
      delete from registry.link
      where county_code = ${county} and house_id = ${resident.house_id} and person_id <> ${resident.person_id}
    `,
  )
  await run(
    tx,
    sql`
      update registry.person
      set born = ${born}, sort = 'resident', body = body || ${JSON.stringify({ born, kind: 'resident' })}::jsonb
      where county_code = ${county} and id = ${resident.person_id}
    `,
  )
}

/** When an old person who lives alone was last seen, before anybody kept records. */
export async function saveLastSeen(tx: Tx, county: string, personId: string, onDay: string): Promise<void> {
  await run(
    tx,
    sql`
      insert into visits.last (county_code, subject_id, form_code, on_day)
      values (${county}, ${personId}, 'elder-alone', ${onDay})
      on conflict do nothing
    `,
  )
}

export interface Aged {
  readonly id: string
  readonly born: string
}

export function listOwnPeople(reading: Reading, county: string, gridId: string): Promise<Aged[]> {
  return rowsOf<Aged>(
    reading,
    sql`
      select id, born
      from registry.person
      where county_code = ${county} and grid_id = ${gridId} and sort = 'resident'
      order by id
    `,
  )
}

/** People of the village or town around a grid who always lived there. */
export function listTownPeople(reading: Reading, county: string, townId: string, most: number): Promise<Aged[]> {
  return rowsOf<Aged>(
    reading,
    sql`
      select id, born
      from registry.person
      where county_code = ${county} and town_id = ${townId} and sort = 'resident' and born is not null
      order by id desc
      limit ${most}
    `,
  )
}

type Overlay = Pick<
  Row<'registry.overlay'>,
  'id' | 'person_id' | 'kind' | 'sealed' | 'visit_days' | 'cautions' | 'started_on' | 'visited_at'
>

/** People in care, by when it began and their id. */
export const listCare = (reading: Reading, county: string): Promise<Pick<Row<'registry.overlay'>, 'id'>[]> =>
  rowsOf(
    reading,
    sql`select id from registry.overlay where county_code = ${county} and ended_on is null order by started_on, id`,
  )

/** Somebody in care for months; the command would have it begin today, by a keeper whom the demo does not have. */
export async function saveCare(tx: Tx, county: string, o: Overlay): Promise<void> {
  await run(
    tx,
    sql`
      insert into
        registry.overlay (county_code, id, person_id, kind, sealed, visit_days, cautions, started_on, visited_at)
      values
        (
          ${county}, ${o.id}, ${o.person_id}, ${o.kind}, ${o.sealed}, ${o.visit_days}, ${o.cautions}::text[],
          ${o.started_on}, ${o.visited_at}
        )
    `,
  )
}

export interface Posted {
  readonly account_id: string
  readonly posting_id: string
}

/** The first post of each login. */
export function listPosts(reading: Reading, county: string, logins: readonly string[]): Promise<Posted[]> {
  return rowsOf<Posted>(
    reading,
    sql`
      select distinct on (p.account_id) p.account_id, p.id as posting_id
      from identity.posting p join identity.account a on a.id = p.account_id
      where a.county_code = ${county} and a.login = any(${logins}::text[])
      order by p.account_id, p.from_on
    `,
  )
}

type Badge = Pick<Row<'identity.badge'>, 'id' | 'account_id' | 'posting_id' | 'code' | 'issued_at' | 'expires_on'>

/** A badge with a code of the demo's own; the command draws one by chance. */
export async function saveBadge(tx: Tx, b: Badge): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.badge (id, account_id, posting_id, code, issued_at, expires_on)
      values (${b.id}, ${b.account_id}, ${b.posting_id}, ${b.code}, ${b.issued_at}, ${b.expires_on})
    `,
  )
}

export type FreshLink = Pick<
  Row<'registry.link'>,
  'county_code' | 'id' | 'person_id' | 'house_id' | 'role' | 'from_on' | 'basis' | 'is_lead'
>
const linkSink = insertInto('registry.link', {
  county_code: 'text',
  id: 'uuid',
  person_id: 'uuid',
  house_id: 'uuid',
  role: 'text',
  from_on: 'date',
  basis: 'text',
  is_lead: 'boolean',
})

/** Hundreds of thousands of homes. */
export async function addLinks(tx: Tx, links: readonly FreshLink[]): Promise<void> {
  if (links.length > 0) await run(tx, linkSink.into(links))
}

/** So that the first questions after the filling are planned by what is there. */
export async function analyse(tx: Tx): Promise<void> {
  await run(tx, sql`analyze`)
}

export async function findAccountId(reading: Reading, county: string, login: string): Promise<string | undefined> {
  const row = await rowOf<{ id: string }>(
    reading,
    sql`select id from identity.account where county_code = ${county} and login = ${login}`,
  )
  return row?.id
}

/** People in care whose visit is due. */
export async function countCareDue(reading: Reading, county: string, today: string): Promise<number> {
  const row = await rowOf<{ n: number }>(
    reading,
    sql`
      select count(*)::int as n
      from registry.overlay
      where county_code = ${county} and ended_on is null
        and coalesce(visited_at::date, started_on) + visit_days <= ${today}::date
    `,
  )
  return row?.n ?? 0
}

/** Open events past their time, those that are latest last. */
export async function listLate(reading: Reading, county: string, now: number): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    reading,
    sql`
      select id
      from events.event
      where county_code = ${county} and is_open and due_at < ${new Date(now)}
      order by due_at desc, id
    `,
  )
  return rows.map((r) => r.id)
}

/** Open events at the desks of the demo's town and county, and those of the hotline, the newest first. */
export const listOpenAt = (
  reading: Reading,
  county: string,
  { countyId, townId }: { readonly countyId: string; readonly townId: string },
): Promise<{ readonly id: string; readonly at: string }[]> =>
  rowsOf(
    reading,
    sql`
      select
        id,
        case
          when source = 'hotline' then 'hotline'
          when desk_place_id = ${countyId} then 'county'
          else 'town'
        end as at
      from events.event
      where county_code = ${county} and is_open
        and (source = 'hotline' or desk_place_id = ${countyId} or town_id = ${townId})
      order by reported_at desc, id
    `,
  )

/** Some people of a grid, for those who look at them. */
export async function listSomePeople(
  reading: Reading,
  county: string,
  gridId: string,
  most: number,
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    reading,
    sql`
      select id
      from registry.person
      where county_code = ${county} and grid_id = ${gridId}
      order by id
      limit ${most}
    `,
  )
  return rows.map((r) => r.id)
}
