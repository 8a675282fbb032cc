/** Imports that are being taken back, and how far that is. */
import type { Counted } from '@fengge/domain/registry/bulk-contract'
import { rowOf, rowsOf, run, rowWritten, sql } from '../../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../../kernel/db/tx.ts'
import type { BatchRow } from '../store/batches.ts'
import { madeKinds } from '../store/made.ts'

export const steps = ['changes', 'links', ...madeKinds] as const
export type Step = (typeof steps)[number]

type BatchKey = Pick<BatchRow, 'county_code' | 'id'>
export type UndoRow = Pick<
  Row<'registry.batch_undo'>,
  'request_id' | 'reason' | 'after_version' | 'after_id' | 'removed' | 'restored' | 'kept'
> & { readonly step: Step | 'done' }

export async function beginUndo(
  tx: Tx,
  b: BatchKey,
  about: { readonly requestId: string; readonly reason: string; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into registry.batch_undo (county_code, batch_id, request_id, reason, step, at)
      values (${b.county_code}, ${b.id}, ${about.requestId}, ${about.reason}, ${steps[0]}, ${about.at})
    `,
  )
}

export function findUndo(reading: Reading, b: BatchKey): Promise<UndoRow | undefined> {
  return rowOf<UndoRow>(
    reading,
    sql<UndoRow>`
      select request_id, reason, step, after_version, after_id, removed, restored, kept
      from registry.batch_undo
      where county_code = ${b.county_code} and batch_id = ${b.id}
    `,
  )
}

/** A piece further. */
export interface Further extends Counted {
  readonly step: Step | 'done'
  /** The last row that was looked at, where the step goes on. */
  readonly after?: { readonly version?: number; readonly id: string } | undefined
}

export async function keepUndo(tx: Tx, b: BatchKey, further: Further, at: Date): Promise<Counted> {
  const { step, after, removed, restored, kept } = further
  return (await rowWritten<Counted>(
    tx,
    sql`
      update registry.batch_undo
      set
        step = ${step}, after_version = ${after?.version ?? null}, after_id = ${after?.id ?? null}, at = ${at},
        removed = removed + ${removed}, restored = restored + ${restored}, kept = kept + ${kept}
      where county_code = ${b.county_code} and batch_id = ${b.id}
      returning removed, restored, kept
    `,
  ))!
}

/** Those that came no piece further since a moment, of any county. */
export function listBrokenUndos(reading: Reading, since: Date): Promise<(BatchKey & Pick<BatchRow, 'account_id'>)[]> {
  return rowsOf(
    reading,
    sql`
      select b.county_code, b.id, b.account_id
      from registry.batch_undo u
        join registry.batch b on b.county_code = u.county_code and b.id = u.batch_id
      where u.step <> 'done' and u.at < ${since} and b.state = 'undoing'
      order by u.at
      limit 20
    `,
  )
}

/** It is looked at again later. */
export async function pushUndoAside(tx: Tx, b: BatchKey, at: Date): Promise<void> {
  await run(
    tx,
    sql`update registry.batch_undo set at = ${at} where county_code = ${b.county_code} and batch_id = ${b.id}`,
  )
}
