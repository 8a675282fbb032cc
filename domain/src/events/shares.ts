/** What is counted where matters are counted by their kind, and what part of all each kind is. Pure (E5, 000). */
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
