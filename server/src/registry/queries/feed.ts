/**
 * What a phone holds of the registry: houses, people, units and facilities of one's own grids or micro-grids. The
 * fragments are parts of one statement (server/src/sync/queries/changes.ts), so that all rows are of one snapshot;
 * what a phone may see of each is decided in held-rows.ts.
 */
import { z } from 'zod'
import { Id } from '@fengge/domain/kernel/id'
import { dayLength } from '@fengge/domain/kernel/time'
import { LinkRole, recordKinds, Value } from '@fengge/domain/registry/terms'
import { row } from '@fengge/domain/kernel/row'
import { isFresh, isNews, jsonRow, jsonRows, type Columns, type Part, type Since } from '../../kernel/db/feed.ts'
import { sql, type RawBuilder } from '../../kernel/db/sql.ts'

/** Whose rows, and since when. With `dueDays` only what the page of today needs. */
export interface RegistryScope extends Since {
  readonly county: string
  readonly grids: readonly string[]
  readonly micros: readonly string[]
  readonly dueDays: number | null
  readonly now: number
}

const kept = {
  id: Id,
  version: z.int(),
  state: z.enum(['live', 'merged', 'gone']),
  name: z.string(),
  body: z.record(z.string(), Value),
}
const sealed = z.record(z.string(), z.string())
const Instant = z.string().nullable()
const placed = { ...kept, parentId: Id.nullable(), sort: z.string(), dueAt: Instant, gridId: Id.nullable() }
/** Rows as they lie in the books. */
export const fed = {
  estate: row('estate', kept),
  building: row('building', {
    ...kept,
    parentId: Id.nullable(),
    lng: z.number().nullable(),
    lat: z.number().nullable(),
  }),
  house: row('house', { ...placed, gridId: Id, askedAt: Instant, isNew: z.boolean() }),
  person: row('person', {
    ...placed,
    sealed,
    villageId: Id.nullable(),
    townId: Id.nullable(),
    hasIdNo: z.boolean(),
  }),
  unit: row('unit', { ...placed, sealed }),
  facility: row('facility', placed),
  link: row('link', {
    id: Id,
    personId: Id,
    houseId: Id,
    role: LinkRole,
    isLead: z.boolean(),
    fromOn: z.string(),
    toOn: z.string().nullable(),
  }),
  departure: row('departure', { kind: z.enum(recordKinds), recordId: Id, why: z.literal('moved') }),
}

const keptColumns = (a: string) => ({
  id: `${a}.id`,
  version: `${a}.version`,
  state: `${a}.state`,
  name: `${a}.name`,
  body: `${a}.body`,
})
const placedColumns = (a: string) => ({
  ...keptColumns(a),
  parentId: `${a}.parent_id`,
  sort: `${a}.sort`,
  dueAt: `${a}.due_at`,
  gridId: `${a}.grid_id`,
})
const houseColumns: Columns<(typeof fed.house.columns)[number]> = {
  ...placedColumns('h'),
  askedAt: 'h.last_asked_at',
  isNew: 'h.confirmed_at is null',
}

/** The conditions that every part is made of. */
function conditionsOf(s: RegistryScope) {
  const mine = (a: string): Part => sql`
    ${sql.ref(`${a}.county_code`)} = ${s.county}
    and ${sql.ref(`${a}.grid_id`)} = any(${s.grids}::uuid[])
  `
  const hasMicros = s.micros.length > 0
  return {
    mine,
    hasMicros,
    myHouse: hasMicros
      ? sql`h.county_code = ${s.county} and (h.grid_id = any(${s.grids}::uuid[]) or h.micro_id = any(${s.micros}::uuid[]))`
      : mine('h'),
    /** Buildings that houses of one's micro-grids stand in. */
    microBuildings: sql`
      select m.parent_id
      from registry.house m
      where m.county_code = ${s.county} and m.micro_id = any(${s.micros}::uuid[])
    `,
    /** And those in which a house has come into one of them. */
    freshInMicro: sql`
      select m.parent_id
      from registry.house m
      where m.county_code = ${s.county} and m.micro_id = any(${s.micros}::uuid[]) and ${isFresh(s, 'm')}
    `,
    /** A first pull wants the living alone; later ones tell what died. */
    isLive: (a: string): Part => (s.isFirst ? sql`and ${sql.ref(`${a}.state`)} = 'live'` : sql``),
  }
}
type Conditions = ReturnType<typeof conditionsOf>

/** Named sub-selects; the names are those of `fed`. */
export function registryFeed(s: RegistryScope): Readonly<Record<string, Part>> {
  const c = conditionsOf(s)
  const places = { estate: estates(s, c), building: buildings(s, c) }
  if (s.dueDays !== null) return { ...places, house: housesDueSoon(s, c, s.dueDays) }
  return {
    ...places,
    house: jsonRows(
      fed.house,
      houseColumns,
      sql`registry.house h where ${c.myHouse} and ${isFresh(s, 'h')} ${c.isLive('h')}`,
    ),
    person: persons(s, c),
    link: links(s, c),
    unit: jsonRows(
      fed.unit,
      { ...placedColumns('r'), sealed: 'r.sealed' },
      sql`registry.unit r where ${c.mine('r')} and ${isFresh(s, 'r')} ${c.isLive('r')}`,
    ),
    facility: jsonRows(
      fed.facility,
      placedColumns('r'),
      sql`registry.facility r where ${c.mine('r')} and ${isFresh(s, 'r')} ${c.isLive('r')}`,
    ),
    departure: s.isFirst
      ? sql`null::json`
      : jsonRows(
          fed.departure,
          { kind: 'r.kind', recordId: 'r.record_id', why: 'r.why' },
          sql`
            registry.departure r
            where r.county_code = ${s.county}
              and r.grid_id = any(${[...s.grids, ...s.micros]}::uuid[])
              and ${isFresh(s, 'r')}
          `,
        ),
  }
}

