import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import { reachOf } from '../reach.ts'
import { within } from './conditions.ts'

/** Those of some events that a caller may see: of the others not even the id is told. */
export async function visibleAmong(ctx: Asking, ids: readonly (string | null)[]): Promise<ReadonlySet<string>> {
  const asked = [...new Set(ids.filter((id) => id !== null))]
  if (asked.length === 0) return new Set()
  const rows = await rowsOf<{ id: string }>(
    ctx.tx,
    sql`select e.id from events.event e where e.id = any(${asked}::uuid[]) and ${within(reachOf(ctx))}`,
  )
  return new Set(rows.map((r) => r.id))
}
