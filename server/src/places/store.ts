/** Loads, locks and saves places and their borders. */
import type { Geometry } from '@fengge/domain/places/terms'
import type { Ctx } from '../kernel/context.ts'
import { rowOf, rowsOf, sql, rowsWritten, run } from '../kernel/db/sql.ts'
import type { Tx, Reading } from '../kernel/db/tx.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { areaOf } from './geometry.ts'

export interface PlaceRow {
  id: string
  code: string
  name: string
  level: string
  parent_id: string | null
  county_code: string | null
  kind: string | null
  dedicated_kind: string | null
  households: number | null
  people: number | null
  norm_reason: string | null
  valid_from: string
  valid_to: string | null
  version: number
  geometry: Geometry | null
  tier: string
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
export async function findPlace(tx: Reading, id: string): Promise<PlaceRow | undefined> {
  return rowOf<PlaceRow>(tx, sql`select ${columns} ${joined} where p.id = ${id}`)
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
          valid_from
        )
      values
        (
          ${place.id}, ${place.code}, ${place.name}, ${place.level}, ${place.parent_id}, ${place.county_code},
          ${place.kind}, ${place.dedicated_kind}, ${place.households}, ${place.people}, ${place.norm_reason},
          ${place.valid_from}
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
  },
): Promise<void> {
  await run(
    tx,
    sql`
      update places.place
      set
        name = ${g.name}, kind = ${g.kind}, dedicated_kind = ${g.dedicatedKind}, households = ${g.households},
        people = ${g.people}, norm_reason = ${g.normReason}, version = version + 1
      where id = ${id}
    `,
  )
}
export async function saveSuccession(
  ctx: Ctx,
  kind: string,
  on: string,
  from: readonly string[],
  to: readonly string[],
  reason: string,
): Promise<void> {
  await run(
    ctx.tx,
    sql`
      insert into places.succession (id, kind, happened_on, from_ids, to_ids, reason)
      values (${freshId(ctx.now)}, ${kind}, ${on}, ${from}::uuid[], ${to}::uuid[], ${reason})
    `,
  )
}
export async function saveNormRow(
  tx: Tx,
  county: string,
  n: {
    kind: string
    leastHouseholds: number | null
    mostHouseholds: number | null
    leastPeople: number | null
    mostPeople: number | null
    source: string
  },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into places.size_norm
      values
        (${county}, ${n.kind}, ${n.leastHouseholds}, ${n.mostHouseholds}, ${n.leastPeople}, ${n.mostPeople}, ${n.source})
      on conflict (county_code, kind) do update
      set
        least_households = excluded.least_households, most_households = excluded.most_households,
        least_people = excluded.least_people, most_people = excluded.most_people, source = excluded.source
    `,
  )
}
export async function saveFeature(
  tx: Tx,
  county: string,
  f: { id: string; layer: string; owner: string; name: string; geometry: unknown },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into places.feature (id, county_code, layer, owner, name, geometry)
      values (${f.id}, ${county}, ${f.layer}, ${f.owner}, ${f.name}, ${JSON.stringify(f.geometry)}::jsonb)
      on conflict (id) do update
      set name = excluded.name, geometry = excluded.geometry, owner = excluded.owner
    `,
  )
}
