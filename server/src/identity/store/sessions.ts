/** Sessions in the database: the digest of a token, whose it is, and until when. */
import { run, sql } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'

export interface NewSession {
  readonly hash: string
  readonly accountId: string
  readonly device: string
  readonly hasSecondFactor: boolean
  readonly now: number
  readonly expiresAt: number
}

export async function saveSession(tx: Tx, s: NewSession): Promise<void> {
  const at = new Date(s.now)
  await run(
    tx,
    sql`
      insert into identity.session (token_hash, account_id, device, has_second_factor, created_at, seen_at, expires_at)
      values (${s.hash}, ${s.accountId}, ${s.device}, ${s.hasSecondFactor}, ${at}, ${at}, ${new Date(s.expiresAt)})
    `,
  )
}

/** A session was used. */
export async function touchSession(tx: Tx, hash: string, now: number): Promise<void> {
  await run(tx, sql`update identity.session set seen_at = ${new Date(now)} where token_hash = ${hash}`)
}

/** From now on it is the session of a phone, and ends with it. @returns false where it is that of another */
export async function bindSession(tx: Tx, hash: string, deviceId: string): Promise<boolean> {
  const bound = await run(
    tx,
    sql`
      update identity.session
      set device_id = ${deviceId}
      where token_hash = ${hash} and (device_id is null or device_id = ${deviceId})
    `,
  )
  return bound > 0
}

/** All that an account opened on phones, with the browsers that its holder was known by; he is told which phone it was. */
export async function endSessionsOnPhones(
  tx: Tx,
  { accountId, phone, at }: { readonly accountId: string; readonly phone: string; readonly at: Date },
): Promise<void> {
  await run(tx, sql`delete from identity.known_device where account_id = ${accountId}`)
  await run(
    tx,
    sql`delete from identity.session where account_id = ${accountId} and (device = 'field' or device_id is not null)`,
  )
  await run(
    tx,
    sql`update identity.account set phones_ended_at = ${at}, phones_ended = ${phone} where id = ${accountId}`,
  )
}

/** With them the browsers that its holder was known by. */
export async function dropSessionsOfDevice(tx: Tx, deviceId: string): Promise<void> {
  await run(
    tx,
    sql`
      delete from identity.known_device
      where account_id in (select s.account_id from identity.session s where s.device_id = ${deviceId})
    `,
  )
  await run(tx, sql`delete from identity.session where device_id = ${deviceId}`)
}

export async function dropSession(tx: Tx, hash: string): Promise<void> {
  await run(tx, sql`delete from identity.session where token_hash = ${hash}`)
}

/** With them the browsers that he was known by. @param except the digest of one that goes on */
export async function dropSessionsOf(tx: Tx, accountId: string, except = ''): Promise<void> {
  await run(tx, sql`delete from identity.known_device where account_id = ${accountId}`)
  await run(tx, sql`delete from identity.session where account_id = ${accountId} and token_hash <> ${except}`)
}

/** @returns how many had ended */
export function dropEndedSessions(tx: Tx, now: number): Promise<number> {
  return run(tx, sql`delete from identity.session where expires_at < ${new Date(now)}`)
}
