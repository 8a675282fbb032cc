/** Acts whose work belongs to others by now, sealed, in the database. */
import type { ActName } from '@fengge/domain/sync/terms'
import { rowOf, rowsOf, rowsWritten, rowWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { SealedAt } from '../../kernel/seal.ts'

export type InboxState = 'open' | 'applied' | 'noted' | 'dropped'
export type InboxRow = Omit<Row<'sync.inbox'>, 'name' | 'state'> & {
  readonly name: ActName
  readonly state: InboxState
}

/** Where the ask of an act stands. */
export const askAt = (id: string): SealedAt => `sync.inbox.ask_sealed:${id}`

/** Once however often it is sent: the id of the act is the key. @returns false when it lies there already */
export async function saveKept(
  tx: Tx,
  a: Omit<InboxRow, 'state' | 'reason' | 'decided_by' | 'decided_at'>,
): Promise<boolean> {
  const rows = await rowsWritten(
    tx,
    sql`
      insert into sync.inbox (
          county_code, id, account_id, holder, device_id, place_id, name, subject, ask_sealed, problem, made_at,
          received_at
        )
      values
        (
          ${a.county_code}, ${a.id}, ${a.account_id}, ${a.holder}, ${a.device_id}, ${a.place_id}, ${a.name},
          ${a.subject}, ${a.ask_sealed}, ${a.problem}, ${a.made_at}, ${a.received_at}
        )
      on conflict do nothing
      returning 1
    `,
  )
  return rows.length > 0
}

export interface KeptFilter {
  readonly county: string
  readonly only: 'open' | 'all'
  /** Null for all of the county. */
  readonly places: readonly string[] | null
}

/** The newest first, so many at most. */
export const listKept = (tx: Reading, { county, only, places }: KeptFilter, most: number): Promise<InboxRow[]> =>
  rowsOf<InboxRow>(
    tx,
    sql`
      select
        county_code, id, account_id, holder, device_id, place_id, name, subject, ask_sealed, problem, made_at,
        received_at, state, reason, decided_by, decided_at
      from sync.inbox
      where county_code = ${county}
        and (${only} = 'all' or state = 'open')
        and (${places}::uuid[] is null or place_id = any(${places}::uuid[]))
      order by received_at desc
      limit ${most}
    `,
  )

/** Those of some acts that lie here, by their ids: still open, or decided on already. */
export async function findStates(
  tx: Reading,
  county: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, InboxState>> {
  const rows = await rowsOf<Pick<InboxRow, 'id' | 'state'>>(
    tx,
    sql`select id, state from sync.inbox where county_code = ${county} and id = any(${ids}::uuid[])`,
  )
  return new Map(rows.map((row) => [row.id, row.state]))
}

export interface Amount {
  readonly number: number
  readonly signs: number
}
/** What a phone has handed in of acts, decided or not. */
export async function amountKept(tx: Reading, county: string, accountId: string, deviceId: string): Promise<Amount> {
  const row = await rowOf<Amount>(
    tx,
    sql`
      select count(*)::int as number, coalesce(sum(octet_length(ask_sealed)), 0)::float8 as signs
      from sync.inbox
      where county_code = ${county} and account_id = ${accountId} and device_id = ${deviceId}
    `,
  )
  return row!
}

export const lockKept = (tx: Tx, county: string, id: string): Promise<InboxRow | undefined> =>
  rowWritten<InboxRow>(
    tx,
    sql`
      select
        county_code, id, account_id, holder, device_id, place_id, name, subject, ask_sealed, problem, made_at,
        received_at, state, reason, decided_by, decided_at
      from sync.inbox
      where county_code = ${county} and id = ${id}
      for update
    `,
  )

export type Decision = Pick<InboxRow, 'state' | 'reason' | 'decided_by' | 'decided_at'>
export async function saveDecision(tx: Tx, county: string, id: string, d: Decision): Promise<void> {
  await run(
    tx,
    sql`
      update sync.inbox
      set state = ${d.state}, reason = ${d.reason}, decided_by = ${d.decided_by}, decided_at = ${d.decided_at}
      where county_code = ${county} and id = ${id}
    `,
  )
}
