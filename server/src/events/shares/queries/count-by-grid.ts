import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { countOpenByGrid as promise } from '@fengge/domain/events/contract/grids'
import type { Asking } from '../../../kernel/context.ts'
import { rowsOf, sql } from '../../../kernel/db/sql.ts'
import { reachOf } from '../../reach.ts'
import { within } from '../../queries/conditions.ts'
import { placeParts } from '../../queries/event-filter.ts'

type Grid = ReplyOf<typeof promise>['grids'][number]

/** Open events by grid, within what the caller sees in lists. */
export async function countOpenByGrid(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const seen = sql.join([within(reachOf(ctx)), ...placeParts(ctx, ask.placeId)], sql` and `)
  const grids = await rowsOf<Grid>(
    ctx.tx,
    sql`
      select e.grid_id as "gridId", count(*)::int as open
      from events.event e
      where ${seen} and e.is_open and e.grid_id is not null
      group by 1
    `,
  )
  return { grids }
}
