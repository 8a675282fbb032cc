/** Acts that lay with a desk, emptied: their words go, their ids stay. */
import { rowsOf, rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Tx } from '../../kernel/db/tx.ts'
import type { InboxRow } from './inbox.ts'

export async function listCountiesDecided(tx: Reading, before: Date): Promise<string[]> {
  const rows = await rowsOf<{ county: string }>(
    tx,
    sql`
      select distinct county_code as county
      from sync.inbox
      where decided_at < ${before} and emptied_at is null
    `,
  )
  return rows.map((r) => r.county)
}

/** Some that were decided on before an instant. */
export async function lockDecided(tx: Tx, county: string, before: Date, most: number): Promise<string[]> {
  const rows = await rowsWritten<{ id: string }>(
    tx,
    sql`
      select id
      from sync.inbox
      where county_code = ${county} and decided_at < ${before} and emptied_at is null
      order by decided_at
      limit ${most}
      for update
    `,
  )
  return rows.map((r) => r.id)
}

/** Some that can still be read, by their ids. */
export const lockUnemptied = (
  tx: Tx,
  county: string,
  after: string | null,
  most: number,
): Promise<Pick<InboxRow, 'id' | 'name' | 'ask_sealed'>[]> =>
  rowsWritten<Pick<InboxRow, 'id' | 'name' | 'ask_sealed'>>(
    tx,
    sql`
      select id, name, ask_sealed
      from sync.inbox
      where county_code = ${county} and emptied_at is null and (${after}::uuid is null or id > ${after}::uuid)
      order by id
      limit ${most}
      for update
    `,
  )

export async function emptyKept(
  tx: Tx,
  county: string,
  acts: readonly { readonly id: string; readonly ask: string }[],
  at: Date,
): Promise<void> {
  const ids = acts.map((a) => a.id)
  await run(
    tx,
    sql`
      update sync.inbox i
      set
        ask_sealed = m.ask, reason = '', emptied_at = ${at},
        state = case when i.state = 'open' then 'dropped' else i.state end, decided_at = coalesce(i.decided_at, ${at})
      from unnest(${ids}::uuid[], ${acts.map((a) => a.ask)}::text[]) m (id, ask)
      where i.county_code = ${county} and i.id = m.id
    `,
  )
  await run(tx, sql`delete from sync.photo where county_code = ${county} and act_id = any(${ids}::uuid[])`)
}
