/** Records as lines of a list: enough to know which one it is, and no more (domain/src/registry/sight.ts, 'search'). */
import type { Brief } from '@fengge/domain/registry/terms'
import { seen } from '@fengge/domain/registry/sight'
import type { RecordKind, Values } from '@fengge/domain/registry/terms'
import type { Asking } from '../../kernel/context.ts'
import { fieldBook } from '../field-book.ts'
import { openerOf } from '../record-columns.ts'
import { dutiesOver, gridName } from '../sight.ts'
import type { RecordRow } from '../store/records.ts'
import { addressesOf } from './addresses.ts'

export async function briefsOf(ctx: Asking, kind: RecordKind, rows: readonly RecordRow[]): Promise<Brief[]> {
  if (rows.length === 0) return []
  const addresses = kind === 'house' ? await addressesOf(ctx, rows) : new Map<string, string>()
  const specs = (await fieldBook(ctx, ctx.caller.countyCode)).fields(kind)
  return rows.map((row) => {
    const kept = { specs, body: row.body, sealed: row.sealed, open: openerOf(row.id, ctx.sealer) }
    const { values } = seen(kept, dutiesOver(ctx, row).duties, 'search')
    return {
      id: row.id,
      kind,
      name: addresses.get(row.id) ?? row.name,
      sort: row.sort,
      gridName: gridName(ctx, row),
      note: kind === 'person' ? noteOnPerson(values) : String(values['address'] ?? ''),
      isDue: row.due_at === null || row.due_at.getTime() <= ctx.now,
      dueAt: row.due_at?.toISOString() ?? null,
    }
  })
}

const sexWords: Readonly<Record<string, string>> = { male: '男', female: '女' }
const noteOnPerson = (values: Values): string =>
  [sexWords[String(values['sex'])] ?? '', String(values['born'] ?? '').slice(0, 4)].filter((x) => x !== '').join(' ')
