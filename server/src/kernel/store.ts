/** The journal and the answered requests in the database. Written by the kernel alone, whatever the schema is called. */
import { createGroupWriter } from './db/group-writer.ts'
import { insertInto, rowsNamed, type RowsFor, type Sinks } from './db/sink.ts'
import { rowOf, rowsOf, run, sql } from './db/sql.ts'
import type { Inserts, Reading, Row, Tx } from './db/tx.ts'
import type { SealedAt } from './seal.ts'

/** A row as it is written: the instant as text, `wrote_in`, `seq` and `chain` by the database and the sealer. */
export type JournalRow = Omit<Row<'audit.journal'>, 'at' | 'detail' | 'wrote_in' | 'seq' | 'chain'> & {
  readonly at: string
  readonly detail: Record<string, unknown>
}

export const journalSink = insertInto('audit.journal', {
  county_code: 'text',
  id: 'uuid',
  at: 'timestamptz',
  kind: 'text',
  fact: 'text',
  account_id: 'uuid',
  posting_id: 'uuid',
  subject: 'text',
  detail: 'jsonb',
  ip: 'text',
  mac: 'text',
})

export type RequestRow = Omit<Row<'kernel.request'>, 'at' | 'reply'> & { readonly at: Date; readonly reply: string }

export const requestSink = insertInto('kernel.request', {
  county_code: 'text',
  request_id: 'uuid',
  endpoint: 'text',
  account_id: 'uuid',
  ask_hash: 'text',
  reply: 'jsonb',
  at: 'timestamptz',
})

export { attempt } from './db/sql.ts'
export type { RowsFor, Sinks }

/** What every call writes besides. */
export const answeredSinks = { journal: journalSink, request: requestSink }

/** Rows by the names of their sinks. */
export async function saveRows<S extends Sinks>(tx: Tx, sinks: S, rows: RowsFor<S>): Promise<void> {
  for (const [name, sink] of Object.entries(sinks)) {
    const mine = rowsNamed(rows, name)
    if (mine.length > 0) await run(tx, sink.into(mine))
  }
}

export type JournalWriter = (rows: readonly JournalRow[]) => Promise<void>

/** Writes rows of the journal that no change goes with: looks and refusals, many callers in one commit. */
export function createJournalWriter(once: Inserts): JournalWriter {
  const { write } = createGroupWriter(once, 'journal', { journal: journalSink }, {})
  return (rows) => write({ journal: rows }, {})
}

export async function saveJournal(tx: Tx, rows: readonly JournalRow[]): Promise<void> {
  if (rows.length > 0) await run(tx, journalSink.into(rows))
}

/** What happened and what was answered, in one statement. */
export async function saveAnswered(tx: Tx, told: readonly JournalRow[], request: RequestRow): Promise<void> {
  await run(tx, sql`with j as (${journalSink.into(told)}) ${requestSink.into([request])}`)
}

export type Answered = Pick<Row<'kernel.request'>, 'endpoint' | 'account_id' | 'ask_hash' | 'reply'>

/** A request that was answered before. */
export function findAnswered(reading: Reading, county: string, requestId: string): Promise<Answered | undefined> {
  return rowOf<Answered>(
    reading,
    sql`
      select endpoint, account_id, ask_hash, reply
      from kernel.request
      where county_code = ${county} and request_id = ${requestId}
    `,
  )
}

/** Where a sealed reply stands. */
export const replyAt = (requestId: string): SealedAt => `kernel.request.reply:${requestId}`

/** Forgets what was answered before an instant; that it was answered stays. @returns how many */
export function emptyAnswered(tx: Tx, before: number): Promise<number> {
  return run(tx, sql`update kernel.request set reply = null where at < ${new Date(before)} and reply is not null`)
}

/** Forgets requests from before an instant. @returns how many */
export function dropAnswered(tx: Tx, before: number): Promise<number> {
  return run(tx, sql`delete from kernel.request where at < ${new Date(before)}`)
}

/** Whether the schema that jobs are kept in is there. */
export async function hasJobs(reading: Reading): Promise<boolean> {
  const row = await rowOf<{ is: boolean }>(reading, sql`select to_regnamespace('jobs') is not null as is`)
  return row?.is === true
}

