import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listTicketChanges as promise } from '@fengge/domain/events/contract/rules'
import type { Asking } from '../../kernel/context.ts'
import { lifeOf } from '../../kernel/running/life.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import { reachOf } from '../reach.ts'
import { within } from './conditions.ts'

/** The event that has a joined one `e` now, also by way of others. */
const whatHasIt = sql`
  with recursive up as (
    select p.status, p.core, p.is_sensitive, p.merged_into
    from events.event p
    where p.county_code = e.county_code and p.id = e.merged_into and e.status = 'merged'
    union all
    select p.status, p.core, p.is_sensitive, p.merged_into
    from up join events.event p on p.county_code = e.county_code and p.id = up.merged_into
    where up.status = 'merged'
  )
  select up.status, up.core, up.is_sensitive
  from up
  where up.status <> 'merged'
  limit 1
`

/**
 * States of hotline calls in reach since a cursor. What was answered to a secret one is told to who has a part in it;
 * others read how it stands. A call that was joined to others has the state of what has them all. A row that commits
 * late is never skipped: only finished transactions count.
 */
export async function listTicketChanges(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const life = lifeOf(ctx).name
  const { xid, id } = readAfter(ask.after, life)
  const reach = reachOf(ctx, 'hotline.submit')
  const isTold = sql`(${within(reach)} and not coalesce(t.is_sensitive, false))`
  const rows = await rowsOf<{
    xid: string
    id: string
    ticket_no: string
    no: string
    status: string
    changed_at: Date
    due_at: Date | null
    answer: string | null
    satisfaction: number | null
    is_solved: boolean | null
  }>(
    ctx.tx,
    sql`
      select
        e.wrote_in::text as xid, e.id, e.ticket_no, e.no, coalesce(t.status, e.status) as status, e.changed_at,
        e.due_at, case when ${isTold} then coalesce(t.core, e.core) ->> 'answer' end as answer,
        (coalesce(t.core, e.core) ->> 'satisfaction')::int as satisfaction,
        (coalesce(t.core, e.core) ->> 'isSolved')::boolean as is_solved
      from events.event e
        left join lateral (${whatHasIt}) t on true
      where ${within({ ...reach, parts: 'all' })}
        and e.ticket_no is not null
        and (e.wrote_in, e.id) > (${xid}::xid8, ${id}::uuid)
        and e.wrote_in < pg_snapshot_xmin(pg_current_snapshot())
      order by e.wrote_in, e.id
      limit 500
    `,
  )
  const last = rows.at(-1)
  const answers = rows.filter((r) => r.answer !== null).length
  if (answers > 0) ctx.look('events.ticket-answers', ctx.caller.countyCode, { answers })
  return {
    changes: rows.map((r) => ({
      ticketNo: r.ticket_no,
      no: r.no,
      status: r.status,
      at: r.changed_at.toISOString(),
      dueAt: r.due_at?.toISOString() ?? null,
      answer: r.answer,
      satisfaction: r.satisfaction,
      isSolved: r.is_solved,
    })),
    next: last ? `${life}${life === '' ? '' : '.'}${last.xid}~${last.id}` : ask.after,
  }
}

const fromTheBeginning = { xid: '0', id: '00000000-0000-0000-0000-000000000000' }

/** A cursor of another life of the database, or none that was given out, begins anew: what is told twice is known by its number. */
function readAfter(after: string, life: string): { readonly xid: string; readonly id: string } {
  const [, given = '', xid, id] = /^(?:([0-9a-f]+)\.)?(\d+)~([0-9a-f-]{36})$/.exec(after) ?? []
  return xid === undefined || id === undefined || given !== life ? fromTheBeginning : { xid, id }
}
