/** The title of an event within reach. */
import type { Asking } from '../../kernel/context.ts'
import { rowOf, sql } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'
import { reachOf } from '../reach.ts'
import { within } from './conditions.ts'

export async function titleOf(ctx: Asking, id: string): Promise<string | undefined> {
  const row = await rowOf<Pick<Row<'events.event'>, 'title'>>(
    ctx.tx,
    sql`select e.title from events.event e where e.id = ${id} and ${within(reachOf(ctx))}`,
  )
  return row?.title
}
