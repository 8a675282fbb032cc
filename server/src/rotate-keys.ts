/**
 * Seals everything anew under the data key in force, while the server runs: values under the former key are
 * opened and found all the time. Safe to stop and to run again.
 */
import { fieldSpecs, isSealed, specOf } from '@fengge/domain/registry/fields'
import type { FieldChanges } from '@fengge/domain/registry/editing'
import type { RecordKind, Value } from '@fengge/domain/registry/terms'
import { rewriteRows, type Rewritten } from './kernel/db/rewrite.ts'
import type { Ground } from './kernel/ground.ts'
import type { Sealer } from './kernel/seal.ts'
import { indexColumns } from './registry/door.ts'

const byId = ['county_code', 'id']
/** Tables whose sealed values are texts, with the columns that name a row. */
const texts: readonly Rewritten[] = [
  { table: 'identity.account', keys: ['id'], columns: ['totp_secret', 'totp_pending'] },
  { table: 'events.reporter', keys: byId, columns: ['name_sealed', 'phone_sealed'] },
  { table: 'registry.overlay', keys: byId, columns: ['sealed'] },
  { table: 'registry.batch_fault', keys: ['county_code', 'batch_id', 'row_no'], columns: ['cells_sealed'] },
  { table: 'registry.ledger_row', keys: byId, columns: ['sealed'] },
]

/** @returns how many rows were sealed anew, by table */
export async function rotateKeys({
  database,
  sealer,
}: Pick<Ground, 'database' | 'sealer'>): Promise<Record<string, number>> {
  const again = (sealed: string) => sealer.seal(sealer.open(sealed))
  const done: Record<string, number> = {}
  for (const text of texts)
    done[text.table] = await rewriteRows(database, text, (row) =>
      Object.fromEntries(text.columns.map((c) => [c, row[c] === null ? null : again(row[c] as string)])),
    )
  for (const kind of Object.keys(fieldSpecs) as RecordKind[]) {
    if (!fieldSpecs[kind].some(isSealed)) continue
    const records = { table: `registry.${kind}`, keys: byId, columns: ['sealed'] }
    done[records.table] = await rewriteRows(database, records, (row) =>
      sealRecord(kind, row['sealed'] as Record<string, string>, sealer),
    )
  }
  const changes = { table: 'registry.change', keys: byId, columns: ['kind', 'fields'] }
  done[changes.table] = await rewriteRows(database, changes, (row) => ({
    fields: JSON.stringify(sealChanges(row['kind'] as RecordKind, row['fields'] as FieldChanges, again)),
  }))
  const requests = { table: 'kernel.request', keys: ['county_code', 'request_id'], columns: ['reply'] }
  done[requests.table] = await rewriteRows(database, requests, (row) => {
    const sealed = (row['reply'] as { sealed?: string } | null)?.sealed
    return sealed === undefined ? undefined : { reply: JSON.stringify({ sealed: again(sealed) }) }
  })
  return done
}

/** The sealed values of a record, and for a person the columns by which it is found. */
function sealRecord(kind: RecordKind, values: Record<string, string>, sealer: Sealer): Record<string, string | null> {
  const open = Object.fromEntries(Object.entries(values).map(([code, v]) => [code, sealer.open(v)]))
  const sealed = Object.fromEntries(Object.entries(open).map(([code, v]) => [code, sealer.seal(v)]))
  return { sealed: JSON.stringify(sealed), ...(kind === 'person' ? indexColumns(open, sealer) : {}) }
}

function sealChanges(kind: RecordKind, fields: FieldChanges, again: (sealed: string) => string): FieldChanges {
  return Object.fromEntries(
    Object.entries(fields).map(([code, change]) => {
      const spec = specOf(kind, code)
      const turn = (v: Value) => (v === null || !spec || !isSealed(spec) ? v : again(String(v)))
      return [code, { from: turn(change.from), to: turn(change.to) }]
    }),
  )
}
