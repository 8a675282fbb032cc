/** Loads, locks and saves places and their borders. */
import type { Geometry, LoadWeights, SizeNorm } from '@fengge/domain/places/terms'
import { rowOf, rowsOf, sql, rowsWritten, run } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import { areaOf } from '../geometry.ts'

/** A place with its border and the tier of its level. */
export type PlaceRow = Row<'places.place'> & {
  readonly geometry: Geometry | null
  readonly tier: string
}

const columns = sql`
  p.id,
  p.code,
  p.name,
  p.level,
  p.parent_id,
  p.county_code,
  p.kind,
  p.dedicated_kind,
  p.households,
  p.people,
  p.norm_reason,
  p.terrain,
  p.valid_from,
  p.valid_to,
  p.version,
  b.geometry,
  l.tier
`
const joined = sql`
  from places.place p
    join places.level l on l.code = p.level
    left join places.boundary b on b.place_id = p.id
    and b.valid_to is null
`

export async function lockPlaces(tx: Tx, ids: readonly string[]): Promise<PlaceRow[]> {
  return rowsWritten<PlaceRow>(
    tx,
    sql`select ${columns} ${joined} where p.id = any(${ids}::uuid[]) order by p.id for update of p`,
  )
}
export function listInForce(tx: Reading, parentId: string): Promise<PlaceRow[]> {
  return rowsOf<PlaceRow>(
    tx,
    sql`select ${columns} ${joined} where p.parent_id = ${parentId} and p.valid_to is null order by p.code`,
  )
}
export function listInForceOf(tx: Reading, parentIds: readonly string[]): Promise<PlaceRow[]> {
  return rowsOf<PlaceRow>(
    tx,
    sql`
      select ${columns} ${joined}
      where p.parent_id = any(${parentIds}::uuid[]) and p.valid_to is null
      order by p.code
    `,
  )
}
export async function findPlace(tx: Reading, id: string): Promise<PlaceRow | undefined> {
  return rowOf<PlaceRow>(tx, sql`select ${columns} ${joined} where p.id = ${id}`)
}

/** The same without a lock, for who only looks ahead. */
export function listPlaces(tx: Reading, ids: readonly string[]): Promise<PlaceRow[]> {
  return rowsOf<PlaceRow>(tx, sql`select ${columns} ${joined} where p.id = any(${ids}::uuid[]) order by p.id`)
}
/** Locks places in the order of their ids, so that no two changes wait for each other. */
export async function lockAll(tx: Tx, ids: readonly string[]): Promise<void> {
  await run(tx, sql`select 1 from places.place where id = any(${ids}::uuid[]) order by id for update`)
}
/** Versions of places in force: of some, and of all that stand right below others. */
export function listVersions(
  tx: Reading,
  holders: readonly string[],
  ids: readonly string[],
): Promise<Pick<PlaceRow, 'id' | 'version'>[]> {
  return rowsOf<Pick<PlaceRow, 'id' | 'version'>>(
    tx,
    sql`
      select id, version
      from places.place
      where valid_to is null and (parent_id = any(${holders}::uuid[]) or id = any(${ids}::uuid[]))
    `,
  )
}
/** Ids of every place in force inside of some, the outer ones first. */
export async function listBelow(tx: Reading, ids: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`
      with recursive
        inside as (
          select id, 1 as depth from places.place where parent_id = any(${ids}::uuid[]) and valid_to is null
          union all
          select p.id, i.depth + 1
          from inside i join places.place p on p.parent_id = i.id
          where p.valid_to is null
        )
      select id from inside order by depth, id
    `,
  )
  return rows.map((r) => r.id)
}

export interface LevelRow {
  code: string
  tier: string
  ordinal: number
}
export function listLevelRows(tx: Reading): Promise<LevelRow[]> {
  return rowsOf<LevelRow>(tx, sql`select code, tier, ordinal from places.level order by ordinal`)
}
export async function saveLevelRow(tx: Tx, l: LevelRow & { name: string; nameEn: string }): Promise<void> {
  await run(
    tx,
    sql`
      insert into places.level (code, tier, ordinal, name, name_en)
      values (${l.code}, ${l.tier}, ${l.ordinal}, ${l.name}, ${l.nameEn})
      on conflict (code) do update
      set ordinal = excluded.ordinal, name = excluded.name, name_en = excluded.name_en
      where places.level.tier = excluded.tier
    `,
  )
}

export async function savePlace(
  tx: Tx,
  place: Omit<PlaceRow, 'version' | 'geometry' | 'tier' | 'valid_to'>,
): Promise<void> {
  await run(
    tx,
    sql`
      insert into places.place (
          id, code, name, level, parent_id, county_code, kind, dedicated_kind, households, people, norm_reason,
          terrain, valid_from
        )
      values
        (
          ${place.id}, ${place.code}, ${place.name}, ${place.level}, ${place.parent_id}, ${place.county_code},
          ${place.kind}, ${place.dedicated_kind}, ${place.households}, ${place.people}, ${place.norm_reason},
          ${place.terrain}, ${place.valid_from}
        )
    `,
  )
}

/** Hands out the next code under a parent: one more than was ever issued, never one that was closed. */
export async function issueCode(tx: Tx, parent: { id: string; code: string }): Promise<number> {
  await run(tx, sql`select 1 from places.place where id = ${parent.id} for update`)
  const row = await rowOf<{ next: number }>(
    tx,
    sql`
      select coalesce(max(substr(code, ${parent.code.length + 1})::int), 0) + 1 as next
      from places.issued_code
      where length(code) = ${parent.code.length === 12 ? 15 : 17} and starts_with(code, ${parent.code})
    `,
  )
  return row!.next
}
export async function saveIssuedCode(tx: Tx, code: string, placeId: string, on: string): Promise<void> {
  await run(tx, sql`insert into places.issued_code (code, place_id, issued_on) values (${code}, ${placeId}, ${on})`)
}

