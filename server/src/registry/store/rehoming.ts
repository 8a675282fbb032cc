/** What follows a change of the net, in whole sets: what stands somewhere by its point, what is in it by where it stands. */
import { letUses } from '@fengge/domain/registry/group-rent'
import { rowsOf, run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { Place } from '../record-columns.ts'

export const kinds = ['estate', 'building', 'house', 'person', 'unit', 'facility'] as const
export type Kind = (typeof kinds)[number]

/** Holds the buildings of some grids, in the order in which everybody locks them. */
export async function lockBuildingsIn(tx: Tx, county: string, grids: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      select id
      from registry.building
      where county_code = ${county} and grid_id = any(${grids}::uuid[])
      order by id
      for update
    `,
  )
}

type Standing = Pick<Row<'registry.building'>, 'id' | 'name' | 'grid_id' | 'parent_id' | 'lng' | 'lat'>

/** Buildings of some grids, and those of some villages that lie in no grid yet. */
export function listBuildingsIn(
  reading: Reading,
  county: string,
  { grids, villages }: { readonly grids: readonly string[]; readonly villages: readonly string[] },
): Promise<Standing[]> {
  return rowsOf<Standing>(
    reading,
    sql`
      select
        b.id, concat_ws(' ', e.name, b.name || case when b.name ~ '^[0-9]+$' then '幢' else '' end) as name, b.grid_id, b.parent_id, b.lng,
        b.lat
      from registry.building b
        left join registry.estate e on e.county_code = b.county_code
        and e.id = b.parent_id
      where b.county_code = ${county}
        and b.state = 'live'
        and (
          b.grid_id = any(${grids}::uuid[])
          or (b.grid_id is null and b.lng is not null and b.village_id = any(${villages}::uuid[]))
        )
      order by 2, b.id
    `,
  )
}

export type Loose = Pick<Row<'registry.house'>, 'id' | 'name'> & { readonly grid_id: string }

/** Estates of some grids; and houses, firms and facilities that stand in no building or estate and in no house. */
export function listLoose(
  reading: Reading,
  county: string,
  { kind, grids }: { readonly kind: Exclude<Kind, 'building' | 'person'>; readonly grids: readonly string[] },
): Promise<Loose[]> {
  const isLoose =
    kind === 'estate'
      ? sql`true`
      : sql`
          not exists (
            select 1 from registry.building p where p.county_code = r.county_code and p.id = r.parent_id
          )
          and not exists (
            select 1 from registry.estate p where p.county_code = r.county_code and p.id = r.parent_id
          )
          and not exists (select 1 from registry.house p where p.county_code = r.county_code and p.id = r.parent_id)
        `
  return rowsOf<Loose>(
    reading,
    sql`
      select r.id, r.name, r.grid_id
      from ${sql.table(`registry.${kind}`)} r
      where r.county_code = ${county} and r.state = 'live' and r.grid_id = any(${grids}::uuid[]) and ${isLoose}
      order by r.name, r.id
    `,
  )
}

/** Where things that stand somewhere go; what follows them is found from there. */
export interface Sent {
  readonly id: string
  readonly to: string | null
}
export interface Counted {
  readonly thing: 'house' | 'person' | 'unit' | 'facility'
  readonly from: string | null
  readonly to: string | null
  readonly n: number
}

/** The home that says where somebody lives: his lead home, else the one he lives in longest of those he lives in. */
const homeOf = (person: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select l.house_id
  from registry.link l
  where l.county_code = ${person}.county_code and l.person_id = ${person}.id and l.to_on is null
    and (l.is_lead or l.role <> 'owner')
  order by l.is_lead desc, l.from_on, l.id
  limit 1
`

/** Houses that go where `stand` says, and who lives in them; those of no grid, where their building comes into one. */
const housesAndPeople = (county: string, grids: readonly string[]): RawBuilder<unknown> =>
  sql`
    house as materialized (
      select h.id, h.grid_id as from_id, s.to_id
      from registry.house h
        join stand s on s.id = coalesce(h.parent_id, h.id)
      where h.county_code = ${county} and h.state = 'live' and h.grid_id = any(${grids}::uuid[])
      union all
      select h.id, null, s.to_id
      from stand s
        join registry.house h on h.county_code = ${county}
        and h.parent_id = s.id
      where h.state = 'live' and h.grid_id is null
    ),
    home as materialized (
      select p.grid_id as from_id, l.house_id
      from registry.person p
        cross join lateral (${homeOf(sql`p`)}) l
      where p.county_code = ${county} and p.state = 'live' and p.grid_id = any(${grids}::uuid[])
    ),
    person as (
      select m.from_id, h.to_id
      from home m join house h on h.id = m.house_id
      union all
      select null, h.to_id
      from house h
        join registry.person p on p.county_code = ${county}
        and p.id in (
          select l.person_id from registry.link l where l.county_code = p.county_code and l.house_id = h.id
        )
        cross join lateral (${homeOf(sql`p`)}) l
      where p.state = 'live' and p.grid_id is null and l.house_id = h.id
    )
  `

/** How many houses, people, firms and facilities of some grids go where. @param sent buildings, estates and loose ones */
export function countFollowing(
  reading: Reading,
  county: string,
  { grids, sent }: { readonly grids: readonly string[]; readonly sent: readonly Sent[] },
): Promise<Counted[]> {
  return rowsOf<Counted>(
    reading,
    sql`
      with
        stand (id, to_id) as materialized (
          select *
          from unnest(${sent.map((s) => s.id)}::uuid[], ${sent.map((s) => s.to)}::uuid[])
        ),
        ${housesAndPeople(county, grids)}
      select 'house' as thing, from_id as "from", to_id as "to", count(*)::int as n from house group by 2, 3
      union all
      select 'person', from_id, to_id, count(*)::int from person group by 2, 3
      union all
      ${sql.join(
        (['unit', 'facility'] as const).map(
          (kind) => sql`
            select ${kind}, r.grid_id, coalesce(h.to_id, s.to_id), count(*)::int
            from ${sql.table(`registry.${kind}`)} r
              left join house h on h.id = r.parent_id
              left join stand s on s.id = coalesce(r.parent_id, r.id)
            where r.county_code = ${county} and r.state = 'live' and r.grid_id = any(${grids}::uuid[])
              and (h.id is not null or s.id is not null)
            group by 2, 3
          `,
        ),
        sql` union all `,
      )}
    `,
  )
}

/** How many people of some grids live in no house that is known, by grid. */
export function countHomeless(
  reading: Reading,
  county: string,
  grids: readonly string[],
): Promise<{ grid_id: string; n: number }[]> {
  return rowsOf<{ grid_id: string; n: number }>(
    reading,
    sql`
      select p.grid_id, count(*)::int as n
      from registry.person p
      where p.county_code = ${county}
        and p.state = 'live'
        and p.grid_id = any(${grids}::uuid[])
        and not exists (${homeOf(sql`p`)})
      group by 1
    `,
  )
}

export interface Move {
  readonly id: string
  readonly place: Place
}

/** Sends things of one kind to where they go. */
export async function sendTo(
  tx: Tx,
  county: string,
  { kind, moves }: { readonly kind: Kind; readonly moves: readonly Move[] },
): Promise<void> {
  if (moves.length === 0) return
  await run(
    tx,
    sql`
      update ${sql.table(`registry.${kind}`)} r
      set grid_id = m.grid_id, village_id = m.village_id, town_id = m.town_id, version = r.version + 1
      from unnest(
        ${moves.map((m) => m.id)}::uuid[], ${moves.map((m) => m.place.gridId)}::uuid[],
        ${moves.map((m) => m.place.villageId)}::uuid[], ${moves.map((m) => m.place.townId)}::uuid[]
      ) m (id, grid_id, village_id, town_id)
      where r.county_code = ${county} and r.id = m.id
    `,
  )
}

/** What lies in a building, an estate or a house that moved goes with it. @param which by `r`, and its parent `p` */
async function followParent(
  tx: Tx,
  county: string,
  { kind, parent, which }: { readonly kind: Kind; readonly parent: Kind; readonly which: RawBuilder<unknown> },
): Promise<void> {
  await run(
    tx,
    sql`
      update ${sql.table(`registry.${kind}`)} r
      set grid_id = p.grid_id, village_id = p.village_id, town_id = p.town_id, version = r.version + 1
      from ${sql.table(`registry.${parent}`)} p
      where r.county_code = ${county}
        and p.county_code = r.county_code
        and p.id = r.parent_id
        and p.grid_id is distinct from r.grid_id
        and ${which}
    `,
  )
}

export const followParents = (
  tx: Tx,
  county: string,
  { grids, ...kinds }: { readonly kind: Kind; readonly parent: Kind; readonly grids: readonly string[] },
): Promise<void> => followParent(tx, county, { ...kinds, which: sql`r.grid_id = any(${grids}::uuid[])` })

/** What is in buildings that lay in no grid, and lies in none itself, goes with them into theirs. */
export async function followTaken(tx: Tx, county: string, buildings: readonly string[]): Promise<void> {
  if (buildings.length === 0) return
  const ofBuilding = sql`r.grid_id is null and p.id = any(${buildings}::uuid[])`
  const ofHouse = sql`r.grid_id is null and p.parent_id = any(${buildings}::uuid[])`
  for (const kind of ['house', 'unit', 'facility'] as const)
    await followParent(tx, county, { kind, parent: 'building', which: ofBuilding })
  for (const kind of ['unit', 'facility'] as const)
    await followParent(tx, county, { kind, parent: 'house', which: ofHouse })
  await followHome(
    tx,
    county,
    sql`
      p.grid_id is null
      and p.id in (
        select k.person_id
        from registry.house t join registry.link k on k.county_code = t.county_code and k.house_id = t.id
        where t.county_code = ${county} and t.parent_id = any(${buildings}::uuid[])
      )
    `,
  )
}

/** The grid of the home answers for a person. */
export const followHomes = (tx: Tx, county: string, grids: readonly string[]): Promise<void> =>
  followHome(tx, county, sql`p.grid_id = any(${grids}::uuid[])`)

/** The same for one who is back, over whose home the border may have moved while he had none. */
export const followHomeOf = (tx: Tx, county: string, personId: string): Promise<void> =>
  followHome(tx, county, sql`p.id = ${personId} and p.state = 'live'`)

async function followHome(tx: Tx, county: string, which: RawBuilder<unknown>): Promise<void> {
  await run(
    tx,
    sql`
      update registry.person r
      set grid_id = h.grid_id, village_id = h.village_id, town_id = h.town_id, version = r.version + 1
      from
        (
          select p.id, h.grid_id, h.village_id, h.town_id
          from registry.person p
            cross join lateral (${homeOf(sql`p`)}) l
            join registry.house h on h.county_code = p.county_code and h.id = l.house_id
          where p.county_code = ${county} and ${which} and h.grid_id is distinct from p.grid_id
        ) h
      where r.county_code = ${county} and r.id = h.id
    `,
  )
}

/** Everything that is left in a grid goes to one place. */
export async function moveAllIn(tx: Tx, county: string, gridId: string, place: Place): Promise<void> {
  for (const kind of kinds)
    await run(
      tx,
      sql`
        update ${sql.table(`registry.${kind}`)}
        set grid_id = ${place.gridId}, village_id = ${place.villageId}, town_id = ${place.townId}, version = version + 1
        where county_code = ${county} and grid_id = ${gridId}
      `,
    )
}

/** How many people of some grids live on which point; null where their home has none, or is not known. */
export function listPeopled(
  reading: Reading,
  county: string,
  grids: readonly string[],
): Promise<{ grid_id: string; lng: number | null; lat: number | null; n: number }[]> {
  return rowsOf<{ grid_id: string; lng: number | null; lat: number | null; n: number }>(
    reading,
    sql`
      select p.grid_id, b.lng, b.lat, count(*)::int as n
      from registry.person p
        left join lateral (${homeOf(sql`p`)}) l on true
        left join registry.house h on h.county_code = p.county_code
        and h.id = l.house_id
        left join registry.building b on b.county_code = h.county_code
        and b.id = h.parent_id
      where p.county_code = ${county} and p.state = 'live' and p.grid_id = any(${grids}::uuid[])
      group by 1, 2, 3
    `,
  )
}

/** People, rented houses and firms of some grids, out of the tallies. */
export function listFigures(
  reading: Reading,
  county: string,
  grids: readonly string[],
): Promise<{ grid_id: string; person: number; rental: number; unit: number }[]> {
  return rowsOf<{ grid_id: string; person: number; rental: number; unit: number }>(
    reading,
    sql`
      select
        place_id as grid_id, coalesce(sum(n) filter (where kind = 'person'), 0)::int as person,
        coalesce(sum(n) filter (where kind = 'house' and sort = any(${letUses}::text[])), 0)::int as rental,
        coalesce(sum(n) filter (where kind = 'unit'), 0)::int as unit
      from registry.tally
      where county_code = ${county} and place_id = any(${grids}::uuid[])
      group by 1
    `,
  )
}

export type InMicro = Pick<Row<'registry.house'>, 'id' | 'micro_id' | 'grid_id' | 'state'> &
  Pick<Standing, 'lng' | 'lat'>

/** Houses of some micro-grids and those that stand in some grids, and where their buildings stand. */
export function listHousesNear(
  reading: Reading,
  county: string,
  { micros, grids }: { readonly micros: readonly string[]; readonly grids: readonly string[] },
): Promise<InMicro[]> {
  return rowsOf<InMicro>(
    reading,
    sql`
      select h.id, h.micro_id, h.grid_id, h.state, b.lng, b.lat
      from registry.house h
        left join registry.building b on b.county_code = h.county_code
        and b.id = h.parent_id
      where h.county_code = ${county}
        and (h.micro_id = any(${micros}::uuid[]) or h.grid_id = any(${grids}::uuid[]) and b.lng is not null)
    `,
  )
}

export async function saveMicros(
  tx: Tx,
  county: string,
  houses: readonly Pick<InMicro, 'id' | 'micro_id'>[],
): Promise<void> {
  if (houses.length === 0) return
  await run(
    tx,
    sql`
      update registry.house r
      set micro_id = m.micro_id, version = r.version + 1
      from unnest(${houses.map((h) => h.id)}::uuid[], ${houses.map((h) => h.micro_id)}::uuid[]) m (id, micro_id)
      where r.county_code = ${county} and r.id = m.id
    `,
  )
}
