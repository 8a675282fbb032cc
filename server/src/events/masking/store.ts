/** Events that hold more of a name than is shown today. */
import { rowsOf, rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

/** As the index over them has it. */
const isUnmasked = sql`e.core ->> 'onBehalfOf' !~ '^(.\\*\\*)?$'`

export async function listCountiesUnmasked(reading: Reading): Promise<string[]> {
  const rows = await rowsOf<Pick<Row<'events.event'>, 'county_code'>>(
    reading,
    sql`select distinct e.county_code from events.event e where ${isUnmasked}`,
  )
  return rows.map((r) => r.county_code)
}

export interface Unmasked {
  readonly id: string
  readonly name: string
  /** Who reported it, where he holds no name of his own: the name goes there. */
  readonly reporter: string | null
}

export function lockUnmasked(tx: Tx, county: string, most: number): Promise<Unmasked[]> {
  return rowsWritten<Unmasked>(
    tx,
    sql`
      select
        e.id, e.core ->> 'onBehalfOf' as name,
        (
          select r.id
          from events.reporter r
          where r.county_code = e.county_code
            and r.event_id = e.id
            and r.account_id = e.reporter_id
            and r.name_sealed is null
          order by r.created_at
          limit 1
        ) as reporter
      from events.event e
      where e.county_code = ${county} and ${isUnmasked}
      order by e.id
      limit ${most}
      for update of e
    `,
  )
}

export async function saveMasked(tx: Tx, county: string, id: string, name: string): Promise<void> {
  await run(
    tx,
    sql`
      update events.event
      set core = jsonb_set(core, '{onBehalfOf}', to_jsonb(${name}::text))
      where county_code = ${county} and id = ${id}
    `,
  )
}

export async function sealName(tx: Tx, county: string, reporter: string, sealed: string): Promise<void> {
  await run(
    tx,
    sql`
      update events.reporter
      set name_sealed = ${sealed}
      where county_code = ${county} and id = ${reporter} and name_sealed is null
    `,
  )
}
