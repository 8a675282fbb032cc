/** What a meeting should speak about, and who is asked to come: read through what the slices below show of themselves. */
import { dayLength, dayOf } from '@fengge/domain/kernel/time'
import type { OpenEvent, OpenMatters } from '@fengge/domain/worklog/meetings'
import type { Attendant } from '@fengge/domain/worklog/terms'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'

/** Events going over time or sent back, tasks overdue, hazards past their day. Sensitive events stay out. */
export async function findOpenMatters(
  tx: Reading,
  county: string,
  grids: readonly string[],
  now: number,
): Promise<OpenMatters> {
  const today = dayOf(now)
  const [events, tasks, hazards] = await Promise.all([
    listPressing(tx, county, grids, new Date(now + dayLength)),
    rowsOf<{ title: string; count: number }>(
      tx,
      sql`
        select title, count(*) as count
        from visits.public_task
        where county_code = ${county} and grid_id = any(${grids}::uuid[]) and state = 'open' and due_on < ${today}
        group by title
        order by count(*) desc
        limit 6
      `,
    ),
    rowsOf<{ what: string; fixBy: string }>(
      tx,
      sql`
        select what, fix_by as "fixBy"
        from visits.public_hazard
        where county_code = ${county} and grid_id = any(${grids}::uuid[]) and state = 'open' and fix_by < ${today}
        order by fix_by
        limit 10
      `,
    ),
  ])
  return { events, tasks, hazards }
}

async function listPressing(
  tx: Reading,
  county: string,
  grids: readonly string[],
  dueBefore: Date,
): Promise<OpenEvent[]> {
  const rows = await rowsOf<Omit<OpenEvent, 'dueAt'> & { readonly due_at: Date | null }>(
    tx,
    sql`
      select id, title, no, due_at, reworks
      from events.public_event
      where county_code = ${county}
        and grid_id = any(${grids}::uuid[])
        and is_open
        and not is_sensitive
        and (due_at < ${dueBefore} or reworks > 0 or supervision > 0)
      order by due_at
      limit 10
    `,
  )
  return rows.map(({ due_at, ...event }) => ({ ...event, dueAt: due_at?.getTime() ?? null }))
}

/** Who serves at some places on a day with an account, each once. */
export function listServing(
  tx: Reading,
  placeIds: readonly string[],
  day: string,
): Promise<Pick<Attendant, 'accountId' | 'name' | 'role'>[]> {
  return rowsOf(
    tx,
    sql`
      select distinct on (account_id) account_id as "accountId", name, role_name as role
      from identity.public_serving
      where place_id = any(${placeIds}::uuid[])
        and role_kind = 'business'
        and department_id is null
        and from_on <= ${day}
        and (to_on is null or to_on >= ${day})
      order by account_id
      limit 200
    `,
  )
}
