/** Feeds and chains are read below the oldest transaction still open on the server, of whatever database. */
import type { Database } from '../src/kernel/db/pool.ts'
import { rowOf, sql } from '../src/kernel/db/sql.ts'

/** Waits until everything that was written before stands below that line: others may be in the middle of something. */
export async function lieBelowHorizon({ write, read }: Pick<Database, 'write' | 'read'>): Promise<void> {
  const mine = await write((tx) => rowOf<{ id: string }>(tx, sql`select pg_current_xact_id()::text as id`))
  const look = () =>
    rowOf<{ is_over: boolean }>(
      read,
      sql`select pg_snapshot_xmin(pg_current_snapshot()) > ${mine!.id}::xid8 as is_over`,
    )
  while (!(await look())?.is_over) continue
}