/** One sealer at a time, whatever server it runs on. */
export async function lockSealing(tx: Tx): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(20261121)`)
}

/** Rows without a number whose transactions are older than any still running: nothing can come before them any more. */
export function listUnsealed(
  tx: Tx,
  most: number,
): Promise<Pick<Row<'audit.journal'>, 'county_code' | 'id' | 'mac'>[]> {
  return rowsOf(
    tx,
    sql<Pick<Row<'audit.journal'>, 'county_code' | 'id' | 'mac'>>`
      select county_code, id, mac
      from audit.journal
      where seq is null and wrote_in < pg_snapshot_xmin(pg_current_snapshot())
      order by county_code, wrote_in, id
      limit ${most}
    `,
  )
}

export interface Link {
  readonly seq: number
  readonly chain: string
}

/** The last link of a county's chain. */
export function findHead(tx: Tx, county: string): Promise<Link | undefined> {
  return rowOf<Link>(
    tx,
    sql`
      select seq, chain
      from audit.journal
      where county_code = ${county} and seq is not null and chain is not null
      order by seq desc
      limit 1
    `,
  )
}

export async function saveLinks(
  tx: Tx,
  links: readonly (Link & { readonly county_code: string; readonly id: string })[],
): Promise<void> {
  await run(
    tx,
    sql`
      update audit.journal j
      set seq = s.seq, chain = s.chain
      from
        jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as s (county_code char(6), id uuid, seq bigint, chain text)
      where j.county_code = s.county_code and j.id = s.id
    `,
  )
}

/** A row as it is read back; what the chain needs to be walked. */
export type JournalLink = Omit<Row<'audit.journal'>, 'wrote_in' | 'at' | 'detail'> & {
  readonly at: Date
  readonly detail: Record<string, unknown>
}

/** A page of a county's journal in the order of the chain, those without a number last. */
export function listLinks(
  reading: Reading,
  county: string,
  after: { readonly seq: number; readonly id: string },
): Promise<JournalLink[]> {
  return rowsOf<JournalLink>(
    reading,
    sql`
      select county_code, id, at, kind, fact, account_id, posting_id, subject, detail, ip, mac, seq, chain
      from audit.journal
      where county_code = ${county}
        and (coalesce(seq, 9e18::bigint), id) > (${after.seq}::bigint, ${after.id}::uuid)
      order by coalesce(seq, 9e18::bigint), id
      limit 5000
    `,
  )
}

/** From which row on a chain has a key, and the last link before; signed, so that nobody moves it. */
export type KeyedFrom = Pick<Row<'audit.keyed_from'>, 'county_code' | 'seq' | 'chain' | 'mac'>

export const findKeyedFrom = (reading: Reading, county: string): Promise<KeyedFrom | undefined> =>
  rowOf<KeyedFrom>(
    reading,
    sql`select county_code, seq, chain, mac from audit.keyed_from where county_code = ${county}`,
  )

export async function saveKeyedFrom(tx: Tx, marker: KeyedFrom): Promise<void> {
  await run(
    tx,
    sql`
      insert into audit.keyed_from (county_code, seq, chain, mac)
      values (${marker.county_code}, ${marker.seq}, ${marker.chain}, ${marker.mac})
    `,
  )
}

/** Counties that anything was told of. */
export async function listCountiesTold(reading: Reading): Promise<string[]> {
  const rows = await rowsOf<Pick<Row<'audit.journal'>, 'county_code'>>(
    reading,
    sql`
      select county_code
      from audit.journal
      union
      select county_code
      from audit.keyed_from
    `,
  )
  return rows.map((r) => r.county_code)
}

/** What a night's walk found of a county. */
export type KeptVerdict = Pick<Row<'audit.verdict'>, 'county_code' | 'at' | 'is_whole' | 'sealed' | 'faults'>

export async function saveVerdict(tx: Tx, v: KeptVerdict): Promise<void> {
  await run(
    tx,
    sql`
      insert into audit.verdict (county_code, at, is_whole, sealed, faults)
      values (${v.county_code}, ${v.at}, ${v.is_whole}, ${v.sealed}, ${v.faults})
      on conflict do nothing
    `,
  )
}

/** The newest of every county. */
export const listVerdicts = (reading: Reading): Promise<KeptVerdict[]> =>
  rowsOf<KeptVerdict>(
    reading,
    sql`
      select distinct on (county_code) county_code, at, is_whole, sealed, faults
      from audit.verdict
      order by county_code, at desc
    `,
  )

/** Rows of the journal that have no number yet, by county. */
export const countUnsealed = (reading: Reading): Promise<{ county_code: string; rows: number }[]> =>
  rowsOf(
    reading,
    sql<{ county_code: string; rows: number }>`
      select county_code, count(*) as rows
      from audit.journal
      where seq is null
      group by county_code
    `,
  )
