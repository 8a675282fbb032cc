/**
 * What a phone holds of the registry: houses, people, units and facilities of one's own grids or micro-grids, as
 * short rows. Core fields never leave here; important ones leave masked, and only for whoever may see them so.
 * The fragments are parts of one statement (server/src/sync/pull.ts), so that all rows are of one snapshot.
 */
import { dayLength } from '@fengge/domain/kernel/time'
import type { FieldSpec } from '@fengge/domain/registry/fields'
import { seen, type Seen } from '@fengge/domain/registry/sight'
import { recordKinds, type RecordKind, type Value } from '@fengge/domain/registry/terms'
import type { Caller } from '../kernel/context.ts'
import { sql, type RawBuilder } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'
import type { Sealer } from '../kernel/seal.ts'
import { fieldBook, type FieldBook } from './field-book.ts'
import { dutiesOver } from './sight.ts'

/** Whose rows, and since when: `xmin` and `snapshot` of the cursor, '0' and '1:1:' for everything. */
export interface FeedScope {
  readonly county: string
  readonly grids: readonly string[]
  readonly micros: readonly string[]
  readonly xmin: string
  readonly snapshot: string
  readonly isFirst: boolean
  readonly duedays: number | null
  readonly now: number
}

export const isFresh = (s: Pick<FeedScope, 'xmin' | 'snapshot'>, alias: string): RawBuilder<unknown> =>
  sql`
    ${sql.ref(`${alias}.wrote_in`)} >= ${s.xmin}::xid8
    and not pg_visible_in_snapshot(${sql.ref(`${alias}.wrote_in`)}, ${s.snapshot}::pg_snapshot)
  `

const isLive = (s: FeedScope, alias: string) => (s.isFirst ? sql`and ${sql.ref(`${alias}.state`)} = 'live'` : sql``)

