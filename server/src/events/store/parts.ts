/** Who had a part in a sensitive event. */
import { rowsOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Tx } from '../../kernel/db/tx.ts'

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

/** Accounts that did nothing with an event but help with it. */
export async function listHelpers(tx: Reading, county: string, eventId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`
      select account_id as id
      from events.flow
      where county_code = ${county} and event_id = ${eventId} and account_id is not null
      group by account_id
      having bool_and(action = 'finish-co-handling')
    `,
  )
  return rows.map((r) => r.id)
}
