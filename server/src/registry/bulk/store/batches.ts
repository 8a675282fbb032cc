/** Batches: a file sent to be imported, how far it is, and the rows that came back. */
import type { Batch, Counted } from '@fengge/domain/registry/bulk-contract'
import type { ImportKind } from '@fengge/domain/registry/terms'
import { insertInto } from '../../../kernel/db/sink.ts'
import { rowOf, rowsOf, rowWritten, run, sql } from '../../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../../kernel/db/tx.ts'
import type { SealedAt, Sealer } from '../../../kernel/seal.ts'
import type { CellFault } from '../judge-rows.ts'

/** Where the cells of a row stand that could not be taken. */
export const cellsAt = (batchId: string, row: number): SealedAt => `registry.batch_fault.cells_sealed:${batchId}/${row}`

/** The cells of a row that could not be taken, as they stood in the file. */
export const openCells = (sealer: Pick<Sealer, 'open'>, batchId: string, row: FaultRow): string[] =>
  JSON.parse(sealer.open(row.cells_sealed, cellsAt(batchId, row.row_no))) as string[]

interface Known {
  readonly kind: ImportKind
  readonly mode: Batch['mode']
  readonly state: Batch['state']
}
export type BatchRow = Pick<
  Row<'registry.batch'>,
  'county_code' | 'id' | 'file_name' | 'account_id' | 'place_id' | 'rows' | 'done' | 'at'
> &
  Known
export type BatchListed = Pick<
  Row<'registry.batch'>,
  'id' | 'file_name' | 'at' | 'rows' | 'done' | 'created' | 'changed' | 'same' | 'faults' | 'no_grid' | 'problem'
> &
  Known & { readonly held: number } & Counted
/** How far an import came by a page. */
export interface Progress {
  readonly rows: number
  readonly upTo: number
  readonly created: number
  readonly changed: number
  readonly same: number
  readonly faults: number
  /** Rows whose place is no grid. */
  readonly noGrid: number
}
type BatchKey = Pick<BatchRow, 'county_code' | 'id'>

const selectBatches = sql`
  select county_code, id, kind, file_name, mode, state, account_id, place_id, rows, done, at
  from registry.batch
`

/** The oldest import of each account that waits or was broken off, of all counties; whose is the oldest first. */
export function listFirstOfEach(reading: Reading): Promise<BatchRow[]> {
  return rowsOf<BatchRow>(
    reading,
    sql<BatchRow>`
      select county_code, id, kind, file_name, mode, state, account_id, place_id, rows, done, at
      from (
        select
          county_code, id, kind, file_name, mode, state, account_id, place_id, rows, done, at,
          row_number() over (partition by account_id order by at, id) as of_account
        from registry.batch
        where state in ('waiting', 'running')
      ) b
      where of_account = 1
      order by at, id
    `,
  )
}

export function findBatch(
  reading: Reading,
  county: string,
  id: string,
  accountId: string | null,
): Promise<BatchRow | undefined> {
  return rowOf<BatchRow>(
    reading,
    sql<BatchRow>`${selectBatches} where county_code = ${county} and id = ${id} and account_id = ${accountId}`,
  )
}

export function lockBatch(tx: Tx, county: string, id: string, accountId: string | null): Promise<BatchRow | undefined> {
  return rowWritten<BatchRow>(
    tx,
    sql<BatchRow>`
      ${selectBatches}
      where county_code = ${county} and id = ${id} and account_id = ${accountId}
      for update
    `,
  )
}

/** Waits for an answer which estate is meant. */
const heldFault = JSON.stringify([{ fault: 'estate.close' }])

/** Names of estates that rows of an import wait for, as they were written, most rows first. */
export async function listHeld(
  reading: Reading,
  county: string,
  id: string,
): Promise<{ written: string; rows: number }[]> {
  const rows = await rowsOf<{ written: string; n: number }>(
    reading,
    sql`
      select x.fault ->> 'written' as written, count(*) as n
      from registry.batch_fault f
        cross join lateral jsonb_array_elements(f.faults) x (fault)
      where f.county_code = ${county} and f.batch_id = ${id} and x.fault ->> 'fault' = 'estate.close'
      group by 1
      order by n desc, 1
      limit 200
    `,
  )
  return rows.map((r) => ({ written: r.written, rows: Number(r.n) }))
}

