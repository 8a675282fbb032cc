/** Several homes, homes without a lead grid, people who are registered here and verified nowhere, crowded houses (R4). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listGaps as promise } from '@fengge/domain/registry/link-contract'
import { groupRentLimits, letUses } from '@fengge/domain/registry/group-rent'
import { gaps, type Gap } from '@fengge/domain/registry/terms'
import type { Asking } from '../../kernel/context.ts'
import { pageOf, readCursor } from '../../kernel/cursor.ts'
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { placeTree } from '../../places/door.ts'
import { gridsWithMicros } from '../homes/follow-micros.ts'
import { findRecords } from '../store/records.ts'
import { within } from '../store/within.ts'
import { briefsOf } from './briefs.ts'
import { findHeadless, householdGaps } from './headless.ts'

const pageSize = 50
type Reply = ReplyOf<typeof promise>
const houseGaps = ['groupRent', 'heads', 'headless', 'minors', 'unplaced'] as const
type HouseGap = (typeof houseGaps)[number]
type PeopleGap = Exclude<Gap, HouseGap>
const isOfHouses = (gap: Gap): gap is HouseGap => (houseGaps as readonly Gap[]).includes(gap)
/** Where each list ends, and how many it has. */
interface Found {
  readonly gap: Gap
  readonly id: string
  readonly dueAt: Date | null
  readonly people: number
  readonly total: number
}

export async function listGaps(ctx: Asking, ask: AskOf<typeof promise>): Promise<Reply> {
  const scope = within(ctx, 'registry.read', ask.placeId)
  const ofPeople = ask.gap !== undefined && isOfHouses(ask.gap) ? [] : await findGaps(ctx, scope, ask)
  const crowded = ask.gap === undefined || ask.gap === 'groupRent' ? await findCrowded(ctx, scope, ask) : []
  const headed = ask.gap === undefined || ask.gap === 'heads' ? await findHeaded(ctx, scope, ask) : []
  const households = await findHouseholds(ctx, scope, ask)
  const unplaced = ask.gap === undefined || ask.gap === 'unplaced' ? await findUnplaced(ctx, scope, ask) : []
  const marks = (f: Found) => (isOfHouses(f.gap) ? [f.people, f.id] : [f.dueAt, f.id])
  const lists = Map.groupBy([...ofPeople, ...crowded, ...headed, ...households, ...unplaced], (f) => f.gap)
  const pages = new Map(gaps.map((gap) => [gap, pageOf(lists.get(gap) ?? [], pageSize, marks)]))
  const each = <V>(of: (gap: Gap) => V): Record<Gap, V> => ({
    several: of('several'),
    nowhere: of('nowhere'),
    noLead: of('noLead'),
    groupRent: of('groupRent'),
    heads: of('heads'),
    headless: of('headless'),
    minors: of('minors'),
    unplaced: of('unplaced'),
  })
  const ids = (gap: Gap) => pages.get(gap)!.page.map((f) => f.id)
  const briefs = await readBriefs(ctx, [...ids('several'), ...ids('nowhere'), ...ids('noLead')], houseGaps.flatMap(ids))
  const people = [...briefs.values()].filter((b) => b.kind === 'person').length
  if (people > 0) ctx.look('registry.gaps-looked', ask.placeId ?? ctx.caller.countyCode, { people })
  return {
    ...each((gap) => ids(gap).flatMap((id) => briefs.get(id) ?? [])),
    totals: each((gap) => lists.get(gap)?.[0]?.total ?? 0),
    next: each((gap) => pages.get(gap)!.next),
  }
}

/** Only who is listed is read whole. */
async function readBriefs(ctx: Asking, persons: readonly string[], houses: readonly string[]) {
  const county = ctx.caller.countyCode
  const found = await Promise.all([
    briefsOf(ctx, 'person', await findRecords(ctx.tx, 'person', county, [...new Set(persons)])),
    briefsOf(ctx, 'house', await findRecords(ctx.tx, 'house', county, [...new Set(houses)])),
  ])
  return new Map(found.flat().map((brief) => [brief.id, brief]))
}

/** Each list longest due first, homes counted once for everybody in reach. What somebody owns without living there is no home of his. */
function findGaps(ctx: Asking, scope: RawBuilder<unknown>, ask: AskOf<typeof promise>): Promise<Found[]> {
  const after = ask.gap === undefined || ask.after === undefined ? sql`` : sql`where ${afterDue(ask.after)}`
  const listed = (gap: PeopleGap, where: RawBuilder<unknown>) => sql`
    (
      select ${gap} as gap, x.id, x.due_at as "dueAt", 0 as people, x.total
      from (
          select id, due_at, count(*) over ()::int as total
          from astray
          where ${where} and (${ask.gap ?? null}::text is null or ${ask.gap ?? null}::text = ${gap})
        ) x
      ${after}
      order by x.due_at, x.id
      limit ${pageSize + 1}
    )
  `
  return rowsOf<Found>(
    ctx.tx,
    sql`
      with astray as (
        select
          r.id,
          r.due_at,
          count(l.id) filter (where l.role <> 'owner') as homes,
          coalesce(bool_or(l.is_lead), false) as has_lead
        from registry.person r
        left join registry.link l on l.county_code = r.county_code and l.person_id = r.id and l.to_on is null
        where ${scope} and r.state = 'live'
        group by r.county_code, r.id
        having count(l.id) filter (where l.role <> 'owner') <> 1 or not coalesce(bool_or(l.is_lead), false)
      )
      ${listed('several', sql`homes > 1`)}
      union all
      ${listed('nowhere', sql`homes = 0`)}
      union all
      ${listed('noLead', sql`homes > 0 and not has_lead`)}
    `,
  )
}

