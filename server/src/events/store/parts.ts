/** Who had a part in a sensitive event. */
import { run, sql } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'

/** Adds desks and accounts to those that had a part. */
export async function saveParts(tx: Tx, county: string, eventId: string, ids: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      update events.event
      set parts = (select array_agg(distinct p.id) from unnest(coalesce(parts, '{}') || ${ids}::uuid[]) as p (id))
      where county_code = ${county} and id = ${eventId}
    `,
  )
}

/** Puts those who have had a part in place of all before. */
export async function setParts(tx: Tx, county: string, eventId: string, ids: readonly string[]): Promise<void> {
  await run(tx, sql`update events.event set parts = ${ids}::uuid[] where county_code = ${county} and id = ${eventId}`)
}
