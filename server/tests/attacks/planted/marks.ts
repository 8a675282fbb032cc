/** What is planted: values that nobody else has, and the shapes in which one of them could lie somewhere. */
import { createHash } from 'node:crypto'
import { numberOf } from '../../registry-world.ts'

/** One secret, with the word by which the table of allowed places speaks of it. */
export interface Mark {
  readonly what: string
  readonly value: string
}

/** What the play writes down of people, each under the word for it. */
export const told = {
  personName: '桑柘榆',
  idNo: numberOf(937, '19770919'),
  phone: '13157284691',
  otherPhone: '13157283582',
  remark: '独居怕黑喜静',
  contactName: '濮阳照应',
  headName: '闾丘掌柜',
  headPhone: '13459172836',
  secretCaller: '宓缄言',
  secretPhone: '13926817453',
  secretText: '缄口巷夜有哭声',
  resident: '盛夏禾',
  residentPhone: '13784120965',
  residentText: '禾场路口井盖松动',
  calledName: '钟离来电',
  calledPhone: '13618273945',
  askedBy: '轩辕托办',
  askedPhone: '13517394826',
  visitNote: '灶间煤气味已除',
  hazard: '阁楼私拉电线',
  care: '三年前自戒毒所归',
  careField: '戒断反复曾两次',
  helperName: '呼延相助',
  helperPhone: '13512873946',
  moverName: '巫马迁居',
  movedTo: '鹤鸣苑七幢三零四',
  whereAlone: '独行往废砖窑',
  importedName: '令狐成批',
  importedNo: numberOf(941, '19810817'),
  importedPhone: '13319284756',
  faultyName: '司马残行',
  employedName: '公冶上班',
  employedNo: numberOf(943, '19830715'),
  employedPhone: '13219385647',
  ticketCaller: '太史热线',
  ticketPhone: '13719486532',
  exif: 'exif-13819274655',
} as const

/** What is asked after or sent amiss, and is of nobody in the books. */
export const asked = {
  /** Where somebody who looks for his grid is. */
  hereLng: '120.21873645',
  hereLat: '31.61428571',
  searchedPhone: '13268407513',
  searchedNo: numberOf(947, '19851113'),
  likelyPhone: '13268407624',
  suggestedText: '皇甫问路一三二六',
  refusedName: '尉迟错填',
  refusedPhone: '13268407735',
  brokenPhone: '13268407846',
  exportedNote: '申屠导出',
} as const

/** What opens doors. */
export const keys = {
  password: 'Planted-harbour-61',
  freshPassword: 'Fresh-harbour-6262',
  wrongPassword: 'Wrong-harbour-6363',
  metricsToken: 'planted-metrics-token-64',
} as const

export type Word = keyof typeof told | keyof typeof asked | keyof typeof keys

const isDigits = (value: string) => /^\d{17}[\dX]$|^1\d{10}$/.test(value)

/** A value as it could be written: plain, escaped, encoded; a number also by the greater part of its digits, where they are unlike any other. */
export function shapesOf(value: string, hasParts: boolean): string[] {
  const bytes = Buffer.from(value)
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3))
  const escaped = Array.from(value, (c) => `\\u${c.codePointAt(0)!.toString(16).padStart(4, '0')}`).join('')
  const parts = hasParts && isDigits(value) ? [value.slice(-8), value.slice(0, -4)] : []
  return [
    ...new Set([
      value,
      ...parts,
      encodeURIComponent(value),
      escaped,
      bytes.toString('hex'),
      whole.toString('base64'),
      whole.toString('base64url'),
    ]),
  ]
}

/** What anybody who has a guess can compute of a value: digests without a key. */
export function digestsOf(value: string): string[] {
  return ['md5', 'sha1', 'sha256', 'sha512', 'sm3'].flatMap((name) => {
    const digest = createHash(name).update(value).digest()
    return [digest.toString('hex'), digest.toString('base64').replace(/=+$/, ''), digest.toString('base64url')]
  })
}
