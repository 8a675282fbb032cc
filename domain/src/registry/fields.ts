/**
 * The fields of the registry: what each is, how closely it is kept, and why it may be asked at all. A county
 * switches fields on and off as data; one without basis and purpose cannot be switched on (PIPL 5–9, domain.md
 * A11). There is no field for religion, for biometrics or for a score of a person, and none can be added.
 * Source: domain.md B2, B4.
 */
import { isCreditCode } from '../kernel/checksum.ts'
import { cleanText, countCharacters, maskName, maskPhone, normal, onFile } from '../kernel/text.ts'
import { isDay, type Day } from '../kernel/time.ts'
import {
  documentKinds,
  documentOf,
  readDocument,
  settleDocument,
  type DocumentFault,
} from './documents/document-kinds.ts'
import { earliestBorn, fullId, judgeIdNumber, readIdNumber } from './identity-number.ts'
import type { Personal, RecordKind, Tier, Value, Values } from './terms.ts'

export type FieldType =
  | 'line'
  | 'text'
  | 'day'
  | 'choice'
  | 'int'
  | 'number'
  | 'flag'
  | 'identity'
  | 'phone'
  | 'credit-code'
export interface FieldSpec {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly type: FieldType
  readonly tier: Tier
  readonly pi: Personal
  readonly isOn: boolean
  /** The form asks for it when it is missing. */
  readonly isAsked: boolean
  readonly isRequired: boolean
  readonly basis: string
  readonly purpose: string
  readonly purposeEn: string
  readonly choices: readonly (readonly [code: string, name: string, nameEn: string])[]
  readonly most: number
}

type Draft = Partial<Omit<FieldSpec, 'code' | 'name' | 'nameEn' | 'type'>>
const duty = '法定职责（平安建设、流动人口服务管理）'
const field = (
  code: string,
  [name, nameEn]: readonly [name: string, nameEn: string],
  [type, tier, pi]: readonly [type: FieldType, tier: Tier, pi: Personal],
  more: Draft = {},
): FieldSpec => ({
  code,
  name,
  nameEn,
  type,
  tier,
  pi,
  isOn: true,
  isAsked: false,
  isRequired: false,
  basis: duty,
  purpose: '网格服务与核实',
  purposeEn: 'Service of the grid, and verifying',
  choices: [],
  most: 100,
  ...more,
})
const off: Draft = { isOn: false, basis: '', purpose: '', purposeEn: '' }

