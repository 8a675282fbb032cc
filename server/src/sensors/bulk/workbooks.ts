/** Workbooks of devices that go out: the template, the rows to mend, and the keys, which stand nowhere else. */
import { buffer } from 'node:stream/consumers'
import { onePage, writeWorkbook, type Cell } from '../../kernel/workbooks/write-workbook.ts'
import { columnNotes, columns, sayFault } from './columns.ts'
import type { SettledRow } from './settle-rows.ts'

const names = columns.map((c) => c.name)

export const writeTemplate = (): NodeJS.ReadableStream => writeWorkbook(names, onePage([]), { notes: columnNotes })

export function writeToMend(header: readonly string[], faulty: readonly SettledRow[]): Promise<string> {
  const wide = Math.max(header.length, ...faulty.map((r) => r.cells.length))
  const widened = (texts: readonly string[]) => Array.from({ length: wide }, (_, i) => texts[i] ?? '')
  const lines = faulty.map((r) => [
    ...widened(r.cells),
    `第 ${r.row} 行`,
    r.faults.map(({ column, fault }) => `${column}：${sayFault(fault)}`).join('；'),
  ])
  return encoded([...widened(header), '原行号', '问题'], lines)
}

/** A device and its key, as whoever installs it needs them. */
export interface Keyed {
  readonly kind: string
  readonly name: string
  readonly placeName: string
  readonly spot: string
  readonly key: string
}

export const writeKeys = (keyed: readonly Keyed[]): Promise<string> =>
  encoded(
    ['设备类型', '名称或编号', '所在网格', '具体位置', '密钥（只此一份）'],
    keyed.map((d) => [d.kind, d.name, d.placeName, d.spot, d.key]),
  )

async function encoded(header: readonly string[], lines: readonly (readonly Cell[])[]): Promise<string> {
  return (await buffer(writeWorkbook(header, onePage(lines)))).toString('base64')
}
