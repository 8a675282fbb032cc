/** Endpoints of import and export. */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { Line } from '../kernel/text.ts'
import { dayLength } from '../kernel/time.ts'
import { ExportKind, ImportKind, ImportMode } from './terms.ts'

const Done = z.strictObject({ done: z.literal(true) })
/** What came of taking an import back: records that went, changes that were taken back, and what stays since others built on it. */
const counted = { removed: z.int(), restored: z.int(), kept: z.int() }
export type Counted = z.infer<z.ZodObject<typeof counted>>
export const Batch = z.strictObject({
  id: Id,
  kind: ImportKind,
  fileName: z.string(),
  mode: ImportMode,
  state: z.enum(['waiting', 'running', 'done', 'refused', 'failed', 'undoing', 'undone']),
  at: z.string(),
  rows: z.int(),
  done: z.int(),
  created: z.int(),
  changed: z.int(),
  same: z.int(),
  faults: z.int(),
  /** Of the faults, rows that wait for an answer which estate is meant. */
  held: z.int(),
  /** Rows that came in for the community as a whole, since neither they nor their house name a grid. */
  noGrid: z.int(),
  problem: z.string().nullable(),
  /** Of one that is taken back: so far. */
  ...counted,
})
export type Batch = z.infer<typeof Batch>
const ExportRow = z.strictObject({
  id: Id,
  kind: ExportKind,
  placeName: z.string(),
  purpose: z.string(),
  rows: z.int(),
  state: z.enum(['asked', 'approved', 'refused']),
  by: z.string(),
  askedAt: z.string(),
  expiresAt: z.string().nullable(),
  isMine: z.boolean(),
  canDecide: z.boolean(),
})

export const sendImport = endpoint({
  name: 'sendImport',
  method: 'POST',
  path: '/api/registry/import',
  duty: 'registry.import',
  summary: '上传导入文件（multipart：id、kind、mode、placeId、file） Send a file to import',
  ask: z.strictObject({}),
  reply: z.strictObject({ id: Id }),
  refusals: [
    'file.type',
    'file.broken',
    'file.empty',
    'file.encoding',
    'file.too-large',
    'place.unknown',
    'search.quota',
    'import.waiting',
    'import.day-full',
    // Of a file that was taken, in the list of imports.
    'import.broken-off',
    'import.too-long',
  ],
  isStream: true,
  bodyLimit: 600_000_000,
  isForm: true,
  pace: 'heavy',
})
export const listBatches = endpoint({
  name: 'listBatches',
  method: 'GET',
  path: '/api/registry/batches',
  duty: 'registry.import',
  summary: '导入记录与进度 Imports and their progress',
  ask: z.strictObject({}),
  reply: z.strictObject({ batches: z.array(Batch) }),
  refusals: [],
})
export const readFaults = endpoint({
  name: 'readFaults',
  method: 'GET',
  path: '/api/registry/faults',
  duty: 'registry.import',
  summary: '下载待改行 The workbook of rows to mend',
  ask: z.strictObject({ id: Id }),
  reply: z.strictObject({}),
  refusals: ['record.unknown'],
  isStream: true,
  pace: 'heavy',
})
export const readTemplate = endpoint({
  name: 'readTemplate',
  method: 'GET',
  path: '/api/registry/template',
  duty: 'registry.import',
  summary: '下载导入模板 A template with drop-downs',
  ask: z.strictObject({ kind: ImportKind }),
  reply: z.strictObject({}),
  refusals: [],
  isStream: true,
})
/** Milliseconds after its sending in which an import is taken back whole: a file sent by mistake is noticed soon. */
export const undoWithin = 3 * dayLength
export const undoBatch = endpoint({
  name: 'undoBatch',
  method: 'POST',
  path: '/api/registry/undo-batch',
  duty: 'registry.import',
  pace: 'heavy',
  summary: '撤销整批导入 Undo a whole import',
  ask: z.strictObject({ requestId: RequestId, id: Id, reason: Line(200) }),
  reply: z.strictObject(counted),
  refusals: ['record.unknown', 'change.not-undoable', 'import.undo-late', 'search.quota'],
})