/** Rows that are taken after all. */
export async function dropFaults(tx: Tx, b: BatchKey, rows: readonly number[]): Promise<void> {
  await run(
    tx,
    sql`
      delete from registry.batch_fault
      where county_code = ${b.county_code} and batch_id = ${b.id} and row_no = any(${rows}::int[])
    `,
  )
  await run(
    tx,
    sql`
      update registry.batch
      set faults = faults - ${rows.length}
      where county_code = ${b.county_code} and id = ${b.id}
    `,
  )
}

export function listBatches(reading: Reading, county: string, accountId: string | null): Promise<BatchListed[]> {
  return rowsOf<BatchListed>(
    reading,
    sql`
      select
        b.id, b.kind, b.file_name, b.mode, b.state, b.at, b.rows, b.done, b.created, b.changed, b.same, b.faults,
        b.no_grid, b.problem, coalesce(u.removed, 0) as removed, coalesce(u.restored, 0) as restored,
        coalesce(u.kept, 0) as kept,
        (
          select count(*)
          from registry.batch_fault f
          where f.county_code = b.county_code and f.batch_id = b.id and f.faults @> ${heldFault}::jsonb
        ) as held
      from registry.batch b
        left join registry.batch_undo u on u.county_code = b.county_code and u.batch_id = b.id
      where b.county_code = ${county} and b.account_id = ${accountId}
      order by b.at desc
      limit 50
    `,
  )
}

export type FreshBatch = Omit<BatchRow, 'state' | 'rows' | 'done'> & {
  readonly posting_id: string
  readonly at: Date
  /** Of the file. */
  readonly bytes: number
}

/** A file that came in. @returns whether it is new: an id that is known, in whatever county, is another import's */
export async function addBatch(tx: Tx, b: FreshBatch): Promise<boolean> {
  const added = await run(
    tx,
    sql`
      insert into
        registry.batch (county_code, id, kind, file_name, mode, state, account_id, posting_id, place_id, at, bytes)
      select
        ${b.county_code}, ${b.id}, ${b.kind}, ${b.file_name}, ${b.mode}, 'waiting', ${b.account_id}, ${b.posting_id},
        ${b.place_id}, ${b.at}, ${b.bytes}
      where not exists (select 1 from registry.batch where id = ${b.id})
      on conflict do nothing
    `,
  )
  return added > 0
}

/** It came to its end. */
export async function setBatchState(tx: Tx, b: BatchKey, state: Batch['state'], finishedAt: Date): Promise<void> {
  await run(
    tx,
    sql`
      update registry.batch
      set state = ${state}, finished_at = ${finishedAt}
      where county_code = ${b.county_code} and id = ${b.id}
    `,
  )
}

/** @returns how often it was begun since it last came a page further */
export async function beginBatch(tx: Tx, b: BatchKey): Promise<number> {
  const row = await rowWritten<Pick<Row<'registry.batch'>, 'tries'>>(
    tx,
    sql`
      update registry.batch
      set state = 'running', finished_at = null, tries = tries + 1
      where county_code = ${b.county_code} and id = ${b.id}
      returning tries
    `,
  )
  return row?.tries ?? 0
}

/** A try that was broken off by no fault of the file counts for none. */
export async function forgetTry(tx: Tx, b: BatchKey): Promise<void> {
  await run(
    tx,
    sql`
      update registry.batch
      set tries = greatest(0, tries - 1)
      where county_code = ${b.county_code} and id = ${b.id}
    `,
  )
}

export async function failBatch(tx: Tx, b: BatchKey, problem: string, at: Date): Promise<void> {
  await run(
    tx,
    sql`
      update registry.batch
      set state = 'failed', problem = ${problem}, finished_at = ${at}
      where county_code = ${b.county_code} and id = ${b.id}
    `,
  )
}

export async function setUndoing(tx: Tx, b: BatchKey): Promise<void> {
  await run(tx, sql`update registry.batch set state = 'undoing' where county_code = ${b.county_code} and id = ${b.id}`)
}

export async function markBatchUndone(tx: Tx, b: BatchKey): Promise<void> {
  await run(tx, sql`update registry.batch set state = 'undone' where county_code = ${b.county_code} and id = ${b.id}`)
}

/** A judged file is counted anew while it is taken. */
export async function restartBatch(tx: Tx, b: BatchKey): Promise<void> {
  await run(
    tx,
    sql`update registry.batch set done = 0, rows = 0, no_grid = 0 where county_code = ${b.county_code} and id = ${b.id}`,
  )
}

