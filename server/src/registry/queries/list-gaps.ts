/** Several homes, homes without a lead grid, people who are registered here and verified nowhere, crowded houses (R4). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Brief, listGaps as promise } from '@fengge/domain/registry/contract'
import { groupRentLimits, letUses } from '@fengge/domain/registry/group-rent'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { findRecords, selectRecords } from '../store/records.ts'
import { within } from '../store/within.ts'
import { briefsOf } from './briefs.ts'

/** What may be amiss with where somebody lives; the same person may stand in two lists. */
type Gap = 'several' | 'nowhere' | 'noLead'

export async function listGaps(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const scope = within(ctx, 'registry.read', ask.placeId)
  return { ...(await listPeople(ctx, scope)), groupRent: await listCrowded(ctx, scope) }
}

/** Each list longest due first. Homes are counted once for everybody in reach, and only who is listed is read whole. */
async function listPeople(ctx: Asking, scope: RawBuilder<unknown>): Promise<Record<Gap, Brief[]>> {
  const found = await findGaps(ctx, scope)
  const ids = [...new Set(found.map((f) => f.id))]
  const briefs = await briefsOf(ctx, 'person', await findRecords(ctx.tx, 'person', ctx.caller.countyCode, ids))
  const briefOf = new Map(briefs.map((brief) => [brief.id, brief]))
  const list = (gap: Gap) => found.filter((f) => f.gap === gap).flatMap((f) => briefOf.get(f.id) ?? [])
  return { several: list('several'), nowhere: list('nowhere'), noLead: list('noLead') }
}

/** The first fifty of each gap. What somebody owns without living there is no home of his. */
function findGaps(ctx: Asking, scope: RawBuilder<unknown>): Promise<{ gap: Gap; id: string }[]> {
  return rowsOf<{ gap: Gap; id: string }>(
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
      (select 'several' as gap, id from astray where homes > 1 order by due_at limit 50)
      union all
      (select 'nowhere' as gap, id from astray where homes = 0 order by due_at limit 50)
      union all
      (select 'noLead' as gap, id from astray where homes > 0 and not has_lead order by due_at limit 50)
    `,
  )
}

/** The same three signs that the page of a household names (domain/src/registry/group-rent.ts). */
async function listCrowded(ctx: Asking, scope: RawBuilder<unknown>): Promise<Brief[]> {
  const { peoplePerRoom, areaPerPerson, from } = groupRentLimits
  const rest = sql`
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
    order by p.n desc, r.id
    limit 50
  `
  return briefsOf(ctx, 'house', await rowsOf(ctx.tx, selectRecords('house', rest)))
}
