/** Values as they are kept, or one refusal that names every field and its fault, never the value. */
import type { Day } from '@fengge/domain/kernel/time'
import { settleDocument } from '@fengge/domain/registry/documents/document-kinds'
import { readValue } from '@fengge/domain/registry/fields'
import type { RecordKind, Value, Values } from '@fengge/domain/registry/terms'
import { refuse } from '../kernel/problems.ts'
import type { FieldBook } from './field-book.ts'

interface Beside {
  readonly today: Day
  /** What the record holds already, beside which the new values are read. */
  readonly before?: Values
}

export function readValues(book: FieldBook, kind: RecordKind, given: Values, { today, before }: Beside): Values {
  const raw = settleDocument(given)
  const values: Record<string, Value> = {}
  const faults: { field: string; fault: string }[] = []
  for (const [code, value] of Object.entries(raw)) {
    const spec = book.field(kind, code)
    if (!spec?.isOn) return refuse('field.off', 422, { field: code })
    const read = readValue(spec, value, today, { ...before, ...raw })
    if ('fault' in read) faults.push({ field: code, fault: read.fault })
    else values[code] = read.value
  }
  if (faults.length > 0) refuse('record.fields', 422, { fields: faults })
  return values
}