export const fieldSpecs: Readonly<Record<RecordKind, readonly FieldSpec[]>> = {
  person: [
    field('name', ['姓名', 'Name'], ['line', 'G', 'p'], { isRequired: true, isAsked: true, most: 50 }),
    field('kind', ['人口类别', 'Kind'], ['choice', 'G', 'p'], {
      isRequired: true,
      isAsked: true,
      choices: [
        ['resident', '常住', 'Resident'],
        ['floating', '流动', 'Floating'],
        ['overseas', '境外', 'Overseas'],
        ['left-behind', '留守', 'Left behind'],
      ],
    }),
    field('idKind', ['证件类型', 'Document'], ['choice', 'G', 'p'], {
      choices: documentKinds.map((k) => [k.code, k.name, k.nameEn] as const),
    }),
    field('idNo', ['证件号码', 'Identity number'], ['identity', 'C', 's'], {
      purpose: '核对身份、避免重复登记',
      purposeEn: 'Telling who is who, and registering nobody twice',
      isAsked: true,
    }),
    field('sex', ['性别', 'Sex'], ['choice', 'G', 'p'], {
      choices: [
        ['male', '男', 'Male'],
        ['female', '女', 'Female'],
      ],
    }),
    field('born', ['出生日期', 'Birth day'], ['day', 'G', 'p'], { isAsked: true }),
    field('phone', ['联系电话', 'Phone'], ['phone', 'I', 'p'], {
      isAsked: true,
      purpose: '联系与通知',
      purposeEn: 'Contact and notices',
    }),
    field('hukouArea', ['户籍地', 'Registered in'], ['line', 'I', 'p'], { isAsked: true, most: 80 }),
    field('permitUntil', ['居住登记到期', 'Permit until'], ['day', 'I', 'p']),
    field('country', ['国籍（地区）', 'Nationality'], ['line', 'G', 'p'], { most: 40 }),
    field('latinName', ['外文姓名', 'Name in Latin letters'], ['line', 'G', 'p'], { most: 80 }),
    field('cameFrom', ['来自何处', 'Came from'], ['line', 'I', 'p'], { most: 80 }),
    field('cameOn', ['来本地日期', 'Came on'], ['day', 'G', 'p']),
    field('remark', ['服务备注', 'Note'], ['text', 'I', 'p'], { most: 200 }),
    field('contactName', ['紧急联系人', 'Emergency contact'], ['line', 'I', 'p'], { ...off, most: 50 }),
    field('contactPhone', ['紧急联系人电话', 'Contact phone'], ['phone', 'I', 'p'], off),
    field('employer', ['服务处所', 'Employer'], ['line', 'G', 'p'], off),
    field('education', ['学历', 'Education'], ['line', 'G', 'p'], off),
    field('ethnicity', ['民族', 'Ethnicity'], ['line', 'I', 's'], off),
    field('marital', ['婚姻状况', 'Marital status'], ['line', 'I', 'p'], off),
    field('formerName', ['曾用名', 'Former name'], ['line', 'I', 'p'], off),
    field('careNeeds', ['照护需要', 'Care needs'], ['line', 'I', 's'], off),
  ],
  house: [
    field('unitNo', ['单元', 'Unit'], ['line', 'G', '-'], { most: 10 }),
    field('floor', ['楼层', 'Floor'], ['int', 'G', '-']),
    field('roomNo', ['室号', 'Room'], ['line', 'G', '-'], { isRequired: true, most: 20 }),
    field('use', ['用途', 'Use'], ['choice', 'G', '-'], {
      isRequired: true,
      isAsked: true,
      choices: [
        ['self', '自住', 'Self-lived'],
        ['rental', '出租', 'Rental'],
        ['group', '群租', 'Group-rented'],
        ['vacant', '空置', 'Vacant'],
        ['shop', '商铺', 'Shop'],
      ],
    }),
    field('areaM2', ['面积（平方米）', 'Area in m²'], ['number', 'G', '-'], { isAsked: true }),
    field('rooms', ['居室数', 'Rooms'], ['int', 'G', '-']),
    field('rentalKind', ['出租方式', 'Way of renting'], ['choice', 'G', '-'], {
      choices: [
        ['whole', '整租', 'Whole'],
        ['shared', '合租', 'Shared'],
        ['group', '群租', 'Group'],
        ['daily', '日租', 'Daily'],
        ['apartment', '长租公寓', 'Apartment'],
      ],
    }),
    field('contractUntil', ['租约到期', 'Lease until'], ['day', 'I', '-']),
    field('hasExtinguisher', ['配有灭火器', 'Extinguisher'], ['flag', 'G', '-']),
    field('isPartitioned', ['有隔断', 'Partitioned'], ['flag', 'G', '-']),
    field('doorCode', ['门牌码', 'Door code'], ['line', 'G', '-'], { most: 40 }),
    field('remark', ['备注', 'Note'], ['text', 'I', '-'], { most: 200 }),
  ],
  building: [
    field('no', ['幢号', 'Building'], ['line', 'G', '-'], { isRequired: true, most: 20 }),
    field('floors', ['层数', 'Floors'], ['int', 'G', '-']),
    field('unitCount', ['单元数', 'Units'], ['int', 'G', '-']),
    field('remark', ['备注', 'Note'], ['text', 'G', '-'], { most: 200 }),
  ],
  estate: [
    field('name', ['名称', 'Name'], ['line', 'G', '-'], { isRequired: true, most: 60 }),
    field('kind', ['类别', 'Kind'], ['choice', 'G', '-'], {
      isRequired: true,
      choices: [
        ['estate', '小区', 'Estate'],
        ['road', '道路', 'Road'],
        ['village', '自然村', 'Hamlet'],
      ],
    }),
    field('aliases', ['别名（顿号分隔）', 'Aliases'], ['line', 'G', '-'], { most: 200 }),
    // What somebody at the door says: found by nobody before a desk has written it among the aliases.
    field('aliasesSaid', ['待社区确认的别名', 'Aliases for the desk to confirm'], ['line', 'G', '-'], { most: 200 }),
    field('hasProperty', ['有物业管理', 'Property management'], ['flag', 'G', '-'], { isAsked: true }),
    field('propertyName', ['物业公司', 'Property firm'], ['line', 'G', '-']),
    field('propertyPhone', ['物业电话', 'Property phone'], ['phone', 'G', '-']),
    field('selfRule', ['无物业管理时的管护办法', 'How it is kept without property management'], ['text', 'G', '-'], {
      most: 200,
    }),
  ],
  unit: [
    field('name', ['名称', 'Name'], ['line', 'G', '-'], { isRequired: true, isAsked: true, most: 120 }),
    field('kind', ['类别', 'Kind'], ['choice', 'G', '-'], {
      isRequired: true,
      isAsked: true,
      choices: [
        ['firm', '企业', 'Firm'],
        ['shop', '沿街商铺', 'Shop'],
        ['social', '社会组织', 'Social organisation'],
        ['public', '机关事业', 'Public body'],
      ],
    }),
    field('creditCode', ['统一社会信用代码', 'Credit code'], ['credit-code', 'G', '-'], { isAsked: true }),
    field('staffCount', ['从业人数', 'Staff'], ['int', 'G', '-'], { isAsked: true }),
    field('status', ['经营状态', 'State'], ['choice', 'G', '-'], {
      choices: [
        ['open', '营业', 'Open'],
        ['closed', '停业', 'Closed'],
        ['moved', '已搬离', 'Moved away'],
      ],
    }),
    field('address', ['地址', 'Address'], ['line', 'G', '-'], { most: 120 }),
    field('headName', ['负责人', 'Head'], ['line', 'I', 'p'], { most: 50 }),
    field('headPhone', ['负责人电话', 'Phone of head'], ['phone', 'I', 'p']),
    field('hazards', ['涉及危险品', 'Dangerous goods'], ['flag', 'G', '-']),
  ],
  facility: [
    field('name', ['名称', 'Name'], ['line', 'G', '-'], { isRequired: true, most: 80 }),
    field('kind', ['类别', 'Kind'], ['choice', 'G', '-'], {
      isRequired: true,
      choices: [
        ['elevator', '电梯', 'Elevator'],
        ['charging', '充电点', 'Charging point'],
        ['reservoir', '水库山塘', 'Reservoir'],
        ['boiler', '锅炉', 'Boiler'],
        ['fire-lane', '消防通道', 'Fire lane'],
        ['self-built', '自建房', 'Self-built house'],
        ['other', '其他', 'Other'],
      ],
    }),
    field('cycleDays', ['检查周期（天）', 'Inspection every … days'], ['int', 'G', '-'], { isRequired: true }),
    field('owner', ['责任单位', 'Owner'], ['line', 'G', '-']),
    field('status', ['状态', 'State'], ['choice', 'G', '-'], {
      choices: [
        ['good', '正常', 'Good'],
        ['fault', '有隐患', 'Fault'],
        ['out', '停用', 'Out of use'],
      ],
    }),
    field('address', ['位置', 'Where'], ['line', 'G', '-'], { most: 120 }),
  ],
}

