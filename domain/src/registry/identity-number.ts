/** Identity numbers as they are written in ledgers: 15 or 18 digits, full-width, with spaces. Source: domain.md A6. */
import { identityCheck } from '../kernel/checksum.ts'
import { isDay, type Day } from '../kernel/time.ts'
import { narrow } from './narrow.ts'
import type { Values } from './terms.ts'

export interface IdNumber {
  /** The 17 digits before the check digit; the key of a person. */
  readonly body: string
  /** `absent`: an old 15-digit number, which has none. */
  readonly check: 'good' | 'bad' | 'absent'
}

/** Full-width signs, spaces and small x made plain. */
export const plainId = (text: string): string =>
  narrow(text)
    .replaceAll(/[\s\-.·'’]/g, '')
    .toUpperCase()

/** Reads a number, or undefined when it cannot be one (wrong length, dummy such as 111…). */
export function readIdNumber(text: string): IdNumber | undefined {
  const plain = plainId(text)
  if (/^\d{15}$/.test(plain))
    return isDummy(plain) ? undefined : { body: `${plain.slice(0, 6)}19${plain.slice(6)}`, check: 'absent' }
  if (!/^\d{17}[\dX]$/.test(plain) || isDummy(plain)) return undefined
  return { body: plain.slice(0, 17), check: identityCheck(plain.slice(0, 17)) === plain[17] ? 'good' : 'bad' }
}

/** The same sign over and over, or nothing but noughts after the area: typed to get past a form. */
function isDummy(digits: string): boolean {
  return /^(.)\1+$/.test(digits) || /0{9,}$/.test(digits.slice(6)) || digits.slice(6, 14) === '00000000'
}

/** Birth day and sex that a number carries. */
export function bornOf(body: string): Day | undefined {
  const day = `${body.slice(6, 10)}-${body.slice(10, 12)}-${body.slice(12, 14)}`
  return isDay(day) ? day : undefined
}
export const sexOf = (body: string): 'male' | 'female' => (Number(body[16]) % 2 === 1 ? 'male' : 'female')

/** The 18-digit form of a number that has only 17 digits before its check. */
export const fullId = (id: IdNumber): string => id.body + identityCheck(id.body)

/** Nobody who is registered was born before it. */
export const earliestBorn: Day = '1880-01-01'

/** What is wrong with a number that a person typed; undefined when nothing is. An unknown area code is no fault. */
export function judgeIdNumber(text: string, today: Day): 'id.length' | 'id.check-digit' | 'id.date' | undefined {
  const id = readIdNumber(text)
  if (!id) return 'id.length'
  const born = bornOf(id.body)
  if (born === undefined || born > today || born < earliestBorn) return 'id.date'
  return id.check === 'bad' ? 'id.check-digit' : undefined
}

/** Fields that a number fills where they were left open: birth day and sex. */
export function completeFromNumber(values: Values, before: Values = {}): Values {
  const id = typeof values['idNo'] === 'string' ? readIdNumber(values['idNo']) : undefined
  if (!id) return values
  const isOpen = (code: string) => (values[code] ?? before[code] ?? null) === null
  return {
    ...values,
    ...(isOpen('born') ? { born: bornOf(id.body) ?? null } : {}),
    ...(isOpen('sex') ? { sex: sexOf(id.body) } : {}),
  }
}
