import { StoredFilter } from '@fengge/domain/events/stored'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listViews as promise } from '@fengge/domain/events/contract/desk'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'

type View = Pick<Row<'events.saved_view'>, 'id' | 'name' | 'filter'>

/** The caller's own views, by name. */
export async function listViews(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  const views = await rowsOf<View>(
    ctx.tx,
    sql`
      select id, name, filter
      from events.saved_view
      where county_code = ${ctx.caller.countyCode} and account_id = ${ctx.caller.accountId}
      order by name
    `,
  )
  return { views: views.map((view) => ({ ...view, filter: StoredFilter.read(view.filter) })) }
}
