/**
 * What was written in an act, so that a person at a desk can judge it: texts and answers, without ids. Numbers and
 * phones of people stay sealed. Source: requirements.md U2, D1.
 */
import { onFile } from '../registry/fields.ts'

const untold = /^(idNo|.*[pP]hone|requestId|id|.*Id|ids|.*Ids|version|madeAt|point)$/
/** Digits as long as a phone or an identity number, wherever somebody wrote them; a code with letters is none. */
const numbers = /(?<![\dA-Za-z])\d{7,17}[\dXx]?(?![\dA-Za-z])/g
const longest = 600

/** @param ask what the form of the act held, of any name. @returns at most six hundred characters */
export function wordsOf(ask: Readonly<Record<string, unknown>>): string {
  return Object.entries(ask)
    .flatMap(([key, value]) => textsIn(key, value))
    .join(' · ')
    .slice(0, longest)
}

function textsIn(key: string, value: unknown): string[] {
  if (untold.test(key)) return []
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.replaceAll(numbers, onFile)]
  if (Array.isArray(value)) return value.flatMap((v) => textsIn(key, v))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([k, v]) => textsIn(k, v))
}
