/** Columns of an import file: the fields of a kind by their names, and the few that say where things are. */
import { normal } from '../../kernel/text.ts'
import { fieldSpecs, type FieldSpec } from '../fields.ts'
import type { ImportKind, RecordKind } from '../terms.ts'

/** Columns beside the fields: the address in one piece or in parts, the grid, and a person's part in the household. */
export const placeColumns = ['gridCode', 'address', 'estate', 'building', 'role', 'fromOn'] as const
export type PlaceColumn = (typeof placeColumns)[number]
export const placeColumnNames: Record<PlaceColumn, string> = {
  gridCode: '网格编码',
  address: '地址',
  estate: '小区',
  building: '幢号',
  role: '与房屋关系',
  fromOn: '入住日期',
}
const kinds: Partial<Record<ImportKind, readonly PlaceColumn[]>> = {
  person: ['gridCode', 'address', 'role', 'fromOn'],
  house: ['gridCode', 'address', 'estate', 'building'],
  unit: ['gridCode'],
  estate: ['gridCode'],
  building: ['estate', 'gridCode'],
  facility: ['gridCode'],
  link: ['address', 'role', 'fromOn'],
}
/** By these a link names its person. */
const ofLink = new Set(['name', 'idKind', 'idNo', 'phone', 'born'])

/** The kind of record whose fields a file of a kind has. */
export const recordKindOf = (kind: ImportKind): RecordKind => (kind === 'link' ? 'person' : kind)

const otherNames: Record<string, readonly string[]> = {
  name: ['姓名', '名称', '单位名称', '企业名称', '店铺名称'],
  idNo: ['身份证号', '身份证号码', '证件号码', '公民身份号码', '证件号'],
  idKind: ['证件类型', '证件种类', '证件名称'],
  phone: ['手机', '手机号', '电话', '联系电话', '联系方式', '手机号码'],
  born: ['出生日期', '生日', '出生年月日'],
  kind: ['人口类别', '类别', '类型', '人员类别'],
  hukouArea: ['户籍地', '户籍地址', '户籍'],
  use: ['用途', '房屋用途', '房屋类型'],
  areaM2: ['面积', '建筑面积', '面积(平方米)'],
  roomNo: ['室号', '房号', '室'],
  unitNo: ['单元', '单元号'],
  creditCode: ['统一社会信用代码', '信用代码'],
  staffCount: ['从业人数', '人数', '员工数'],
  gridCode: ['网格编码', '网格代码', '网格'],
  address: ['地址', '现住址', '居住地址', '房屋地址', '住址', '详细地址'],
  estate: ['小区', '小区名称', '道路'],
  no: ['幢号', '楼栋', '楼号'],
  building: ['幢号', '楼栋', '幢', '楼号'],
  role: ['与房屋关系', '与户主关系', '居住身份'],
  fromOn: ['入住日期', '居住起始日期'],
}

export interface ImportColumn {
  readonly code: string
  readonly spec: FieldSpec | undefined
  readonly name: string
}
export function columnsFor(
  kind: ImportKind,
  specs: readonly FieldSpec[] = fieldSpecs[recordKindOf(kind)],
): ImportColumn[] {
  const own = specs
    .filter((s) => s.isOn && (kind !== 'link' || ofLink.has(s.code)))
    .map((spec) => ({ code: spec.code, spec, name: spec.name }))
  const taken = new Set(own.map((c) => c.code))
  return [
    ...own,
    ...(kinds[kind] ?? [])
      .filter((c) => !taken.has(c))
      .map((code) => ({ code, spec: undefined, name: placeColumnNames[code] })),
  ]
}

const plain = (text: string) => normal(text.slice(0, 200), 'NFKC').replaceAll(/[\s*＊：:]/g, '')
const bare = (text: string) => plain(text).replace(/\(.*\)$/, '')

/** Which column of a header row is which; the same name twice counts once. */
export function matchHeader(header: readonly string[], columns: readonly ImportColumn[]): Map<number, ImportColumn> {
  const found = new Map<number, ImportColumn>()
  const taken = new Set<string>()
  for (const isLoose of [false, true]) {
    header.forEach((cell, i) => {
      const text = isLoose ? bare(cell) : plain(cell)
      if (text === '' || found.has(i)) return
      const column = columns.find(
        (c) =>
          !taken.has(c.code) &&
          (plain(c.name) === text || (isLoose && bare(c.name) === text) || (otherNames[c.code] ?? []).includes(text)),
      )
      if (!column) return
      taken.add(column.code)
      found.set(i, column)
    })
  }
  return found
}

/** The row among the first that is the header: titles and merged heads above it are passed over. */
export function findHeaderRow(rows: readonly (readonly string[])[], columns: readonly ImportColumn[]): number {
  let best = -1,
    most = 1
  rows.slice(0, 8).forEach((row, i) => {
    const n = matchHeader(row, columns).size
    if (n > most) {
      best = i
      most = n
    }
  })
  return best
}
