/** What is counted where matters are counted by their kind, and what part of all each kind is. Pure (E5, 000). */
import { addDays, dayOf } from '../kernel/time.ts'
import { statuses, type EventStatus } from './terms.ts'

/** What was joined stands with what it was joined to; what was refused or taken back was no matter of the grid. */
export const setAside = ['merged', 'rejected', 'cancelled'] as const satisfies readonly EventStatus[]

/** What is counted, as the filter of a list takes it: a number and the list behind it are of the same matters. */
export const countedStatuses = statuses.filter((s) => !(setAside as readonly EventStatus[]).includes(s)).join(',')

/** The longest time that is counted at once, in days. */
export const longestShare = 366

/** A part of all in per cent with one decimal, as reports print it: 3,378 of 10,500 is 32.2. Of nothing it is 0. */
export const percentOf = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10

/** Of what was told in confidence fewer than so many are never a number of their own. */
export const fewest = 5

/**
 * The whole months, all of them over, within a time: what was told in confidence is counted by these alone, since the
 * difference of two numbers a day apart would tell of one matter.
 * @returns the first and the last day, or undefined where there is no such month
 */
export function wholeMonths(from: string, to: string, now: number): { from: string; to: string } | undefined {
  const first = from.endsWith('-01') ? from : `${addDays(`${from.slice(0, 7)}-28`, 4).slice(0, 7)}-01`
  const end = to < dayOf(now) ? addDays(to, 1) : dayOf(now)
  const last = addDays(`${end.slice(0, 7)}-01`, -1)
  return first < last ? { from: first, to: last } : undefined
}

/** What was told in confidence of a kind in a month. */
export interface Confided {
  readonly code: string
  readonly month: string
  readonly count: number
}

/**
 * What is told of it: each month by itself, so that two spans of months differ by what each may tell and by nothing else.
 * Few of a kind in a month are told without their kind, and few of a month not at all.
 */
export function sparingly(counts: readonly Confided[]): { many: readonly Confided[]; joined: number } {
  const few = Map.groupBy(
    counts.filter((c) => c.count < fewest),
    (c) => c.month,
  )
  const sums = [...few.values()].map((of) => of.reduce((n, c) => n + c.count, 0))
  return {
    many: counts.filter((c) => c.count >= fewest),
    joined: sums.filter((n) => n >= fewest).reduce((a, b) => a + b, 0),
  }
}
