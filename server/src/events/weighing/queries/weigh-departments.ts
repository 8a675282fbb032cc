/** What the departments of a desk did of one kind within a year, and what they have in hand. */
import { mostWeighed, type weighDepartments as promise } from '@fengge/domain/events/contract/weighing'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayLength } from '@fengge/domain/kernel/time'
import type { Asking } from '../../../kernel/context.ts'
import { rowsOf, sql } from '../../../kernel/db/sql.ts'
import { refuse } from '../../../kernel/problems.ts'
import { within } from '../../queries/conditions.ts'
import { reachOf } from '../../reach.ts'
import { ruleBook } from '../../rule-book.ts'
import { findVisible } from '../../store/event.ts'

type Weighed = ReplyOf<typeof promise>['departments'][number]

export async function weighDepartments(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const reach = reachOf(ctx, 'event.dispatch')
  const record = (await findVisible(ctx.tx, ask.eventId, reach)) ?? refuse('event.not-found', 404)
  const { departments } = await ruleBook(ctx, ctx.caller.countyCode)
  const ids = ask.departmentIds.filter((id) => departments.get(id)?.placeId === record.core.deskPlaceId)
  if (ids.length === 0) return { departments: [] }
  const isSame = sql`n.category_code = ${record.core.categoryCode}`
  const isDone = sql`${isSame} and n.status in ('closed', 'archived')`
  const rows = await rowsOf<Weighed>(
    ctx.tx,
    sql`
      select
        d.id,
        count(*) filter (where ${isSame})::int as given,
        count(*) filter (where ${isDone})::int as closed,
        (avg(n.handle_ms) filter (where ${isDone}))::float8 as "handleMs",
        count(*) filter (where n.is_open)::int as open,
        count(*) filter (where n.is_open and n.due_at < ${new Date(ctx.now)})::int as late
      from unnest(${ids}::uuid[]) as d (id)
        left join lateral (
          select
            e.category_code, e.status, e.is_open, e.due_at, (e.core -> 'spent' ->> 'handle')::float8 as handle_ms
          from events.event e
          where e.department_id = d.id
            and e.reported_at >= ${new Date(ctx.now - 365 * dayLength)}
            and not e.is_sensitive
            and ${within(reach)}
          order by e.reported_at desc
          limit ${mostWeighed}
        ) n on true
      group by d.id
    `,
  )
  return { departments: rows }
}
