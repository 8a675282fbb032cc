/** Accounts and their sessions in the database. */
import { rowOf, rowWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { SealedAt } from '../../kernel/seal.ts'

/** An account with what opens it; what its holder is told, and where he comes from, is nobody's business here. */
export type AccountRow = Omit<Row<'identity.account'>, 'created_at' | 'origin' | 'phones_ended' | 'phones_ended_at'>
const columns = sql`
  id, county_code, login, name, kind, status, password_hash, password_set_at, must_change, totp_secret,
  totp_pending, totp_last_step, must_renew_factor, enrol_digest,
  enrol_until, is_invented
`

/** Where the seed of a second factor stands, also while it waits to be confirmed. */
export const seedAt = (accountId: string): SealedAt => `identity.account.totp_secret:${accountId}`

export function findByLogin(reading: Reading, login: string): Promise<AccountRow | undefined> {
  return rowOf<AccountRow>(reading, sql`select ${columns} from identity.account where login = ${login}`)
}

/** An account in use, by its login: its id and whose it is. */
export function accountCalled(
  reading: Reading,
  county: string,
  login: string,
): Promise<Pick<Row<'identity.account'>, 'id' | 'name'> | undefined> {
  return rowOf(
    reading,
    sql`select id, name from identity.account where login = ${login} and county_code = ${county} and status = 'active'`,
  )
}

export function findAccount(reading: Reading, id: string): Promise<AccountRow | undefined> {
  return rowOf<AccountRow>(reading, sql`select ${columns} from identity.account where id = ${id}`)
}

export function lockAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  return rowWritten<AccountRow>(tx, sql`select ${columns} from identity.account where id = ${id} for update`)
}

export interface NewAccount {
  readonly id: string
  readonly county: string
  readonly login: string
  readonly name: string
  readonly kind: string
  readonly hash: string | null
  readonly mustChange: boolean
  readonly isInvented: boolean
  readonly now: number
}

export async function saveAccount(tx: Tx, a: NewAccount): Promise<void> {
  const at = new Date(a.now)
  await run(
    tx,
    sql`
      insert into identity.account (
          id, county_code, login, name, kind, password_hash, password_set_at, must_change, is_invented, created_at
        )
      values
        (
          ${a.id}, ${a.county}, ${a.login}, ${a.name}, ${a.kind}, ${a.hash}, ${a.hash === null ? null : at},
          ${a.mustChange}, ${a.isInvented}, ${at}
        )
    `,
  )
}

export async function savePassword(tx: Tx, id: string, hash: string, set: PasswordSet): Promise<void> {
  await run(
    tx,
    sql`
      update identity.account
      set
        password_hash = ${hash}, password_set_at = ${new Date(set.at)}, must_change = ${set.mustChange}
      where id = ${id}
    `,
  )
}

export interface PasswordSet {
  readonly at: number
  readonly mustChange: boolean
}

export async function saveMustChange(tx: Tx, id: string): Promise<void> {
  await run(tx, sql`update identity.account set must_change = true where id = ${id}`)
}

export async function saveStatus(tx: Tx, id: string, status: 'active' | 'closed'): Promise<void> {
  await run(tx, sql`update identity.account set status = ${status} where id = ${id}`)
}

/** A secret of a second factor that is not in force until its first code is right. */
export async function savePending(tx: Tx, id: string, sealed: string): Promise<void> {
  await run(tx, sql`update identity.account set totp_pending = ${sealed} where id = ${id}`)
}

export async function saveSecondFactor(tx: Tx, id: string, step: number): Promise<void> {
  await run(
    tx,
    sql`
      update identity.account
      set
        totp_secret = totp_pending, totp_pending = null, totp_last_step = ${step}, must_renew_factor = false,
        enrol_digest = null, enrol_until = null
      where id = ${id}
    `,
  )
}

/** The step of the last code, so that none is used twice. */
export async function saveStep(tx: Tx, id: string, step: number): Promise<void> {
  await run(tx, sql`update identity.account set totp_last_step = ${step} where id = ${id}`)
}

/** From now on nobody signs in, before its holder sets another. */
export async function dropPassword(tx: Tx, id: string): Promise<void> {
  await run(tx, sql`update identity.account set password_hash = null where id = ${id}`)
}

export async function dropSecondFactor(tx: Tx, id: string): Promise<void> {
  await run(
    tx,
    sql`
      update identity.account
      set totp_secret = null, totp_pending = null, must_renew_factor = false
      where id = ${id}
    `,
  )
}

/** The code by which the next second factor is enrolled. */
export async function saveEnrolCode(
  tx: Tx,
  id: string,
  code: { readonly digest: string; readonly until: number },
): Promise<void> {
  await run(
    tx,
    sql`
      update identity.account
      set enrol_digest = ${code.digest}, enrol_until = ${new Date(code.until)}
      where id = ${id}
    `,
  )
}
