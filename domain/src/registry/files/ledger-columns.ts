/** Which column of a ledger is what, told by the words of its header. */
import { normal } from '../../kernel/text.ts'
import type { LedgerRow } from '../linkage/records.ts'

type Column = keyof LedgerRow
const words: Record<Column, readonly string[]> = {
  name: ['姓名', '承租人', '租客', '租户', '员工姓名', '务工人员', '名字', '人员', 'name', '姓名(必填)'],
  idNo: ['身份证号', '身份证号码', '身份证', '公民身份号码', '证件号码', '证件号', 'idno', 'idnumber', 'idcard', 'id'],
  phone: ['手机', '手机号', '手机号码', '电话', '联系电话', '联系方式', '电话号码', 'phone', 'mobile', 'tel'],
  address: [
    '地址',
    '住址',
    '现住址',
    '居住地址',
    '租住地址',
    '房屋地址',
    '出租屋地址',
    '现居住地',
    '详细地址',
    '居住地',
    '房屋坐落',
    'address',
  ],
  born: ['出生日期', '出生年月', '出生年月日', '生日', '出生', 'birth', 'birthdate', 'birthday', 'dob', 'dateofbirth'],
}
/** Somebody else's column: the landlord's, the firm's. */
const other = /房东|业主|产权人|出租人|单位|企业|公司|紧急|法人|负责人|户籍|籍贯|原/

/** Nothing that a ledger says of somebody is longer; the rest of a cell is not looked at. */
const mostSigns = 200

const plain = (header: string) =>
  normal(header.slice(0, mostSigns), 'NFKC')
    .replace(/[（(].*[)）]/, '')
    .replaceAll(/[\s*_\-:：]/g, '')
    .toLowerCase()

/** The place of each column in a header row; `undefined` where the ledger has none. */
export function findColumns(header: readonly string[]): Record<Column, number | undefined> {
  const heads = header.map(plain)
  const taken = new Set<number>()
  const find = (fits: (head: string, i: number) => boolean) => {
    const at = heads.findIndex((h, i) => h !== '' && !taken.has(i) && fits(h, i))
    if (at >= 0) taken.add(at)
    return at < 0 ? undefined : at
  }
  const result = {} as Record<Column, number | undefined>
  const order: Column[] = ['idNo', 'born', 'phone', 'name', 'address']
  for (const column of order) result[column] = find((h) => words[column].includes(h))
  for (const column of order)
    result[column] ??= find(
      (h) => !other.test(h) && words[column].some((w) => w.length > 1 && w !== 'id' && w !== '人员' && h.includes(w)),
    )
  return result
}

/** The header among the first rows: the one with the most known words. @returns its place, or -1 when no row has a name column */
export function findHeader(rows: readonly (readonly string[])[]): number {
  let best = -1,
    most = 0
  rows.slice(0, 6).forEach((row, i) => {
    const columns = findColumns(row)
    const known = Object.values(columns).filter((c) => c !== undefined).length
    if (columns.name !== undefined && known > most) {
      best = i
      most = known
    }
  })
  return best
}

export function rowReader(columns: Record<Column, number | undefined>): (cells: readonly string[]) => LedgerRow {
  const at = (cells: readonly string[], column: Column) =>
    columns[column] === undefined ? '' : (cells[columns[column]] ?? '').slice(0, mostSigns)
  return (cells) => ({
    name: at(cells, 'name'),
    idNo: at(cells, 'idNo'),
    phone: at(cells, 'phone'),
    address: at(cells, 'address'),
    born: at(cells, 'born'),
  })
}

/** Whether no row says anything beside a name: a name alone links nobody (same-person.ts). */
export const isNamesOnly = (rows: readonly LedgerRow[]): boolean =>
  rows.every((row) => [row.idNo, row.phone, row.born, row.address].every((cell) => cell.trim() === ''))
