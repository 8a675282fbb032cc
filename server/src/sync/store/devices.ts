/** Phones in the database: who holds one, how far behind it is. */
import { dayLength } from '@fengge/domain/kernel/time'
import type { HeldPhone, PhoneBound } from '@fengge/domain/sync/phone-bound'
import { rowOf, rowsOf, rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { SealedAt } from '../../kernel/seal.ts'

export type Device = Row<'sync.device'>

/** Where the data key of a phone stands. */
export const keyAt = (id: string): SealedAt => `sync.device.key_sealed:${id}`

/** @returns false when the id is taken */
export async function saveDevice(
  tx: Tx,
  d: Pick<Device, 'county_code' | 'id' | 'account_id' | 'name' | 'token_hash' | 'key_sealed' | 'enrolled_at'>,
): Promise<boolean> {
  const rows = await rowsWritten(
    tx,
    sql`
      insert into sync.device (county_code, id, account_id, name, token_hash, key_sealed, enrolled_at)
      values
        (${d.county_code}, ${d.id}, ${d.account_id}, ${d.name}, ${d.token_hash}, ${d.key_sealed}, ${d.enrolled_at})
      on conflict do nothing
      returning 1
    `,
  )
  return rows.length > 0
}

/** Phones of an account that are not to be wiped; nobody else enrols one for it until this is committed. */
export async function lockHeld(tx: Tx, accountId: string): Promise<HeldPhone[]> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 20261202))`)
  const rows = await rowsOf<{ id: string; heard_at: Date }>(
    tx,
    sql`
      select id, greatest(enrolled_at, pulled_at, pushed_at) as heard_at
      from sync.device
      where account_id = ${accountId} and wipe = ''
    `,
  )
  return rows.map((r) => ({ id: r.id, heardAt: r.heard_at.getTime() }))
}

export const listPhoneBounds = (tx: Reading, county: string): Promise<(PhoneBound & { readonly basis: string })[]> =>
  rowsOf(
    tx,
    sql`select from_on as "fromOn", most, basis from sync.phone_bound where county_code = ${county} order by from_on`,
  )

export interface Owned {
  readonly county: string
  readonly id: string
  readonly accountId: string | null
}
/** A phone of the account's own. */
export const findOwnDevice = (tx: Reading, { county, id, accountId }: Owned): Promise<Device | undefined> =>
  rowOf<Device>(
    tx,
    sql`
      select
        county_code, id, account_id, name, token_hash, key_sealed, enrolled_at, version, pulled_at, pushed_at,
        waiting, oldest_at, skew_ms, fault, wipe, wipe_reason
      from sync.device
      where county_code = ${county} and id = ${id} and account_id = ${accountId}
    `,
  )

/** The phone of an account that is not to be wiped: the named one, else the one enrolled last. */
export async function findHolding(
  tx: Reading,
  {
    county,
    accountId,
    id = null,
  }: { readonly county: string; readonly accountId: string | null; readonly id?: string | null },
): Promise<string | undefined> {
  const found = await rowOf<Pick<Device, 'id'>>(
    tx,
    sql`
      select id
      from sync.device
      where county_code = ${county} and account_id = ${accountId} and wipe = '' and (${id}::uuid is null or id = ${id})
      order by enrolled_at desc
      limit 1
    `,
  )
  return found?.id
}

/** A phone that proves itself by its token, whoever holds it. */
export const findDevice = (tx: Reading, id: string): Promise<Device | undefined> =>
  rowOf<Device>(
    tx,
    sql`
      select
        county_code, id, account_id, name, token_hash, key_sealed, enrolled_at, version, pulled_at, pushed_at,
        waiting, oldest_at, skew_ms, fault, wipe, wipe_reason
      from sync.device
      where id = ${id}
    `,
  )

export type ListedDevice = Device & { readonly inbox: number }
/**
 * Phones of a county that are not wiped, those longest silent first, with how many of their holder's acts lie at the desk.
 * @param places those whose acts the desk is shown; null for all of the county
 */
export const listDevicesOf = (tx: Reading, county: string, places: readonly string[] | null): Promise<ListedDevice[]> =>
  rowsOf<ListedDevice>(
    tx,
    sql`
      select
        d.county_code, d.id, d.account_id, d.name, d.token_hash, d.key_sealed, d.enrolled_at, d.version, d.pulled_at,
        d.pushed_at, d.waiting, d.oldest_at, d.skew_ms, d.fault, d.wipe, d.wipe_reason,
        (
          select count(*)::int
          from sync.inbox i
          where i.county_code = d.county_code and i.account_id = d.account_id and i.state = 'open'
            and (${places}::uuid[] is null or i.place_id = any(${places}::uuid[]))
        ) as inbox
      from sync.device d
      where d.county_code = ${county} and d.wipe <> 'done'
      order by d.pulled_at nulls first
      limit 5000
    `,
  )

export type Contact = Pick<Device, 'waiting' | 'oldest_at' | 'skew_ms' | 'version' | 'fault'> & { readonly at: Date }
/** A phone that is to be wiped is held for wiped once it has handed in, not by what it says of itself. */
export async function saveContact(tx: Tx, county: string, id: string, c: Contact): Promise<void> {
  await run(
    tx,
    sql`
      update sync.device
      set
        pulled_at = ${c.at}, waiting = ${c.waiting}, oldest_at = ${c.oldest_at}, skew_ms = ${c.skew_ms},
        version = ${c.version}, fault = ${c.fault}
      where county_code = ${county} and id = ${id}
    `,
  )
}

export async function savePush(tx: Tx, { county, id, accountId }: Owned, at: number): Promise<void> {
  await run(
    tx,
    sql`
      update sync.device
      set pushed_at = ${new Date(at)}
      where county_code = ${county} and id = ${id} and account_id = ${accountId}
    `,
  )
}

export async function saveWiped(tx: Tx, county: string, id: string, at: number): Promise<void> {
  await run(
    tx,
    sql`
      update sync.device
      set wipe = 'done', waiting = 0, pulled_at = ${new Date(at)}
      where county_code = ${county} and id = ${id}
    `,
  )
}

/** @returns false when there is no such phone, or it is to be wiped already */
export async function askWipe(tx: Tx, county: string, id: string, reason: string): Promise<boolean> {
  const asked = await run(
    tx,
    sql`
      update sync.device
      set wipe = 'asked', wipe_reason = ${reason}
      where county_code = ${county} and id = ${id} and wipe = ''
    `,
  )
  return asked > 0
}

export interface PhoneCounts {
  readonly all: number
  readonly silent: number
  readonly waiting: number
  readonly faulty: number
}

/** Phones that are not wiped; silent for seven days, with work a day old, with a fault. */
export async function countPhones(reading: Reading, now: number): Promise<PhoneCounts> {
  const row = await rowOf<PhoneCounts>(
    reading,
    sql`
      select
        count(*) as all,
        count(*) filter (
          where greatest(enrolled_at, pulled_at, pushed_at) < ${new Date(now - 7 * dayLength)}
        ) as silent,
        count(*) filter (where waiting > 0 and oldest_at < ${new Date(now - dayLength)}) as waiting,
        count(*) filter (where fault <> '') as faulty
      from sync.device
      where wipe = ''
    `,
  )
  return row!
}