/** Puts a border in force from a day on; the earlier one ends there. */
export async function saveBoundary(tx: Tx, placeId: string, geometry: Geometry, on: string): Promise<void> {
  await run(
    tx,
    sql`
      delete from places.boundary
      where place_id = ${placeId} and valid_from = ${on} and valid_to is null
    `,
  )
  await run(tx, sql`update places.boundary set valid_to = ${on} where place_id = ${placeId} and valid_to is null`)
  await run(
    tx,
    sql`
      insert into places.boundary (place_id, valid_from, geometry, area_m2)
      values (${placeId}, ${on}, ${JSON.stringify(geometry)}::jsonb, ${areaOf(geometry)})
    `,
  )
}

export async function endPlace(tx: Tx, id: string, on: string): Promise<void> {
  await run(tx, sql`update places.place set valid_to = ${on}, version = version + 1 where id = ${id}`)
  await run(tx, sql`update places.boundary set valid_to = ${on} where place_id = ${id} and valid_to is null`)
}
export async function raiseVersion(tx: Tx, id: string): Promise<void> {
  await run(tx, sql`update places.place set version = version + 1 where id = ${id}`)
}
export async function updateGrid(
  tx: Tx,
  id: string,
  g: {
    name: string
    kind: string
    dedicatedKind: string | null
    households: number | null
    people: number | null
    normReason: string | null
    terrain: string
  },
): Promise<void> {
  await run(
    tx,
    sql`
      update places.place
      set
        name = ${g.name}, kind = ${g.kind}, dedicated_kind = ${g.dedicatedKind}, households = ${g.households},
        people = ${g.people}, norm_reason = ${g.normReason}, terrain = ${g.terrain}, version = version + 1
      where id = ${id}
    `,
  )
}

/** Which places ended or moved on a day, and what stands in their place. */
export interface Succession {
  readonly id: string
  readonly kind: 'open' | 'border' | 'split' | 'merge' | 'close'
  readonly on: string
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly reason: string
}

export async function saveSuccession(tx: Tx, s: Succession): Promise<void> {
  await run(
    tx,
    sql`
      insert into places.succession (id, kind, happened_on, from_ids, to_ids, reason)
      values (${s.id}, ${s.kind}, ${s.on}, ${s.from}::uuid[], ${s.to}::uuid[], ${s.reason})
    `,
  )
}

export async function saveNormRow(tx: Tx, county: string, n: SizeNorm): Promise<void> {
  await run(
    tx,
    sql`
      insert into places.size_norm (
          county_code, kind, least_households, most_households, least_people, most_people, source
        )
      values
        (
          ${county}, ${n.kind}, ${n.leastHouseholds}, ${n.mostHouseholds}, ${n.leastPeople}, ${n.mostPeople},
          ${n.source}
        )
      on conflict (county_code, kind) do update
      set
        least_households = excluded.least_households, most_households = excluded.most_households,
        least_people = excluded.least_people, most_people = excluded.most_people, source = excluded.source
    `,
  )
}

/** Weights from a day on; those of the same day are replaced. */
export async function saveWeightRow(tx: Tx, county: string, w: LoadWeights): Promise<void> {
  await run(
    tx,
    sql`
      insert into places.load_weight (county_code, valid_from, person, rental, unit, dispute, km2, hill, water, source)
      values
        (
          ${county}, ${w.validFrom}, ${w.person}, ${w.rental}, ${w.unit}, ${w.dispute}, ${w.km2}, ${w.hill}, ${w.water},
          ${w.source}
        )
      on conflict (county_code, valid_from) do update
      set
        person = excluded.person, rental = excluded.rental, unit = excluded.unit, dispute = excluded.dispute,
        km2 = excluded.km2, hill = excluded.hill, water = excluded.water, source = excluded.source
    `,
  )
}

/** An official area as it is added. */
export type NewArea = Pick<Row<'places.place'>, 'id' | 'code' | 'name' | 'level' | 'parent_id' | 'county_code'>

export async function saveAreas(tx: Tx, areas: readonly NewArea[], on: string): Promise<void> {
  for (let i = 0; i < areas.length; i += 5000)
    await run(
      tx,
      sql`
        insert into places.place (id, code, name, level, parent_id, county_code, valid_from)
        select id, code, name, level, parent_id, county_code, ${on}::date
        from
          jsonb_to_recordset(${JSON.stringify(areas.slice(i, i + 5000))}::jsonb)
            as r (id uuid, code text, name text, level text, parent_id uuid, county_code char(6))
      `,
    )
}

export async function renameArea(tx: Tx, id: string, name: string): Promise<void> {
  await run(tx, sql`update places.place set name = ${name}, version = version + 1 where id = ${id}`)
}

/** The official areas in force: those with a code of twelve digits. */
export function listAreas(reading: Reading): Promise<Pick<Row<'places.place'>, 'id' | 'code' | 'name'>[]> {
  return rowsOf(
    reading,
    sql<Pick<Row<'places.place'>, 'id' | 'code' | 'name'>>`
      select id, code, name
      from places.place
      where valid_to is null and length(code) = 12
    `,
  )
}