export const readDoorCode = endpoint({
  name: 'readDoorCode',
  method: 'GET',
  path: '/api/registry/door-code',
  duty: 'registry.read',
  summary: '门牌二维码 The QR code of a door',
  ask: z.strictObject({ id: Id }),
  reply: z.strictObject({}),
  refusals: ['record.unknown'],
  isStream: true,
})

export const askExport = endpoint({
  name: 'askExport',
  method: 'POST',
  path: '/api/registry/ask-export',
  duty: 'registry.export',
  summary: '申请导出 Ask for an export',
  ask: z.strictObject({ requestId: RequestId, id: Id, kind: ExportKind, placeId: Id, purpose: Line(200, 4) }),
  reply: z.strictObject({ state: z.enum(['asked', 'approved']), rows: z.int() }),
  refusals: ['place.unknown', 'export.too-many'],
  pace: 'heavy',
})
export const decideExport = endpoint({
  name: 'decideExport',
  method: 'POST',
  path: '/api/registry/decide-export',
  duty: 'registry.approve',
  summary: '审批导出 Agree to or refuse an export',
  ask: z.strictObject({ requestId: RequestId, id: Id, isAgreed: z.boolean() }),
  reply: Done,
  refusals: ['record.unknown', 'export.own', 'export.decided'],
})
export const listExports = endpoint({
  name: 'listExports',
  method: 'GET',
  path: '/api/registry/exports',
  duty: ['registry.export', 'registry.approve'],
  summary: '导出申请 Exports asked for',
  /** What waits first, then the newest; `after` is what the page before gave as `next`. */
  ask: z.strictObject({ after: z.string().max(100).optional() }),
  reply: z.strictObject({ exports: z.array(ExportRow), next: z.string().nullable() }),
  refusals: [],
})
export const readExport = endpoint({
  name: 'readExport',
  method: 'GET',
  path: '/api/registry/export',
  duty: 'registry.export',
  summary: '下载导出文件（带水印） Download an agreed export',
  ask: z.strictObject({ id: Id }),
  reply: z.strictObject({}),
  refusals: ['record.unknown', 'export.not-agreed', 'export.expired'],
  isStream: true,
  pace: 'heavy',
})
/** What the workbook of rows to mend says about a cell; Chinese alone, like the file itself. */
export const faultWords: Readonly<Record<string, string>> = {
  'value.required': '必填',
  'value.too-long': '太长',
  'value.choice': '不在可选项中',
  'value.day': '日期有误',
  'value.number': '不是数字',
  'value.phone': '电话有误',
  'value.credit-code': '信用代码有误',
  'id.length': '证件号码位数不对',
  'id.check-digit': '证件号码校验位不对',
  'id.date': '证件号码中的日期有误',
  'row.double': '与本文件前面的行重复',
  'row.namesake': '与本文件前面的行同名同住址，分不清是一人还是两人，请补证件号码、电话或出生日期',
  'row.too-wide': '列数过多',
  'file.formulas': '是公式，请改为数值',
  'place.unknown': '网格编码不存在',
  'place.not-yours': '网格不在您的范围内',
  'link.nobody': '没有登记这个人，请先登记人员',
  'link.several': '有几个人都相符，请填证件号码',
  'link.no-house': '没有登记这处房屋，请先登记房屋',
  'house.headed': '这户已有户主；请先填“成员”，导入后在住户页“设为户主”',
  'address.unreadable': '地址看不出幢、室',
  'address.unit-needed': '该幢有几个单元都有此室，请写明单元',
  'estate.close': '小区名与已登记的相近，请确认是否同一小区',
  'estate.too-many': '新增的小区太多：一份文件最多五千个，一个村（社区）最多两千个，全县最多两万个',
}
/** Rows above which a second person must agree (domain.md B7). */
export const exportLimit = 200

export const registryBulkContract = [
  sendImport,
  listBatches,
  readFaults,
  readTemplate,
  undoBatch,
  readDoorCode,
  askExport,
  decideExport,
  listExports,
  readExport,
]
