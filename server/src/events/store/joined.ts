/** The tree of joined reports below an event. */
import { rowsOf, run, sql } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'

const below = (county: string, id: string) => sql`
  recursive joined as (
    select e.id
    from events.event e
    where e.county_code = ${county} and e.merged_into = ${id}
    union
    select e.id
    from events.event e join joined on e.merged_into = joined.id
    where e.county_code = ${county}
  )
`

/** Ids of all that was joined to an event, also by way of others. */
export async function listBelow(tx: Tx, county: string, id: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(tx, sql`with ${below(county, id)} select id from joined order by id`)
  return rows.map((r) => r.id)
}

/** Wakes the events joined to an event, also by way of others: what becomes of it is news of them too. */
export async function wakeMerged(tx: Tx, county: string, id: string): Promise<void> {
  await run(
    tx,
    sql`
      with ${below(county, id)}
      update events.event
      set wrote_in = pg_current_xact_id()
      where county_code = ${county} and id in (select id from joined)
    `,
  )
}
