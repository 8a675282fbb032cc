/** Acts whose work belongs to others by now, sealed, in the database. */
import type { ActName } from '@fengge/domain/sync/terms'
import { rowOf, rowsOf, rowsWritten, rowWritten, run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
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
  a: Omit<InboxRow, 'state' | 'reason' | 'decided_by' | 'decided_at' | 'shown_at' | 'emptied_at'>,
): Promise<boolean> {
  const rows = await rowsWritten(
    tx,
    sql`
      insert into sync.inbox (
          county_code, id, account_id, holder, device_id, place_id, name, subject, ask_sealed, problem, made_at,
          received_at, event_id, kept_for
        )
      values
        (
          ${a.county_code}, ${a.id}, ${a.account_id}, ${a.holder}, ${a.device_id}, ${a.place_id}, ${a.name},
          ${a.subject}, ${a.ask_sealed}, ${a.problem}, ${a.made_at}, ${a.received_at}, ${a.event_id}, ${a.kept_for}
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
  /** Those whose desk asks; null for all of the county. */
  readonly places: readonly string[] | null
  /** Those where who asks keeps the records of key populations: of their strays what is a keeper's to decide on. */
  readonly keptAt: readonly string[]
}

export interface Most {
  readonly rows: number
  /** Of all their asks, sealed. */
  readonly signs: number
}
/** Where a page ended: which of its maker's it was, when it came. */
export interface KeptMark {
  readonly turn: number
  readonly at: Date
  readonly id: string
}
export type TurnedRow = InboxRow & Pick<KeptMark, 'turn'>
const kept = ({ county, only, places, keptAt }: KeptFilter) => sql`
  county_code = ${county}
  and emptied_at is null
  and (${only} = 'all' or state = 'open')
  and (
    ${places}::uuid[] is null
    or place_id = any(${places}::uuid[])
    or (kept_for = 'keeper' and place_id = any(${keptAt}::uuid[]))
  )
`
const beyond = (mark: KeptMark | undefined) =>
  mark === undefined
    ? sql`true`
    : sql`
        (
          turn > ${mark.turn}
          or (turn = ${mark.turn} and (received_at < ${mark.at} or (received_at = ${mark.at} and id > ${mark.id})))
        )
      `

/** So many at most, of each maker the newest before the second newest of anybody: who sends much hides nobody's. */
export const listKept = (
  tx: Reading,
  filter: KeptFilter,
  most: Most,
  after: KeptMark | undefined,
): Promise<TurnedRow[]> =>
  rowsOf<TurnedRow>(
    tx,
    sql`
      with ranked as (
        select id, received_at, octet_length(ask_sealed) as signs,
          row_number() over (partition by account_id order by received_at desc, id) as turn
        from sync.inbox
        where ${kept(filter)}
      ),
      summed as (
        select id, turn, received_at, sum(signs) over (order by turn, received_at desc, id) as so_far
        from ranked
        where ${beyond(after)}
      ),
      shown as (
        select id, turn
        from summed
        where so_far <= ${most.signs}
        order by turn, received_at desc, id
        limit ${most.rows}
      )
      select
        i.county_code, i.id, i.account_id, i.holder, i.device_id, i.place_id, i.name, i.subject, i.ask_sealed,
        i.problem, i.made_at, i.received_at, i.state, i.reason, i.decided_by, i.decided_at, i.shown_at, i.event_id,
        i.kept_for, i.emptied_at, s.turn::int as turn
      from shown s
        join sync.inbox i on i.county_code = ${filter.county} and i.id = s.id
      order by s.turn, i.received_at desc, i.id
    `,
  )

/** Kept for all who look after: one that is being decided on is left out, and shown already. */
export async function markShown(tx: Tx, county: string, ids: readonly string[], at: Date): Promise<void> {
  await run(
    tx,
    sql`
      update sync.inbox i
      set shown_at = ${at}
      from (
          select id
          from sync.inbox
          where county_code = ${county} and id = any(${ids}::uuid[]) and shown_at is null
          for update skip locked
        ) fresh
      where i.county_code = ${county} and i.id = fresh.id
    `,
  )
}

export async function countKept(tx: Reading, filter: KeptFilter): Promise<number> {
  const row = await rowOf<{ n: number }>(tx, sql`select count(*)::int as n from sync.inbox where ${kept(filter)}`)
  return row!.n
}

/** What waits for the desk of a place that ended waits for that of what follows it. */
export async function followInbox(tx: Tx, county: string, endedId: string, heir: string): Promise<void> {
  await run(
    tx,
    sql`
      update sync.inbox
      set place_id = ${heir}
      where county_code = ${county} and place_id = ${endedId} and state = 'open'
    `,
  )
}

/** How many acts of somebody wait for a desk. */
export async function countOpen(tx: Reading, county: string, accountId: string): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from sync.inbox
      where county_code = ${county} and account_id = ${accountId} and state = 'open'
    `,
  )
  return row!.n
}

/** An act that lies here: still open, or decided on already, and whether a desk has seen it. */
export interface Lying {
  readonly state: InboxState
  readonly isShown: boolean
}
/** Those of some acts that lie here, by their ids. */
export async function findStates(
  tx: Reading,
  county: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Lying>> {
  const rows = await rowsOf<Pick<InboxRow, 'id' | 'state' | 'shown_at'>>(
    tx,
    sql`select id, state, shown_at from sync.inbox where county_code = ${county} and id = any(${ids}::uuid[])`,
  )
  return new Map(rows.map((row) => [row.id, { state: row.state, isShown: row.shown_at !== null }]))
}

export interface Amount {
  readonly number: number
  readonly signs: number
}
export type AmountKept = Amount & { readonly handedIn: number }
/** What lies here of a phone's acts, decided or not, and how many of them it handed in before it was wiped. */
export async function amountKept(
  tx: Reading,
  county: string,
  accountId: string,
  deviceId: string,
): Promise<AmountKept> {
  const row = await rowOf<AmountKept>(
    tx,
    sql`
      select
        count(*)::int as number, (count(*) filter (where problem = 'device.wiped'))::int as "handedIn", coalesce(sum(octet_length(ask_sealed)), 0)::float8 as signs
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
        received_at, state, reason, decided_by, decided_at, shown_at, event_id, kept_for, emptied_at
      from sync.inbox
      where county_code = ${county} and id = ${id}
      for update
    `,
  )

const one = (condition: RawBuilder<unknown>) => sql<InboxRow>`
  select
    county_code, id, account_id, holder, device_id, place_id, name, subject, ask_sealed, problem, made_at, received_at,
    state, reason, decided_by, decided_at, shown_at, event_id, kept_for, emptied_at
  from sync.inbox
  where ${condition}
`
export const findKept = (tx: Reading, county: string, id: string): Promise<InboxRow | undefined> =>
  rowOf<InboxRow>(tx, one(sql`county_code = ${county} and id = ${id}`))
/** The report of an event that is not in the books, where it lies here itself. */
export const findReport = (tx: Reading, county: string, eventId: string): Promise<InboxRow | undefined> =>
  rowOf<InboxRow>(
    tx,
    sql`${one(sql`county_code = ${county} and event_id = ${eventId} and name = 'reportEvent'`)} order by received_at limit 1`,
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
