/** Results of a comparison of two ledgers as a workbook: each side as the screen shows it, phones masked. */
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { listExportLimit } from '@fengge/domain/kernel/list-export'
import { onFile } from '@fengge/domain/registry/fields'
import type { exportLedger as promise, LedgerRow } from '@fengge/domain/registry/ledger-contract'
import { agreementWords, ledgerStateWords } from '@fengge/web/words/registry.ts'
import { word } from '@fengge/web/words/terms.ts'
import type { Asking } from '../../kernel/context.ts'
import type { Cell } from '../../kernel/workbooks/write-workbook.ts'
import type { ListSheet } from '../../kernel/workbooks/send-list.ts'
import { viewRows } from './queries.ts'
import { countRows, listRows } from './store.ts'

const fields = ['name', 'idNo', 'phone', 'born', 'address'] as const
const fieldNames = ['姓名', '证件号码', '电话', '出生日期', '地址']
const stateName = (state: string) => word(ledgerStateWords, state, 'zh')

export async function sheetOfLedger(ctx: Asking, ask: AskOf<typeof promise>): Promise<ListSheet> {
  const where = { runId: ask.runId, state: ask.state, duty: 'registry.export' } as const
  const listed = await listRows(ctx.tx, ctx, { ...where, most: listExportLimit })
  const rows = await viewRows(ctx, ask.runId, listed)
  return {
    name: ['台账比对结果', 'ledgers'],
    fact: 'registry.ledger-exported',
    subject: ask.runId,
    purpose: ask.purpose,
    filter: ask.state === undefined ? [] : [['结果', stateName(ask.state)]],
    header: [
      '结果',
      '把握',
      '认定',
      '网格',
      '同一人编号',
      ...['用工', '租房'].flatMap((side) => [`${side}行号`, ...fieldNames.map((name) => `${side}${name}`)]),
      '逐项对比',
    ],
    rows: rows.map(lineOf),
    total: (await countRows(ctx.tx, ctx, where)) - (listed.length - rows.length),
  }
}

function lineOf(row: LedgerRow): Cell[] {
  const isAlone = row.state === 'employer-only' || row.state === 'rental-only'
  return [
    stateName(row.state),
    isAlone ? '' : `${(row.probability * 100).toFixed(1)}%`,
    row.decision === null ? '' : { same: '同一人', other: '不是同一人' }[row.decision],
    row.gridName,
    row.cluster,
    ...sideOf(row.employer),
    ...sideOf(row.rental),
    row.agreement
      .map((grade, i) => `${fieldNames[i]}${word(agreementWords, `${fields[i]}-${grade}`, 'zh')}`)
      .join('、'),
  ]
}

const sideOf = (side: LedgerRow['employer']): Cell[] =>
  side === null
    ? [null, ...fields.map(() => null)]
    : [side.row, ...fields.map((field) => (side[field] === onFile ? '已登记' : side[field]))]
