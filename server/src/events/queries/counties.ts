/** What an installation holds as a whole: its counties, and whether rows point at events that are not there. */
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'

/** The counties this installation serves. */
export function listCounties(tx: Reading): Promise<{ code: string; name: string; id: string }[]> {
  return rowsOf(
    tx,
    sql<{
      code: string
      name: string
      id: string
    }>`
      select p.county_code as code, p.name, p.id
      from places.public_place p
      where p.level = 'county'
        and p.valid_to is null
        and exists (select 1 from events.category c where c.county_code = p.county_code)
      order by p.code
    `,
  )
}

/** Rows that name an event which is not there, by table; all must be 0. No foreign key asks for it on every report. */
export async function countOrphans(tx: Reading): Promise<Record<string, number>> {
  const tables = ['flow', 'reporter', 'notice'] as const
  const counts = tables.map(
    (t) =>
      sql`
        (
          select count(*)
          from ${sql.ref(`events.${t}`)} c
          where not exists (select 1 from events.event e where e.county_code = c.county_code and e.id = c.event_id)
        ) as ${sql.ref(t)}
      `,
  )
  return (await rowOf<Record<string, number>>(tx, sql`select ${sql.join(counts)}`))!
}
