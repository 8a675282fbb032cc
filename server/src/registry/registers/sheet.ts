/** A register as a workbook: the rows of its list, with what is due and what is missing in words. */
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { listExportLimit } from '@fengge/domain/kernel/list-export'
import { dayOf } from '@fengge/domain/kernel/time'
import type { exportRegister as promise, Register } from '@fengge/domain/registry/registers/contract'
import type { Asking } from '../../kernel/context.ts'
import type { ListSheet } from '../../kernel/workbooks/send-list.ts'
import { placeTree } from '../../places/door.ts'
import { fieldBook } from '../field-book.ts'
import { registerRows } from './queries/list-register.ts'

const names: Readonly<Record<Register, readonly [zh: string, plain: string]>> = {
  shops: ['沿街商铺台账', 'shops'],
  'unmanaged-estates': ['无物业小区台账', 'estates'],
  'said-names': ['待确认小区名台账', 'estate-names'],
}

export async function sheetOfRegister(ctx: Asking, ask: AskOf<typeof promise>): Promise<ListSheet> {
  const { register, placeId, isDue, purpose } = ask
  const { rows, total, due } = await registerRows(ctx, ask, { duty: 'registry.export', size: listExportLimit })
  const fields = (await fieldBook(ctx, ctx.caller.countyCode)).fields(register === 'shops' ? 'unit' : 'estate')
  const nameOf = (code: string) => fields.find((f) => f.code === code)?.name ?? code
  const place = placeId === undefined ? undefined : placeTree(ctx).get(placeId)?.name
  return {
    name: names[register],
    fact: 'registry.register-exported',
    subject: placeId ?? ctx.caller.accountId ?? '',
    purpose,
    filter: [
      ['台账', names[register][0]],
      ...(isDue === 'yes' ? [['范围', '只含待核实'] as const] : []),
      ...(place === undefined ? [] : [['区域', place] as const]),
    ],
    header: ['名称', '地址', '网格', '是否待核实', '核实到期', '待补项目'],
    rows: rows.map((r) => [
      r.name,
      r.note,
      r.gridName,
      r.isDue ? '待核实' : '',
      r.dueAt === null ? '从未核实' : dayOf(Date.parse(r.dueAt)),
      r.missing.map(nameOf).join('、'),
    ]),
    total: isDue === 'yes' ? due : total,
  }
}
