/** Several homes, homes without a lead grid, people who are registered here and verified nowhere, crowded houses (R4). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Brief, listGaps as promise } from '@fengge/domain/registry/contract'
import { groupRentLimits, letUses } from '@fengge/domain/registry/group-rent'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { selectRecords } from '../store/records.ts'
import { within } from '../store/within.ts'
import { briefsOf } from './briefs.ts'

/** How many homes somebody lives in. */
const homes = sql`
  (
    select count(*)
    from registry.link l
    where l.county_code = r.county_code and l.person_id = r.id and l.to_on is null and l.role <> 'owner'
  )
`
const hasLead = sql`
  exists (
    select 1
    from registry.link l
    where l.county_code = r.county_code and l.person_id = r.id and l.to_on is null and l.is_lead
  )
`

export async function listGaps(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const scope = within(ctx, 'registry.read', ask.placeId)
  return {
    several: await listPeople(ctx, scope, sql`${homes} > 1`),
    nowhere: await listPeople(ctx, scope, sql`${homes} = 0`),
    noLead: await listPeople(ctx, scope, sql`${homes} > 0 and not ${hasLead}`),
    groupRent: await listCrowded(ctx, scope),
  }
}

async function listPeople(ctx: Asking, scope: RawBuilder<unknown>, where: RawBuilder<unknown>): Promise<Brief[]> {
  const rest = sql`where ${scope} and r.state = 'live' and ${where} order by r.due_at limit 50`
  return briefsOf(ctx, 'person', await rowsOf(ctx.tx, selectRecords('person', rest)))
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
