/** Columns of a table of devices, and what is said of a cell that cannot be read; in Chinese alone, like the file. */
import { faultWords } from '@fengge/domain/registry/bulk-contract'
import { sensorKinds } from '@fengge/domain/sensors/terms'
import { sensorKindWords } from '@fengge/web/words/sensors.ts'
import type { Note } from '../../kernel/workbooks/write-workbook.ts'

export type ColumnCode = 'kind' | 'name' | 'estate' | 'building' | 'lng' | 'lat' | 'spot' | 'department' | 'validTo'
export const columnNames: Readonly<Record<ColumnCode, string>> = {
  kind: '设备类型',
  name: '名称或编号',
  estate: '小区',
  building: '幢号',
  lng: '经度',
  lat: '纬度',
  spot: '具体位置',
  department: '管理部门',
  validTo: '有效期至',
}
const codes = Object.keys(columnNames) as ColumnCode[]
/** As the reader of headers takes them (registry/files/import-columns.ts). */
export const columns = codes.map((code) => ({ code, spec: undefined, name: columnNames[code] }))

const notes: Readonly<Record<ColumnCode, string>> = {
  kind: '必填。',
  name: '必填，最多 40 字。用地点或编号，不写人名。',
  estate: '装在楼栋内的填小区和幢号，须是已登记的楼栋。',
  building: '如：3幢。装在楼外的不填。',
  lng: '装在楼外的填经纬度，如 120.293812。',
  lat: '装在楼外的填经纬度，如 31.681093。',
  spot: '必填，最多 80 字。如：2单元2楼楼道。',
  department: '可不填。填部门全称。',
  validTo: '可不填。如 2027-12-31。',
}
export const columnNotes: readonly Note[] = codes.map((code) => ({
  title: columnNames[code],
  text: notes[code],
  choices: code === 'kind' ? sensorKinds.map((kind) => sensorKindWords[kind][0]) : [],
}))

const own: Readonly<Record<string, string>> = {
  'sensor.nowhere': '请填小区和幢号，或填经纬度',
  'building.unknown': '没有登记这栋楼，或不在您管理的区域',
  'building.several': '有几栋楼都相符，请用登记设备逐台填写',
  'place.not-yours': '该位置不在您管理的区域内',
  'department.unknown': '没有这个部门，或已停用',
  'department.several': '有几个部门同名，请用登记设备逐台填写',
  'sensor.dates': '有效期不能早于今天',
}
export const sayFault = (fault: string): string => own[fault] ?? faultWords[fault] ?? fault
