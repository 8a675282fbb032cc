/** Event numbers: 12-digit area + yyyymmdd + 5-digit sequence + check digit (domain.md B5). */
import { checkDigit } from '../kernel/checksum.ts'
import type { Day } from '../kernel/time.ts'

export function composeEventNumber(areaCode: string, day: Day, sequence: number): string {
  const body = `${areaCode.slice(0, 12)}${day.replaceAll('-', '')}${String(sequence).padStart(5, '0')}`
  return body + checkDigit(body)
}

export function isEventNumber(text: string): boolean {
  return /^\d{26}$/.test(text) && checkDigit(text.slice(0, 25)) === text[25]
}

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A follow code of ten letters (50 random bits) as people can read aloud: no 0, 1, I, O. */
export function composeFollowCode(random: Uint8Array): string {
  return [...random.subarray(0, 10)].map((b) => letters[b % 32]).join('')
}

export function cleanFollowCode(text: string): string {
  return text.toUpperCase().replace(/[\s-]/g, '')
}
export const FollowCodePattern = /^[2-9A-HJ-NP-Z]{10}$/