function afterDue(after: string): RawBuilder<unknown> {
  const [at, id] = readCursor(after, ['moment', 'id'])
  const due = at === '' ? sql`'infinity'::timestamptz` : sql`${new Date(at!)}::timestamptz`
  return sql`(coalesce(x.due_at, 'infinity'::timestamptz), x.id) > (${due}, ${id}::uuid)`
}

/** The same three signs that the page of a household names (domain/src/registry/group-rent.ts), the fullest first. */
function findCrowded(ctx: Asking, scope: RawBuilder<unknown>, ask: AskOf<typeof promise>): Promise<Found[]> {
  const { peoplePerRoom, areaPerPerson, from } = groupRentLimits
  const after = ask.gap === undefined || ask.after === undefined ? sql`` : sql`where ${afterPeople(ask.after)}`
  return rowsOf<Found>(
    ctx.tx,
    sql`
      select 'groupRent' as gap, x.id, null::timestamptz as "dueAt", x.people, x.total
      from (
          select r.id, p.n::int as people, count(*) over ()::int as total
          from registry.house r
            join lateral (
              select count(*) as n
              from registry.link l
              where l.county_code = r.county_code and l.house_id = r.id and l.to_on is null and l.role <> 'owner'
            ) p on true
          where ${scope}
            and r.state = 'live'
            and r.sort = any(${letUses}::text[])
            and (
              p.n > ${peoplePerRoom}::int * nullif((r.body ->> 'rooms')::numeric, 0)
              or (
                p.n >= ${from}::int
                and (
                  (r.body ->> 'areaM2')::numeric / p.n < ${areaPerPerson}::int
                  or (r.body ->> 'isPartitioned')::boolean
                )
              )
            )
        ) x
      ${after}
      order by x.people desc, x.id
      limit ${pageSize + 1}
    `,
  )
}

/** Houses that had several heads before a household had one: which it is, somebody has to say. */
function findHeaded(ctx: Asking, scope: RawBuilder<unknown>, ask: AskOf<typeof promise>): Promise<Found[]> {
  const after = ask.gap === undefined || ask.after === undefined ? sql`` : sql`where ${afterPeople(ask.after)}`
  return rowsOf<Found>(
    ctx.tx,
    sql`
      select 'heads' as gap, x.id, null::timestamptz as "dueAt", x.people, x.total
      from (
          select r.id, count(*)::int as people, count(*) over ()::int as total
          from registry.house r
            join registry.link l on l.county_code = r.county_code
            and l.house_id = r.id
            and l.role = 'head'
            and l.to_on is null
            and l.is_doubled
          where ${scope} and r.state = 'live'
          group by r.county_code, r.id
          having count(*) > 1
        ) x
      ${after}
      order by x.people desc, x.id
      limit ${pageSize + 1}
    `,
  )
}

async function findHouseholds(ctx: Asking, scope: RawBuilder<unknown>, ask: AskOf<typeof promise>) {
  const gap = householdGaps.find((g) => g === ask.gap)
  if (ask.gap !== undefined && gap === undefined) return []
  const after = gap === undefined || ask.after === undefined ? sql`` : sql`where ${afterPeople(ask.after)}`
  return findHeadless(ctx, scope, { gap, after, most: pageSize + 1 })
}

/** Houses of which nobody knows in which micro-grid of their grid they lie: whoever cares for one has them on no phone. */
async function findUnplaced(ctx: Asking, scope: RawBuilder<unknown>, ask: AskOf<typeof promise>): Promise<Found[]> {
  const grids = gridsWithMicros(placeTree(ctx), ctx.caller.countyCode)
  if (grids.length === 0) return []
  const after = ask.gap === undefined || ask.after === undefined ? sql`` : sql`where ${afterPeople(ask.after)}`
  return rowsOf<Found>(
    ctx.tx,
    sql`
      select 'unplaced' as gap, x.id, null::timestamptz as "dueAt", x.people, x.total
      from (
          select r.id, 0 as people, count(*) over ()::int as total
          from registry.house r
            left join registry.building b on b.county_code = r.county_code
            and b.id = r.parent_id
          where ${scope} and r.state = 'live' and r.grid_id = any(${grids}::uuid[]) and b.lng is null
        ) x
      ${after}
      order by x.id
      limit ${pageSize + 1}
    `,
  )
}

function afterPeople(after: string): RawBuilder<unknown> {
  const [people, id] = readCursor(after, ['number', 'id'])
  return sql`(-x.people, x.id) > (${-Number(people)}::int, ${id}::uuid)`
}
