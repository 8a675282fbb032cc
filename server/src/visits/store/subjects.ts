/**
 * Whom rules, campaigns and orders are for, found in the registry through what it shows of itself. A rule counts
 * from the last visit with its form: due a period later, at the earliest half a period later (docs/rules/visit-planning.md).
 */
import type { Rule, Selector, SubjectKind } from '@fengge/domain/visits/terms'
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import type { PlaceTree } from '../../places/door.ts'

/** Where is searched. */
export interface Net {
  readonly county: string
  readonly tree: PlaceTree
  readonly today: string
}

/** Whether care, `o` of registry.public_care, goes on: its end is a day that has not come. */
export const inCare = (today: string): RawBuilder<unknown> => sql`(o.until_on is null or o.until_on > ${today}::date)`

/** What is asked of the registry of a county. */
export interface Search {
  readonly selector: Selector
  /** The form whose last visit counts. */
  readonly formCode: string
  readonly placeId: string | null
  readonly today: string
}

/** One subject at a known place. */
export interface OneSubject {
  readonly by: 'name'
  readonly kind: SubjectKind
  readonly id: string
  readonly gridId: string | null
  readonly villageId: string | null
  readonly townId: string | null
  readonly earliestOn: string
  readonly dueOn: string
}
/** Whoever a rule is for and comes due within the horizon, unless a task of the rule is open already. */
export interface RuleSubjects {
  readonly by: 'rule'
  readonly rule: Rule
  readonly today: string
  readonly horizonDays: number
}
/** Everybody whom a search finds, between two days. */
export interface CampaignSubjects extends Search {
  readonly by: 'search'
  readonly fromOn: string
  readonly toOn: string
}
export type Whom = OneSubject | RuleSubjects | CampaignSubjects

/** Rows of subject_kind, subject_id, grid_id, village_id, town_id, earliest_on, due_on, cautions. */
export function rowsFor(net: Net, whom: Whom): RawBuilder<unknown> {
  switch (whom.by) {
    case 'name':
      return sql`
        select
          ${whom.kind}::text as subject_kind, ${whom.id}::uuid as subject_id, ${whom.gridId}::uuid as grid_id,
          ${whom.villageId}::uuid as village_id, ${whom.townId}::uuid as town_id,
          ${whom.earliestOn}::date as earliest_on, ${whom.dueOn}::date as due_on,
          ${cautionsOf(net, whom.kind, sql`${whom.id}::uuid`)} as cautions
      `
    case 'rule':
      return dueUnder(net, whom)
    case 'search':
      return sql`
        select
          s0.subject_kind, s0.subject_id, s0.grid_id, s0.village_id, s0.town_id, ${whom.fromOn}::date as earliest_on,
          ${whom.toOn}::date as due_on, coalesce(s0.cautions, '{}') as cautions
        from (${found(net, whom)}) s0
      `
  }
}

function dueUnder(net: Net, { rule, today, horizonDays }: RuleSubjects): RawBuilder<unknown> {
  const period = sql`coalesce(s0.own_period, ${rule.periodDays}::int)`
  // Never visited: spread over one period by the subject's own number, so that not all fall on one day.
  const from = sql`
    coalesce(s0.last_on, ${today}::date - ${period} + 1 + abs(hashtext (s0.subject_id::text)) % ${period})
  `
  return sql`
    select
      s0.subject_kind, s0.subject_id, s0.grid_id, s0.village_id, s0.town_id,
      ${from} + (${period} + 1) / 2 as earliest_on, ${from} + ${period} as due_on,
      coalesce(s0.cautions, '{}') as cautions
    from (${found(net, { ...rule, today })}) s0
    where ${from} + ${period} <= ${today}::date + ${horizonDays}::int
      and not exists (
        select 1
        from visits.task t
        where t.county_code = ${net.county} and t.origin_id = ${rule.id} and t.subject_id = s0.subject_id and t.state = 'open'
      )
  `
}

/** How many a rule is for in each grid, and how often they are to be visited on the average. */
export function countSubjects(
  tx: Reading,
  net: Net,
  search: Search & { readonly periodDays: number },
  grids: readonly string[],
): Promise<{ grid_id: string | null; n: number; period: number }[]> {
  return rowsOf(
    tx,
    sql`
      select s.grid_id, count(*) as n, coalesce(avg(s.own_period), ${search.periodDays}::int)::int as period
      from (${found(net, search)}) s
      where s.grid_id = any(${grids}::uuid[])
      group by s.grid_id
    `,
  )
}

/** Whom a search finds: id, kind, grid line, last visit with the form, own period where there is one, cautions. */
function found(net: Net, search: Search): RawBuilder<unknown> {
  switch (search.selector) {
    case 'care':
      return caredFor(net, search)
    case 'grid':
      return grids(net, search)
    default:
      return records(net, search, search.selector)
  }
}

