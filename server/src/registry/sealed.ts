/** What is sealed of the registry: fields of records and of their history, key populations, rows that came back, ledgers. */
import { fieldSpecs } from '@fengge/domain/registry/fields'
import type { FieldChanges } from '@fengge/domain/registry/editing'
import type { RecordKind } from '@fengge/domain/registry/terms'
import { changed, sealedTexts, textOf, type Line, type SealedTable, type Turning } from '../kernel/sealed-table.ts'
import { cellsAt } from './bulk/store/batches.ts'
import { arrivedAt } from './arriving/store/arrivals.ts'
import { wentAt } from './leaving/store/leavings.ts'
import { factsAt } from './ledgers/store.ts'
import { fieldAt, indexColumns, mapSealed } from './record-columns.ts'
import { helperAt } from './store/care-teams.ts'
import { careAt, careValuesAt } from './store/overlays.ts'

const byId = ['county_code', 'id']
const digests = ['id_index', 'id_tail', 'phone_index', 'phone_tail'] as const

function turnRecord(row: Line, keys: Turning): Record<string, string> | undefined {
  const [id, sealed] = [textOf(row, 'id'), row['sealed'] as Record<string, string>]
  const fresh = Object.entries(sealed).map(([code, v]) => [code, keys.again(v, fieldAt(id, code))] as const)
  const isSame = fresh.every(([code, v]) => v === sealed[code])
  return isSame ? undefined : { sealed: JSON.stringify(Object.fromEntries(fresh)) }
}

const records = (kind: RecordKind): SealedTable => ({
  table: `registry.${kind}`,
  keys: byId,
  columns: ['sealed'],
  covers: ['sealed'],
  turn: turnRecord,
})

/** A person is also found by digests of number and phone; they are left where a value can be opened by nobody. */
const persons: SealedTable = {
  ...records('person'),
  columns: ['sealed', ...digests],
  covers: ['sealed', ...digests],
  turn: (row, keys) => {
    const id = textOf(row, 'id')
    const values = Object.entries(row['sealed'] as Record<string, string>).map(
      ([code, v]) => [code, keys.read(v, fieldAt(id, code))] as const,
    )
    const isReadable = values.every(([, v]) => v !== undefined)
    const open = Object.fromEntries(values.map(([code, v]) => [code, v ?? null]))
    const fresh = {
      ...turnRecord(row, keys),
      ...(isReadable ? changed(row, indexColumns(open, keys)) : {}),
    }
    return Object.keys(fresh).length === 0 ? undefined : fresh
  },
}

const changes: SealedTable = {
  table: 'registry.change',
  keys: byId,
  columns: ['kind', 'fields'],
  covers: ['fields'],
  turn: (row, { again }) => {
    let isSame = true
    const change = { id: textOf(row, 'id'), kind: row['kind'] as RecordKind, fields: row['fields'] as FieldChanges }
    const fields = mapSealed(change, (sealed, at) => {
      const fresh = again(sealed, at)
      isSame &&= fresh === sealed
      return fresh
    })
    return isSame ? undefined : { fields: JSON.stringify(fields) }
  },
}

const kinds = (Object.keys(fieldSpecs) as RecordKind[]).filter((kind) => kind !== 'person')

export const registrySealed = [
  persons,
  ...kinds.map(records),
  changes,
  sealedTexts('registry.leaving', byId, { to_sealed: (row) => wentAt(textOf(row, 'id')) }),
  sealedTexts('registry.arrival', byId, { where_sealed: (row) => arrivedAt(textOf(row, 'id')) }),
  sealedTexts('registry.overlay', byId, {
    sealed: (row) => careAt(textOf(row, 'id')),
    values_sealed: (row) => careValuesAt(textOf(row, 'id')),
  }),
  // As it stood in the reason of care that it was of.
  {
    ...sealedTexts('registry.overlay_former', byId, {
      sealed: (row) => careAt(textOf(row, 'overlay_id')),
      values_sealed: (row) => careValuesAt(textOf(row, 'overlay_id')),
    }),
    columns: ['overlay_id', 'sealed', 'values_sealed'],
  },
  sealedTexts('registry.overlay_helper', byId, { sealed: (row) => helperAt(textOf(row, 'id')) }),
  sealedTexts('registry.batch_fault', ['county_code', 'batch_id', 'row_no'], {
    cells_sealed: (row) => cellsAt(textOf(row, 'batch_id'), Number(row['row_no'])),
  }),
  sealedTexts('registry.ledger_row', byId, { sealed: (row) => factsAt(textOf(row, 'id')) }),
]