/** Named sub-selects of JSON arrays. With `duedays` only what the page of today needs. */
export function registryFeed(s: FeedScope): Record<string, RawBuilder<unknown>> {
  const mine = (alias: string) =>
    sql`
      ${sql.ref(`${alias}.county_code`)} = ${s.county}
      and ${sql.ref(`${alias}.grid_id`)} = any(${s.grids}::uuid[])
    `
  const myHouse =
    s.micros.length === 0
      ? mine('h')
      : sql`
        h.county_code = ${s.county}
        and (h.grid_id = any(${s.grids}::uuid[]) or h.micro_id = any(${s.micros}::uuid[]))
      `
  const dueSoon = s.duedays === null ? sql`` : sql`and h.due_at <= ${new Date(s.now + s.duedays * dayLength)}`
  // A micro-grid's buildings are those its houses stand in.
  const buildingScope =
    s.micros.length === 0
      ? mine('r')
      : sql`
        (
          ${mine('r')}
          or r.county_code = ${s.county}
          and r.id in (
            select m.parent_id
            from registry.house m
            where m.county_code = ${s.county} and m.micro_id = any(${s.micros}::uuid[])
          )
        )
      `
  const list = (columns: string, from: RawBuilder<unknown>) =>
    sql`(select json_agg(json_build_array(${sql.raw(columns)})) from ${from})`
  const places = {
    estate: list(
      'r.id, r.version, r.state, r.name, r.body',
      sql`
          registry.estate r
          where r.county_code = ${s.county}
            and ${isFresh(s, 'r')} ${isLive(s, 'r')}
            and r.id in (
              select b.parent_id
              from registry.building b
              where b.county_code = ${s.county}
                and (b.grid_id = any(${s.grids}::uuid[]) ${
                  s.micros.length === 0
                    ? sql``
                    : sql`
                      or b.id in (
                        select m.parent_id
                        from registry.house m
                        where m.county_code = ${s.county} and m.micro_id = any(${s.micros}::uuid[])
                      )
                    `
                })
            )
      `,
    ),
    building: list(
      'r.id, r.version, r.state, r.parent_id, r.name, r.lng, r.lat, r.body',
      sql`registry.building r where ${buildingScope} and ${isFresh(s, 'r')} ${isLive(s, 'r')}`,
    ),
  }
  const houses = list(
    'h.id, h.version, h.state, h.parent_id, h.name, h.sort, h.body, h.due_at, h.last_asked_at, h.grid_id, h.confirmed_at is null',
    sql`registry.house h where ${myHouse} and ${isFresh(s, 'h')} ${isLive(s, 'h')} ${dueSoon}`,
  )
  if (s.duedays !== null)
    return {
      ...places,
      house: sql`
        (
          select json_agg(x.j)
          from (
              select
                json_build_array(
                  h.id, h.version, h.state, h.parent_id, h.name, h.sort, h.body, h.due_at, h.last_asked_at, h.grid_id,
                  h.confirmed_at is null
                ) as j
              from registry.house h
              where ${myHouse} and h.state = 'live' ${dueSoon}
              order by h.due_at
              limit 40
            ) x
        )
      `,
    }
  const persons = sql`
    registry.person r
    where r.county_code = ${s.county} ${isLive(s, 'r')}
      and r.id in (
        select p.id
        from registry.person p
        where ${mine('p')} and ${isFresh(s, 'p')}
        union
        select l.person_id
        from registry.link l join registry.house h on h.county_code = l.county_code and h.id = l.house_id
        where l.county_code = ${s.county}
          and l.to_on is null
          and l.role <> 'owner'
          and ${isFresh(s, 'l')}
          and ${myHouse} ${
            s.micros.length === 0
              ? sql``
              : sql`
                union
                select l.person_id
                from registry.house h
                  join registry.link l on l.county_code = h.county_code
                  and l.house_id = h.id
                  and l.to_on is null
                  and l.role <> 'owner'
                  join registry.person p on p.county_code = l.county_code
                  and p.id = l.person_id
                where h.county_code = ${s.county} and h.micro_id = any(${s.micros}::uuid[]) and ${isFresh(s, 'p')}
              `
          }
      )
  `
  return {
    ...places,
    house: houses,
    person: list(
      'r.id, r.version, r.state, r.name, r.sort, r.body, r.sealed, r.due_at, r.grid_id, r.village_id, r.town_id, r.id_index is not null',
      persons,
    ),
    link: list(
      'l.id, l.person_id, l.house_id, l.role, l.is_lead, l.from_on, l.to_on',
      sql`
        registry.link l
        join registry.house h on h.county_code = l.county_code
        and h.id = l.house_id
        where l.county_code = ${s.county}
          and ${isFresh(s, 'l')} ${s.isFirst ? sql`and l.to_on is null` : sql``}
          and l.role <> 'owner'
          and ${myHouse}
      `,
    ),
    unit: list(
      'r.id, r.version, r.state, r.parent_id, r.name, r.sort, r.body, r.due_at, r.grid_id, r.sealed',
      sql`registry.unit r where ${mine('r')} and ${isFresh(s, 'r')} ${isLive(s, 'r')}`,
    ),
    facility: list(
      'r.id, r.version, r.state, r.parent_id, r.name, r.sort, r.body, r.due_at, r.grid_id',
      sql`registry.facility r where ${mine('r')} and ${isFresh(s, 'r')} ${isLive(s, 'r')}`,
    ),
    departure: s.isFirst
      ? sql`null::json`
      : list('r.kind, r.record_id, r.why', sql`registry.departure r where ${mine('r')} and ${isFresh(s, 'r')}`),
  }
}

/** A row as PostgreSQL builds it; its columns stand in the list beside it. */
type Raw = readonly any[]
type Body = Record<string, Value>
export type Wire = readonly unknown[]
/** Days since 1970 in China Standard Time, or null. */
const dayNumber = (at: string | null) => (at === null ? null : Math.floor((Date.parse(at) + 8 * 3_600_000) / dayLength))
const without = (body: Body, ...codes: string[]): Body =>
  Object.fromEntries(Object.entries(body).filter(([k]) => !codes.includes(k)))

