import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { countGridTasks as promise } from '@fengge/domain/visits/contract/today'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import { apartFrom, inReach } from '../store/reach.ts'

type Grid = ReplyOf<typeof promise>['grids'][number]

/** What was done today and what is still due, by grid: counted as the list of tasks shows it. */
export async function countGridTasks(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const today = dayOf(ctx.now)
  const seen = sql`${inReach(ctx, 'visit.read', ask.placeId)} and ${apartFrom(ctx)} and t.grid_id is not null`
  const grids = await rowsOf<Grid>(
    ctx.tx,
    sql`
      select x.grid_id as "gridId", sum(x.done)::int as done, sum(x.due)::int as due
      from (
          select t.grid_id, 1 as done, 0 as due
          from visits.task t
          where ${seen} and t.state = 'done' and t.done_on = ${today}
          union all
          select t.grid_id, 0, 1
          from visits.task t
          where ${seen} and t.state = 'open' and t.due_on <= ${today}
        ) x
      group by 1
    `,
  )
  return { grids }
}
