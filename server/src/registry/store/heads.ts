/** Who heads a household: one at a time (migration 0077). */
import { rowsOf, rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { LinkRow } from './links.ts'

type Head = Pick<Row<'registry.link'>, 'id' | 'person_id' | 'house_id'>

/** Heads of houses, but of one person; held, as are the houses, until what follows is written. */
export async function lockHeads(
  tx: Tx,
  county: string,
  houseIds: readonly string[],
  but: string | null = null,
): Promise<Head[]> {
  if (houseIds.length === 0) return []
  await run(
    tx,
    sql`select 1 from registry.house where county_code = ${county} and id = any(${houseIds}::uuid[]) order by id for update`,
  )
  return rowsWritten<Head>(
    tx,
    sql`
      select id, person_id, house_id
      from registry.link
      where county_code = ${county}
        and house_id = any(${houseIds}::uuid[])
        and role = 'head'
        and to_on is null
        and (${but}::uuid is null or person_id <> ${but})
      order by id
      for update
    `,
  )
}

/** Of some links those by which somebody heads a house, or would if they were in force. */
export const listHeading = (tx: Reading, county: string, ids: readonly string[]): Promise<Head[]> =>
  rowsOf<Head>(
    tx,
    sql`
      select id, person_id, house_id
      from registry.link
      where county_code = ${county} and id = any(${ids}::uuid[]) and role = 'head'
    `,
  )

/** Gives links a role; none of them is one of several heads any more. */
export async function saveRoles(tx: Tx, county: string, ids: readonly string[], role: LinkRow['role']): Promise<void> {
  await run(
    tx,
    sql`
      update registry.link
      set role = ${role}, is_doubled = false
      where county_code = ${county} and id = any(${ids}::uuid[])
    `,
  )
}
