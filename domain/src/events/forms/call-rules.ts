/**
 * How often, and how far apart, somebody who waits for an answer is rung before his matter ends without him: a dated list,
 * so that another rule is another row. Sources: domain.md D2 (S14: three tries within two working days), E9. Tries within
 * one part of a day are one: nobody rings three times in a minute and is done with it. Left out: whether he was rung at
 * all; the number dialled and the name of the caller stay with each try.
 */
import { addDays, dayOf, momentOf, startOf } from '../../kernel/time.ts'

export interface CallRule {
  /** The first day on which it holds. */
  readonly from: string
  /** So many tries in vain are enough. */
  readonly tries: number
  /** When a new part of the day begins; of each part one try counts. */
  readonly parts: readonly string[]
  readonly source: string
}

export const callRules: readonly CallRule[] = [
  { from: '2016-01-01', tries: 3, parts: ['00:00', '12:00'], source: '回访两个工作日内、三次；上午、下午各算一次' },
]

export function callRuleAt(now: number): CallRule {
  const day = dayOf(now)
  return callRules.findLast((rule) => rule.from <= day) ?? callRules[0]!
}

/** When the part of the day began that an instant falls in. */
const partStart = (at: number, { parts }: CallRule): number =>
  parts.map((clock) => momentOf(dayOf(at), clock)).findLast((start) => start <= at) ?? startOf(dayOf(at))

/** How many tries count. */
export function countTries(tries: readonly number[], rule: CallRule): number {
  return new Set(tries.map((at) => partStart(at, rule))).size
}

/** From when on another try counts; null where it counts now. */
export function countsFrom(tries: readonly number[], now: number, rule: CallRule): number | null {
  if (!tries.some((at) => partStart(at, rule) === partStart(now, rule))) return null
  const today = rule.parts.map((clock) => momentOf(dayOf(now), clock)).find((start) => start > now)
  return today ?? momentOf(addDays(dayOf(now), 1), rule.parts[0]!)
}
