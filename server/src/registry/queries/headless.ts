/** Households without a head, and houses where minors live alone: somebody calls and asks who answers for them (R4). */
import { dayOf } from '@fengge/domain/kernel/time'
import { adult } from '@fengge/domain/registry/leaving/leaving'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'

export const householdGaps = ['headless', 'minors'] as const
export type HouseholdGap = (typeof householdGaps)[number]
interface Found {
  readonly gap: HouseholdGap
  readonly id: string
  readonly dueAt: null
  readonly people: number
  readonly total: number
}
interface Page {
  readonly gap: HouseholdGap | undefined
  /** A condition over `x`: what comes after the page before. */
  readonly after: RawBuilder<unknown>
  readonly most: number
}

/**
 * Each list the fullest house first. Tenants and co-residents need no head; of whom no day of birth is known he counts
 * as of age.
 * @param scope which houses, as a condition over `r`
 */
export function findHeadless(asking: Asking, scope: RawBuilder<unknown>, { gap, after, most }: Page): Promise<Found[]> {
  const listed = (of: HouseholdGap, where: RawBuilder<unknown>) => sql`
    (
      select ${of} as gap, x.id, null::timestamptz as "dueAt", x.people, x.total
      from (
          select id, people, count(*) over ()::int as total
          from lived
          where ${where} and (${gap ?? null}::text is null or ${gap ?? null}::text = ${of})
        ) x
      ${after}
      order by x.people desc, x.id
      limit ${most}
    )
  `
  const isHeadless = sql`(bool_or(l.role = 'member') and not bool_or(l.role = 'head'))`
  const isYoung = sql`
    bool_and(coalesce(p.born > ${dayOf(asking.now)}::date - make_interval(years => ${adult}::int), false))
  `
  return rowsOf<Found>(
    asking.tx,
    sql`
      with lived as (
        select
          r.id,
          count(*)::int as people,
          ${isHeadless} as is_headless,
          ${isYoung} as is_young
        from registry.house r
          join registry.link l on l.county_code = r.county_code
          and l.house_id = r.id
          and l.to_on is null
          and l.role <> 'owner'
          join registry.person p on p.county_code = l.county_code
          and p.id = l.person_id
          and p.state = 'live'
        where ${scope} and r.state = 'live'
        group by r.county_code, r.id
        having ${isHeadless} or ${isYoung}
      )
      ${listed('headless', sql`is_headless`)}
      union all
      ${listed('minors', sql`is_young`)}
    `,
  )
}