type RecordSelector = Exclude<Selector, 'care' | 'grid'>
interface Chosen {
  readonly kind: SubjectKind
  readonly view: RawBuilder<unknown>
  readonly where: (today: string) => RawBuilder<unknown>
}
const chosen: Readonly<Record<RecordSelector, Chosen>> = {
  'house-rental': { kind: 'house', view: sql`registry.public_house`, where: () => sql`r.sort = 'rental'` },
  'house-group': { kind: 'house', view: sql`registry.public_house`, where: () => sql`r.sort = 'group'` },
  'unit-shop': { kind: 'unit', view: sql`registry.public_unit`, where: () => sql`r.sort = 'shop' and r.is_open` },
  facility: { kind: 'facility', view: sql`registry.public_facility`, where: () => sql`true` },
  'left-behind': { kind: 'person', view: sql`registry.public_person`, where: () => sql`r.sort = 'left-behind'` },
  'elder-alone': { kind: 'person', view: sql`registry.public_person`, where: livesAloneAtSeventy },
}

function records(net: Net, search: Search, selector: RecordSelector): RawBuilder<unknown> {
  const { county, tree } = net
  const { kind, view, where } = chosen[selector]
  return sql`
    select
      r.id as subject_id, ${kind}::text as subject_kind, r.grid_id, r.village_id, r.town_id,
      ${lastVisit(county, search)} as last_on, null::int as own_period, ${cautionsOf(net, kind, sql`r.id`)} as cautions
    from ${view} r
    where r.county_code = ${county}
      and r.state = 'live'
      and r.grid_id is not null
      and ${insidePlace(tree, search.placeId)}
      and ${where(search.today)}
  `
}

/**
 * What to mind at a person's door follows every visit to him, whoever makes it and for whatever: a worker who hosts
 * somebody registered elsewhere learns it with the task, and not without one.
 */
function cautionsOf({ county, today }: Net, kind: SubjectKind, id: RawBuilder<unknown>): RawBuilder<unknown> {
  if (kind !== 'person') return sql`'{}'::text[]`
  return sql`
    coalesce(
      (
        select array_agg(distinct c)
        from registry.public_care o
          cross join unnest(o.cautions) c
        where o.county_code = ${county} and o.person_id = ${id} and ${inCare(today)}
      ),
      '{}'::text[]
    )
  `
}

/** Old, at home somewhere, and in one home at least nobody else lives. */
function livesAloneAtSeventy(today: string): RawBuilder<unknown> {
  return sql`
    r.born <= ${today}::date - interval '70 years'
    and exists (
      select 1
      from registry.public_resident l
      where l.county_code = r.county_code
        and l.person_id = r.id
        and not exists (
          select 1
          from registry.public_resident o
          where o.county_code = l.county_code and o.house_id = l.house_id and o.person_id <> r.id
        )
    )
  `
}

/** The reason of a care visit stays in the overlay: the task says that one is due and what to mind. */
function caredFor({ county, tree, today }: Net, { placeId }: Search): RawBuilder<unknown> {
  return sql`
    select
      r.id as subject_id, 'person'::text as subject_kind, r.grid_id, r.village_id, r.town_id,
      max(o.last_on) as last_on, min(o.visit_days) as own_period,
      array_agg(distinct c) filter (where c is not null) as cautions
    from registry.public_care o
      join registry.public_person r on r.county_code = o.county_code
      and r.id = o.person_id
      left join unnest(o.cautions) c on true
    where o.county_code = ${county}
      and r.state = 'live'
      and r.grid_id is not null
      and ${inCare(today)}
      and ${insidePlace(tree, placeId)}
    group by r.county_code, r.id, r.grid_id, r.village_id, r.town_id
  `
}

function grids({ county, tree }: Net, search: Search): RawBuilder<unknown> {
  return sql`
    select
      r.id as subject_id, 'grid'::text as subject_kind, r.id as grid_id, r.village_id, r.town_id,
      ${lastVisit(county, search)} as last_on, null::int as own_period, '{}'::text[] as cautions
    from (select g.county_code, g.id, g.id as grid_id, g.village_id, g.town_id from places.public_grid g) r
    where r.county_code = ${county} and ${insidePlace(tree, search.placeId)}
  `
}

const lastVisit = (county: string, { formCode }: Search): RawBuilder<unknown> => sql`
  (
    select l.on_day
    from visits.last l
    where l.county_code = ${county} and l.subject_id = r.id and l.form_code = ${formCode}
  )
`

/** A place as a condition over what was found, `r`. */
function insidePlace(tree: PlaceTree, placeId: string | null): RawBuilder<unknown> {
  if (placeId === null) return sql`true`
  switch (tree.get(placeId)?.tier) {
    case 'county':
      return sql`true`
    case 'town':
      return sql`r.town_id = ${placeId}`
    case 'village':
      return sql`r.village_id = ${placeId}`
    default:
      return sql`r.grid_id = any(${tree.below(placeId, 'grid')}::uuid[])`
  }
}
