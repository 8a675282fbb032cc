/**
 * How long what somebody asked for may wait for its answer, and when it falls up: not answered in its time, it is the
 * turn of the centre above as well. Sources: domain.md D1 (a ruling has one working day), D2 (silent for 24 hours: up one
 * level). A community's requests lie before its town from the beginning, and above the county nobody stands: what falls
 * up is a town's.
 */
import { dueAfter, type WorkCalendar } from './deadline.ts'
import type { EventCore, EventStatus, Level, Limit } from './terms.ts'

const aDay: Limit = { kind: 'natural-hour', value: 24 }
/** States in which what somebody asked for waits for a decision, and how long that may take. */
const answerLimits: { readonly [S in EventStatus]?: Limit } = {
  'return-requested': aDay,
  ruling: { kind: 'work-day', value: 1 },
  'extend-requested': aDay,
  'suspend-requested': aDay,
  'unreasonable-claimed': aDay,
}

/** Whether what somebody asked for waits for a decision. */
export const isAsking = (status: EventStatus): boolean => answerLimits[status] !== undefined

/** What waits for an answer: a decision over the state, or whether a report may be taken back. Instants in milliseconds. */
export interface Request {
  readonly kind: 'decision' | 'take-back'
  readonly since: number
  readonly dueAt: number
}

/** What waits for an answer now, each with when it was asked and until when it is to be answered. */
export function requestsOf(
  { status, statusSince, cancelAsk }: Pick<EventCore, 'status' | 'statusSince' | 'cancelAsk'>,
  calendar: WorkCalendar,
): Request[] {
  const limit = answerLimits[status]
  const requests: Request[] = []
  if (limit !== undefined)
    requests.push({ kind: 'decision', since: statusSince, dueAt: dueAfter(statusSince, limit, calendar) })
  if (cancelAsk !== null)
    requests.push({ kind: 'take-back', since: cancelAsk.at, dueAt: dueAfter(cancelAsk.at, aDay, calendar) })
  return requests
}

/** The level whose silence makes it the turn of the one above. */
export const fallingLevel: Level = 2

/** Whether a request has fallen up: the town did not answer in time. @param dueAt until when it was to be answered */
export const hasFallen = (level: Level, dueAt: number, now: number): boolean => level === fallingLevel && dueAt <= now
