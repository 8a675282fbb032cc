/** From where accounts signed in of late, as keyed digests. */
import { rowOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Tx } from '../../kernel/db/tx.ts'

export async function saveCame(
  tx: Tx,
  { accountId, way, now }: { readonly accountId: string; readonly way: string; readonly now: number },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.came_from (account_id, way, at)
      values (${accountId}, ${way}, ${new Date(now)})
      on conflict (account_id, way) do update
      set at = excluded.at
    `,
  )
}

/** @param ways the digest under every key in use */
export async function hasCameSince(
  reading: Reading,
  accountId: string,
  { ways, since }: { readonly ways: readonly string[]; readonly since: number },
): Promise<boolean> {
  const row = await rowOf(
    reading,
    sql`
      select 1 as one
      from identity.came_from
      where account_id = ${accountId} and way = any(${ways}::text[]) and at > ${new Date(since)}
    `,
  )
  return row !== undefined
}

/** @returns how many were forgotten */
export function dropCame(tx: Tx, before: number): Promise<number> {
  return run(tx, sql`delete from identity.came_from where at < ${new Date(before)}`)
}