/** Raw rows of `registryFeed` as a phone gets them; what is no longer live is told as gone. */
export async function viewHoldings(
  tx: Reading,
  caller: Caller,
  sealer: Sealer,
  raw: Record<string, Raw[] | null>,
): Promise<{ rows: Record<string, Wire[]>; gone: [string, string, string][]; people: number }> {
  const book = await fieldBook(tx, caller.countyCode)
  const rows: Record<string, Wire[]> = {}
  const gone: [string, string, string][] = []
  const each = (kind: string, turn: (r: Raw) => Wire) => {
    rows[kind] = (raw[kind] ?? []).flatMap((r) => {
      if (kind !== 'link' && r[2] !== 'live') {
        gone.push([kind, r[0], r[2]])
        return []
      }
      return [turn(r)]
    })
  }
  each('estate', ([id, version, , name, body]) => [id, version, name, (body as Body)['hasProperty'] ?? null])
  each('building', ([id, version, , parent, name, lng, lat, body]) => [
    id,
    version,
    parent,
    name,
    lng,
    lat,
    (body as Body)['floors'] ?? null,
  ])
  each('house', ([id, version, , parent, name, sort, body, due, asked, grid, isNew]) => [
    id,
    version,
    parent,
    name,
    sort,
    visible(
      book,
      'house',
      without(body, 'roomNo', 'use'),
      {},
      caller,
      { grid_id: grid, village_id: null, town_id: null },
      sealer,
    ).values,
    dayNumber(due),
    dayNumber(asked),
    grid,
    isNew,
  ])
  each('person', ([id, version, , name, sort, body, sealed, due, grid, village, town, hasId]) => {
    const seen = visible(
      book,
      'person',
      without(body, 'name', 'kind'),
      sealed,
      caller,
      { grid_id: grid, village_id: village, town_id: town },
      sealer,
    )
    return [
      id,
      version,
      name,
      sort,
      seen.values,
      dayNumber(due),
      grid,
      seen.gaps.filter((g) => !(g === 'idNo' && hasId) && g !== 'name' && g !== 'kind'),
    ]
  })
  each('unit', ([id, version, , parent, name, sort, body, due, grid, sealed]) => [
    id,
    version,
    parent,
    name,
    sort,
    visible(
      book,
      'unit',
      without(body, 'name', 'kind'),
      sealed,
      caller,
      { grid_id: grid, village_id: null, town_id: null },
      sealer,
    ).values,
    dayNumber(due),
    grid,
  ])
  each('facility', ([id, version, , parent, name, sort, body, due, grid]) => [
    id,
    version,
    parent,
    name,
    sort,
    without(body, 'name', 'kind'),
    dayNumber(due),
    grid,
  ])
  rows['link'] = (raw['link'] ?? []).flatMap(([id, person, house, role, isLead, from, to]) => {
    if (to !== null) {
      gone.push(['link', id, 'ended'])
      return []
    }
    return [[id, person, house, role, isLead, from]]
  })
  for (const [kind, id, why] of raw['departure'] ?? []) gone.push([kind, id, why])
  return { rows, gone, people: rows['person']!.length }
}

/** The fields a phone may hold of a record, as its holder sees them there, and which of those asked are missing. */
function visible(
  book: FieldBook,
  kind: RecordKind,
  body: Body,
  sealed: Record<string, string>,
  caller: Caller,
  at: { grid_id: string | null; village_id: string | null; town_id: string | null },
  sealer: Sealer,
): Seen {
  return seen({ specs: book.fields(kind), body, sealed, open: sealer.open }, dutiesOver(caller, at).duties, 'phone')
}

/** Questions and choices for the forms of a phone. */
export async function registryConfig(tx: Reading, county: string): Promise<Record<string, unknown>[]> {
  const book = await fieldBook(tx, county)
  const brief = (kind: RecordKind, f: FieldSpec) => ({
    kind,
    code: f.code,
    name: f.name,
    nameEn: f.nameEn,
    type: f.type,
    isAsked: f.isAsked,
    isRequired: f.isRequired,
    purpose: f.purpose,
    choices: f.choices,
    tier: f.tier,
  })
  return recordKinds.flatMap((kind) =>
    book
      .fields(kind)
      .filter((f) => f.isOn)
      .map((f) => brief(kind, f)),
  )
}