/** Sealed at rest, and searched only by a keyed index. */
export const isSealed = (spec: FieldSpec): boolean =>
  spec.type === 'identity' || (spec.type === 'phone' && spec.pi !== '-')
export const specOf = (kind: RecordKind, code: string): FieldSpec | undefined =>
  fieldSpecs[kind].find((f) => f.code === code)

export type Fault =
  | 'value.required'
  | 'value.too-long'
  | 'value.choice'
  | 'value.day'
  | 'value.number'
  | 'value.phone'
  | 'value.credit-code'
  | 'id.length'
  | 'id.check-digit'
  | 'id.date'
  | DocumentFault

type Read = { readonly value: Value } | { readonly fault: Fault }

/**
 * A value as it is kept, or what is wrong with it. Empty text is no value.
 * @param beside the other values, by which a number is read: what document it stands on
 */
export function readValue(spec: FieldSpec, raw: Value, today: Day, beside: Values = {}): Read {
  const text = cleanText(normal(textOf(raw), 'NFKC'))
  if (text === '') return spec.isRequired ? { fault: 'value.required' } : { value: null }
  return readers[spec.type](text, spec, today, beside)
}

function textOf(raw: Value): string {
  if (raw === null) return ''
  return typeof raw === 'boolean' ? String(Number(raw)) : String(raw)
}

