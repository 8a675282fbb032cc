/** Workbooks that go out: the template to fill in, and the rows to mend with what is wrong beside them. */
import { faultWords } from '@fengge/domain/registry/bulk-contract'
import { columnsFor, recordKindOf, type ImportColumn } from '@fengge/domain/registry/files/import-columns'
import type { ImportKind } from '@fengge/domain/registry/terms'
import type { Asking } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { onePage, writeWorkbook, type Note } from '../../kernel/workbooks/write-workbook.ts'
import type { CellFault } from './judge-rows.ts'
import { fieldBook } from '../field-book.ts'
import { findHeaderOf, listFaults, openCells } from './store/batches.ts'

export async function writeTemplate(ctx: Asking, kind: ImportKind): Promise<NodeJS.ReadableStream> {
  const columns = columnsFor(kind, (await fieldBook(ctx, ctx.caller.countyCode)).fields(recordKindOf(kind)))
  return writeWorkbook(
    columns.map((x) => x.name),
    onePage([]),
    { notes: columns.map(noteFor) },
  )
}

function noteFor({ name, spec, code }: ImportColumn): Note {
  const must = spec?.isRequired ? '必填。' : ''
  const text = spec ? `${must}${spec.purpose}（${spec.basis}）` : '可不填'
  return { title: name, text, choices: choicesFor({ code, spec }) }
}

function choicesFor({ code, spec }: Pick<ImportColumn, 'code' | 'spec'>): readonly string[] {
  if (code === 'role') return ['户主', '成员', '承租人', '房主', '同住']
  if (spec?.type === 'flag') return ['是', '否']
  return spec?.choices.map(([, name]) => name) ?? []
}

/** The rows of a batch that could not be taken. Whoever looks at them is in the journal. */
export async function writeFaults(ctx: Asking, id: string): Promise<NodeJS.ReadableStream> {
  const county = ctx.caller.countyCode
  const batch = (await findHeaderOf(ctx.tx, county, id, ctx.caller.accountId)) ?? refuse('record.unknown', 404)
  const rows = await listFaults(ctx.tx, county, id)
  ctx.look('registry.faults-looked', id, { kind: batch.kind })
  const cells = rows.map((r) => openCells(ctx.sealer, id, r))
  const wide = Math.max(0, ...cells.map((x) => x.length))
  const widened = (texts: readonly string[]) => Array.from({ length: wide }, (_, i) => texts[i] ?? '')
  const lines = rows.map((r, i) => [...widened(cells[i] ?? []), `第 ${r.row_no} 行`, r.faults.map(sayFault).join('；')])
  return writeWorkbook([...widened(batch.header), '原行号', '问题'], onePage(lines))
}

/** A name that may be a known estate's is shown beside it. */
function sayFault({ column, fault, written, near }: CellFault): string {
  const names = near === undefined ? '' : `（“${written}”与“${near}”）`
  return `${column}：${faultWords[fault] ?? fault}${names}`
}
