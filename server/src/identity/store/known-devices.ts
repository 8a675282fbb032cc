/** Browsers in which accounts signed in of late, as digests of what their cookies hold. */
import { knownRule } from '@fengge/domain/identity/tries'
import { rowOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Tx } from '../../kernel/db/tx.ts'

interface Known {
  readonly accountId: string
  readonly hash: string
  readonly now: number
}

/**
 * Only so many of an account are known, the one longest unused goes.
 * @param before the digest that the same browser was known by; it holds no longer
 */
export async function saveDevice(tx: Tx, { accountId, hash, now }: Known, before: string | undefined): Promise<void> {
  if (before !== undefined)
    await run(tx, sql`delete from identity.known_device where account_id = ${accountId} and token_hash = ${before}`)
  await run(
    tx,
    sql`
      insert into identity.known_device (account_id, token_hash, at)
      values (${accountId}, ${hash}, ${new Date(now)})
    `,
  )
  await run(
    tx,
    sql`
      delete from identity.known_device
      where
        account_id = ${accountId} and token_hash in (
          select token_hash
          from identity.known_device
          where account_id = ${accountId} and token_hash <> ${hash}
          order by at desc, token_hash
          offset ${knownRule.mostBrowsers - 1}
        )
    `,
  )
}

export async function isDeviceKnown(
  reading: Reading,
  accountId: string,
  { hash, since }: { readonly hash: string; readonly since: number },
): Promise<boolean> {
  const row = await rowOf(
    reading,
    sql`
      select 1 as one
      from identity.known_device
      where account_id = ${accountId} and token_hash = ${hash} and at > ${new Date(since)}
    `,
  )
  return row !== undefined
}

/** @returns how many were forgotten */
export function dropOldDevices(tx: Tx, before: number): Promise<number> {
  return run(tx, sql`delete from identity.known_device where at < ${new Date(before)}`)
}
