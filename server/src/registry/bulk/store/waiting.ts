/** Which files wait to be imported, and how much an account brought in. */
import { rowOf, rowsOf, sql } from '../../../kernel/db/sql.ts'
import type { Reading } from '../../../kernel/db/tx.ts'

export interface Imports {
  readonly waiting: number
  /** What came in since an instant. */
  readonly bytes: number
}

export async function importsOf(reading: Reading, account: string, since: Date): Promise<Imports> {
  const row = await rowOf<Imports>(
    reading,
    sql`
      select
        count(*) filter (where state in ('waiting', 'running'))::int as waiting,
        coalesce(sum(bytes) filter (where at >= ${since}), 0)::bigint as bytes
      from registry.batch
      where account_id = ${account} and (at >= ${since} or state in ('waiting', 'running'))
    `,
  )
  return row ?? { waiting: 0, bytes: 0 }
}

/** Ids of all imports that have not come to their end, in whatever county. */
export async function listUnfinished(reading: Reading): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    reading,
    sql`select id from registry.batch where state in ('waiting', 'running')`,
  )
  return rows.map((r) => r.id)
}