function estates(s: RegistryScope, c: Conditions): Part {
  return jsonRows(
    fed.estate,
    keptColumns('r'),
    sql`
      registry.estate r
      where r.county_code = ${s.county}
        and ${c.hasMicros ? sql`(${isFresh(s, 'r')} or r.id in (select b.parent_id from registry.building b where b.county_code = ${s.county} and b.id in (${c.freshInMicro})))` : isFresh(s, 'r')}
        ${c.isLive('r')}
        and r.id in (
          select b.parent_id
          from registry.building b
          where b.county_code = ${s.county}
            and (b.grid_id = any(${s.grids}::uuid[]) ${c.hasMicros ? sql`or b.id in (${c.microBuildings})` : sql``})
        )
    `,
  )
}

function buildings(s: RegistryScope, c: Conditions): Part {
  const inScope = c.hasMicros
    ? sql`(${c.mine('r')} or r.county_code = ${s.county} and r.id in (${c.microBuildings}))`
    : c.mine('r')
  return jsonRows(
    fed.building,
    { ...keptColumns('r'), parentId: 'r.parent_id', lng: 'r.lng', lat: 'r.lat' },
    sql`registry.building r where ${inScope} and ${c.hasMicros ? sql`(${isFresh(s, 'r')} or r.id in (${c.freshInMicro}))` : isFresh(s, 'r')} ${c.isLive('r')}`,
  )
}

function housesDueSoon(s: RegistryScope, c: Conditions, days: number): Part {
  return sql`
    (
      select json_agg(x.j)
      from (
          select ${jsonRow(fed.house, houseColumns)} as j
          from registry.house h
          where ${c.myHouse} and h.state = 'live' and h.due_at <= ${new Date(s.now + days * dayLength)}
          order by h.due_at
          limit 40
        ) x
    )
  `
}

/** Those registered in the grid, and those who live in its houses; who only owns one is not among them. */
function persons(s: RegistryScope, c: Conditions): Part {
  const ofMicros = sql`
    union
    select l.person_id
    from registry.house h
      join registry.link l on l.county_code = h.county_code
      and l.house_id = h.id
      and l.to_on is null
      and l.role <> 'owner'
      join registry.person p on p.county_code = l.county_code
      and p.id = l.person_id
    where h.county_code = ${s.county} and h.micro_id = any(${s.micros}::uuid[])
      and (${isFresh(s, 'p')} or ${isFresh(s, 'h')})
  `
  const source: RawBuilder<unknown> = sql`
    registry.person r
    where r.county_code = ${s.county} ${c.isLive('r')}
      and r.id in (
        select p.id
        from registry.person p
        where ${c.mine('p')} and ${isFresh(s, 'p')}
        union
        select l.person_id
        from registry.link l join registry.house h on h.county_code = l.county_code and h.id = l.house_id
        where l.county_code = ${s.county}
          and l.to_on is null
          and l.role <> 'owner'
          and ${isFresh(s, 'l')}
          and ${c.myHouse} ${c.hasMicros ? ofMicros : sql``}
      )
  `
  return jsonRows(
    fed.person,
    {
      ...placedColumns('r'),
      sealed: 'r.sealed',
      villageId: 'r.village_id',
      townId: 'r.town_id',
      hasIdNo: 'r.id_index is not null',
    },
    source,
  )
}

function links(s: RegistryScope, c: Conditions): Part {
  return jsonRows(
    fed.link,
    {
      id: 'l.id',
      personId: 'l.person_id',
      houseId: 'l.house_id',
      role: 'l.role',
      isLead: 'l.is_lead',
      fromOn: 'l.from_on',
      toOn: 'l.to_on',
    },
    sql`
      registry.link l
      join registry.house h on h.county_code = l.county_code
      and h.id = l.house_id
      where l.county_code = ${s.county}
        and ${c.hasMicros ? sql`(${isFresh(s, 'l')} or ${isFresh(s, 'h')})` : isFresh(s, 'l')} ${s.isFirst ? sql`and l.to_on is null` : sql``}
        and l.role <> 'owner'
        and ${c.myHouse}
    `,
  )
}

/**
 * Whether anything that `registryFeed` sends was written since phone `a` was told last. Who is registered elsewhere and
 * lives in a micro-grid is not looked for: he comes with the next full pull.
 */
export const registryNews = (): Part => sql`
  exists (select 1 from registry.house r where ${inGrids('r')} and ${isNews('r')})
  or exists (select 1 from registry.person r where ${inGrids('r')} and ${isNews('r')})
  or exists (select 1 from registry.building r where ${inGrids('r')} and ${isNews('r')})
  or exists (select 1 from registry.unit r where ${inGrids('r')} and ${isNews('r')})
  or exists (select 1 from registry.facility r where ${inGrids('r')} and ${isNews('r')})
  or exists (select 1 from registry.departure r where ${inGrids('r')} and ${isNews('r')})
  or exists (select 1 from registry.estate r where r.county_code = a.county and ${isNews('r')})
  or exists (
    select 1
    from (
        -- The links first: there are few, whatever the planner thinks.
        select l.county_code, l.house_id
        from registry.link l
        where l.county_code = a.county and ${isNews('l')}
        offset 0
      ) l
      join registry.house h on h.county_code = l.county_code
      and h.id = l.house_id
    where h.grid_id = any(a.grids)
  )
`
const inGrids = (alias: string): Part => sql`
  ${sql.ref(`${alias}.county_code`)} = a.county
  and ${sql.ref(`${alias}.grid_id`)} = any(a.grids)
`
