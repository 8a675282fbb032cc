/**
 * A shop closes, a house is pulled down: from that day it is counted nowhere and stands on no list, what is registered of
 * it stays and can be taken back. Source: requirements.md R2, R6. Left out: people, who leave (leaving/leaving.ts), and
 * what the slices above hold of it, which follows `recordClosed`.
 */
import type { Duty } from '../../kernel/duty.ts'
import { problem, type Problem } from '../../kernel/problem.ts'
import type { Day } from '../../kernel/time.ts'
import { refuseMore } from '../leaving/leaving.ts'
import type { RecordKind } from '../terms.ts'
import type { ClosingKind, ClosingState } from './terms.ts'

/** In which ways a record of a kind goes; a person leaves instead. */
export const closingKinds: Readonly<Record<RecordKind, readonly ClosingKind[]>> = {
  unit: ['out-of-business', 'moved', 'wrong'],
  house: ['demolished', 'rebuilt', 'wrong'],
  building: ['demolished', 'wrong'],
  estate: ['demolished', 'wrong'],
  facility: ['removed', 'wrong'],
  person: [],
}
/** What whoever passes sees for himself; all else is the desk's to say. */
const seenByAnybody: readonly ClosingKind[] = ['out-of-business', 'moved', 'removed']

export interface ClosingGiven {
  readonly recordKind: RecordKind
  readonly state: 'live' | 'merged' | 'gone'
  readonly today: Day
  /** Somebody lives in it, or in a room of it. */
  readonly isLivedIn: boolean
  /** Something stands in it that does not go along: buildings of an estate, firms. */
  readonly hasChildren: boolean
  readonly duties: ReadonlySet<Duty>
  /** How many this account has closed today. */
  readonly made: number
}

/**
 * @returns `closing.kind`, `record.closed`, `leaving.day`, `leaving.desk`, `record.has-children`, `closing.lived-in`
 * or `leaving.quota`
 */
export function refuseClosing(kind: ClosingKind, onDay: Day, g: ClosingGiven): Problem | undefined {
  if (!closingKinds[g.recordKind].includes(kind)) return problem('closing.kind', 422)
  if (g.state !== 'live') return problem('record.closed', 409)
  if (onDay > g.today) return problem('leaving.day', 422)
  const isDesk = g.duties.has('registry.correct')
  if (!isDesk && !seenByAnybody.includes(kind)) return problem('leaving.desk', 403)
  if (g.hasChildren) return problem('record.has-children', 409)
  if (g.isLivedIn) return problem('closing.lived-in', 409)
  return refuseMore(g.made, g.duties)
}

/** The ways in which somebody with these duties may say that a record goes; none of what is gone already. */
export const closingsFor = (
  recordKind: RecordKind,
  state: ClosingGiven['state'],
  duties: ReadonlySet<Duty>,
): readonly ClosingKind[] =>
  state !== 'live' || !duties.has('registry.write')
    ? []
    : closingKinds[recordKind].filter((kind) => duties.has('registry.correct') || seenByAnybody.includes(kind))

export interface ReopeningGiven {
  readonly state: ClosingState
  /** Milliseconds. */
  readonly undoUntil: number
  readonly now: number
  readonly duties: ReadonlySet<Duty>
}

/** @returns `record.not-closed`, or `leaving.term` where the term of whoever writes there is over */
export function refuseReopening(g: ReopeningGiven): Problem | undefined {
  if (g.state !== 'open') return problem('record.not-closed', 409)
  if (g.duties.has('registry.correct')) return undefined
  return g.now > g.undoUntil ? problem('leaving.term', 403) : undefined
}