const readText = (text: string, spec: FieldSpec): Read =>
  countCharacters(text) > spec.most ? { fault: 'value.too-long' } : { value: text }

const readers: Readonly<Record<FieldType, (text: string, spec: FieldSpec, today: Day, beside: Values) => Read>> = {
  line: readText,
  text: readText,
  identity: (text, _spec, today, beside) => {
    const kind = documentOf(beside['idKind'])
    if (kind.number !== 'citizen') return readDocument(kind, text)
    const fault = judgeIdNumber(text, today)
    if (fault) return { fault }
    const value = fullId(readIdNumber(text)!)
    return kind.format === null || kind.format.test(value) ? { value } : { fault: 'id.format' }
  },
  phone: (text) => {
    const digits = text.replaceAll(/[\s-]/g, '')
    if (/^(\+?86)?1\d{10}$/.test(digits)) return { value: digits.slice(-11) }
    // No line of a house begins with a one: what does is half a mobile.
    return /^0?[02-9]\d{6,11}$/.test(digits) ? { value: digits } : { fault: 'value.phone' }
  },
  'credit-code': (text) => {
    const code = text.toUpperCase()
    return isCreditCode(code) ? { value: code } : { fault: 'value.credit-code' }
  },
  day: (text, spec, today) => {
    const [, year, month, date] = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(text) ?? []
    const day = `${year}-${month?.padStart(2, '0')}-${date?.padStart(2, '0')}`
    const isFine = isDay(day) && day >= earliestBorn && (spec.code !== 'born' || day <= today)
    return isFine ? { value: day } : { fault: 'value.day' }
  },
  choice: (text, spec) => {
    const choice = spec.choices.find(([code, name]) => code === text || name === text)
    return choice ? { value: choice[0] } : { fault: 'value.choice' }
  },
  flag: (text) => {
    if (/^(1|是|有|true|yes)$/i.test(text)) return { value: true }
    return /^(0|否|无|false|no)$/i.test(text) ? { value: false } : { fault: 'value.choice' }
  },
  int: (text) => (/^-?\d{1,7}$/.test(text) ? { value: Number(text) } : { fault: 'value.number' }),
  number: (text) => (/^\d{1,7}(\.\d{1,4})?$/.test(text) ? { value: Number(text) } : { fault: 'value.number' }),
}
/**
 * What stands where an identity number is on file: a code, which screens and workbooks word (已登记). Any digit shown
 * beside a birth day leaves a handful of numbers that check, so not even the length of the number shows.
 */
export { onFile }

/** A value as somebody sees it who may know that it is there, and no more. */
export function maskValue(spec: FieldSpec, value: Value): Value {
  if (value === null || typeof value === 'boolean') return value
  const text = String(value)
  if (spec.type === 'identity') return onFile
  if (spec.type === 'phone') return maskPhone(text)
  if (spec.code.toLowerCase().endsWith('name')) return maskName(text)
  return '***'
}

/**
 * What is wrong with values that somebody wrote, field by field, before they are sent: the same rule as at the door.
 * @example faultsIn('person', { phone: '1381234' }, today) // [{ field: 'phone', fault: 'value.phone' }]
 */
export function faultsIn(kind: RecordKind, values: Values, today: Day): { field: string; fault: Fault }[] {
  const settled = settleDocument(values)
  return Object.entries(settled).flatMap(([field, raw]) => {
    const spec = specOf(kind, field)
    const read = spec && readValue(spec, raw, today, settled)
    return read && 'fault' in read ? [{ field, fault: read.fault }] : []
  })
}