/** What was counted and found is forgotten. */
export async function tellAnew(tx: Tx, b: BatchKey): Promise<void> {
  await run(tx, sql`delete from registry.batch_fault where county_code = ${b.county_code} and batch_id = ${b.id}`)
  await run(
    tx,
    sql`
      update registry.batch
      set done = 0, rows = 0, created = 0, changed = 0, same = 0, faults = 0, no_grid = 0
      where county_code = ${b.county_code} and id = ${b.id}
    `,
  )
}

export async function keepHeader(tx: Tx, b: BatchKey, header: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      update registry.batch
      set header = ${JSON.stringify(header)}::jsonb
      where county_code = ${b.county_code} and id = ${b.id} and header = '[]'
    `,
  )
}

export async function addProgress(tx: Tx, b: BatchKey, p: Progress): Promise<void> {
  await run(
    tx,
    sql`
      update registry.batch
      set
        rows = rows + ${p.rows}, done = ${p.upTo}, created = created + ${p.created}, changed = changed + ${p.changed},
        same = same + ${p.same}, faults = faults + ${p.faults}, no_grid = no_grid + ${p.noGrid}, tries = 0
      where county_code = ${b.county_code} and id = ${b.id}
    `,
  )
}

export async function countFaults(reading: Reading, b: BatchKey): Promise<number> {
  const row = await rowOf<{ n: number }>(
    reading,
    sql`
      select count(*) as n
      from registry.batch_fault
      where county_code = ${b.county_code} and batch_id = ${b.id}
    `,
  )
  return Number(row?.n)
}

export interface FreshFault {
  readonly row: number
  readonly faults: readonly CellFault[]
  /** The cells of the row, sealed: what is wrong may still be somebody's number. */
  readonly sealed: string
}
const faultSink = insertInto(
  'registry.batch_fault',
  { county_code: 'text', batch_id: 'uuid', row_no: 'int', faults: 'jsonb', cells_sealed: 'text' },
  {},
  'on conflict do nothing',
)

export async function addFaults(tx: Tx, b: BatchKey, faults: readonly FreshFault[]): Promise<void> {
  if (faults.length === 0) return
  const rows = faults.map((f) => ({
    county_code: b.county_code,
    batch_id: b.id,
    row_no: f.row,
    faults: JSON.stringify(f.faults),
    cells_sealed: f.sealed,
  }))
  await run(tx, faultSink.into(rows))
}

export type HeaderRow = Pick<Known, 'kind'> & { readonly header: string[] }

export function findHeaderOf(
  reading: Reading,
  county: string,
  id: string,
  accountId: string | null,
): Promise<HeaderRow | undefined> {
  return rowOf<HeaderRow>(
    reading,
    sql`
      select kind, header
      from registry.batch
      where county_code = ${county} and id = ${id} and account_id = ${accountId}
    `,
  )
}

export type FaultRow = Pick<Row<'registry.batch_fault'>, 'row_no' | 'cells_sealed'> & { readonly faults: CellFault[] }

export function listFaults(reading: Reading, county: string, id: string): Promise<FaultRow[]> {
  return rowsOf<FaultRow>(
    reading,
    sql`
      select row_no, faults, cells_sealed
      from registry.batch_fault
      where county_code = ${county} and batch_id = ${id}
      order by row_no
    `,
  )
}

/** Imports that wait or run, by state, and since when the oldest does. */
export const countOpenBatches = (reading: Reading): Promise<{ state: string; batches: number; oldest: Date }[]> =>
  rowsOf(
    reading,
    sql<{ state: string; batches: number; oldest: Date }>`
      select state, count(*) as batches, min(at) as oldest
      from registry.batch
      where state in ('waiting', 'running')
      group by state
    `,
  )

/** Drops rows that could not be taken, of imports that were over before an instant. @returns how many */
export function dropOldFaults(tx: Tx, before: Date, most: number): Promise<number> {
  return run(
    tx,
    sql`
      delete from registry.batch_fault f
      using (
        select f0.county_code, f0.batch_id, f0.row_no
        from registry.batch_fault f0
          join registry.batch b on b.county_code = f0.county_code and b.id = f0.batch_id
        where b.finished_at < ${before}
        limit ${most}
      ) old
      where f.county_code = old.county_code and f.batch_id = old.batch_id and f.row_no = old.row_no
    `,
  )
}
