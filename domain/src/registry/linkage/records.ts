/** Rows of two ledgers made comparable. What cannot be read, or stands for nothing (11111111111, 无), is missing. */
import { isDay } from '../../kernel/time.ts'
import { readAddress, type AddressParts } from '../addresses/address.ts'
import { bornOf, readIdNumber, type IdNumber } from '../identity-number.ts'
import { narrow } from '../narrow.ts'

export interface LedgerRow {
  readonly name: string
  readonly idNo: string
  readonly phone: string
  readonly address: string
  /** A day in any of the usual spellings, or empty. */
  readonly born: string
}

export interface LinkRecord {
  readonly name: string
  /** Toneless pinyin of each sign, and the same with the sounds that people mix up made one. */
  readonly sounds: readonly string[]
  readonly spelled: string
  readonly folded: string
  readonly id: IdNumber | undefined
  readonly phone: string
  readonly born: string
  readonly address: AddressParts | undefined
}

/** Spells a name sign by sign; the surname comes first and may have a reading of its own. */
export type Speller = (name: string) => readonly string[]

export function readRecord(row: LedgerRow, spell: Speller): LinkRecord {
  const name = readName(row.name)
  const sounds = name === '' ? [] : spell(name)
  const id = readIdNumber(row.idNo)
  return {
    name,
    sounds,
    spelled: sounds.join(' '),
    folded: sounds.map(fold).join(' '),
    id,
    phone: readPhone(row.phone),
    born: readBorn(row.born) || (id ? (bornOf(id.body) ?? '') : ''),
    address: isNothing(row.address) ? undefined : readAddress(row.address),
  }
}

const nothing = new Set(['', '无', '不详', '未知', '暂无', '没有', '/', '-', '——', 'null', '0', '同上'])
const isNothing = (text: string) => nothing.has(text.trim().toLowerCase())

export function readName(text: string): string {
  const plain = narrow(text)
    .replaceAll(/[\s·•・.。]/g, '')
    .toUpperCase()
  return isNothing(plain) ? '' : plain
}

/** The last eleven digits of a mobile number; anything shorter than seven digits, or one digit over and over, is none. */
export function readPhone(text: string): string {
  const digits = narrow(text).replaceAll(/\D/g, '').slice(-11)
  return digits.length < 7 || /^1?(\d)\1+$/.test(digits) || digits === '12345678901' || digits === '13800000000'
    ? ''
    : digits
}

/** 1990-1-2, 1990/01/02, 19900102, 1990年1月2日 → 1990-01-02; else empty. */
export function readBorn(text: string): string {
  const plain = narrow(text).trim()
  const parts = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:\s.*)?$/.exec(plain)
  if (!parts) return ''
  const day = `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
  return isDay(day) ? day : ''
}

/** Sounds that dialects mix: zh/z, ch/c, sh/s, n/l, f/h before u, and -ng/-n. */
export function fold(sound: string): string {
  return sound
    .replace(/^([zcs])h/, '$1')
    .replace(/^n/, 'l')
    .replace(/^hu/, 'fu')
    .replace(/ng$/, 'n')
    .replace(/^r/, 'l')
}
