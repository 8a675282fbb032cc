/**
 * Which clock runs in which state, and how it is handed on. The clock of handling starts at dispatch, not at
 * signing, so that not signing buys no time (domain.md D0). Sum of running time and of paused time are kept
 * apart (I7).
 */
import { dueAfter, resumeDue, timeLeft, usedAt, type Marks, type WorkCalendar } from './deadline.ts'
import type { EventCore, EventStatus, Limit, Limits, Milestone, Stage, Urgency } from './terms.ts'
import { dayLength } from '../kernel/time.ts'

const stageOf: Record<EventStatus, Stage | null> = {
  reported: 'accept',
  verifying: 'accept',
  registered: 'dispatch',
  reopened: 'dispatch',
  dispatched: 'handle',
  'in-progress': 'handle',
  'return-requested': 'handle',
  ruling: 'handle',
  'extend-requested': 'handle',
  'suspend-requested': 'handle',
  suspended: 'handle',
  rework: 'handle',
  handled: 'check',
  verified: 'callback',
  callback: 'callback',
  'unreasonable-claimed': 'callback',
  closed: null,
  rejected: null,
  merged: null,
  cancelled: null,
  archived: null,
}

/** Limits by urgency where a category names none: domain.md A9 (dispatch 24 h, 2 h, 1 h) and D3. */
export const usualLimits: Readonly<Record<Urgency, Readonly<Record<Milestone, Limit>>>> = {
  0: {
    accept: { kind: 'work-day', value: 1 },
    dispatch: { kind: 'natural-hour', value: 24 },
    sign: { kind: 'work-day', value: 1 },
    handle: { kind: 'work-day', value: 7 },
    check: { kind: 'work-day', value: 1 },
    callback: { kind: 'work-day', value: 2 },
  },
  1: {
    accept: { kind: 'natural-hour', value: 2 },
    dispatch: { kind: 'natural-hour', value: 2 },
    sign: { kind: 'natural-hour', value: 2 },
    handle: { kind: 'natural-hour', value: 24 },
    check: { kind: 'natural-hour', value: 8 },
    callback: { kind: 'work-day', value: 2 },
  },
  2: {
    accept: { kind: 'natural-hour', value: 0.5 },
    dispatch: { kind: 'natural-hour', value: 1 },
    sign: { kind: 'natural-hour', value: 0.5 },
    handle: { kind: 'natural-hour', value: 2 },
    check: { kind: 'natural-hour', value: 4 },
    callback: { kind: 'work-day', value: 1 },
  },
}

/** The limit of a milestone: the category's own, else the default of the urgency. */
export function limitOf(limits: Limits, milestone: Milestone, urgency: Urgency): Limit {
  return limits[milestone] ?? usualLimits[urgency][milestone]
}

export interface Entry {
  readonly now: number
  readonly calendar: WorkCalendar
  /** Overrides the due instant of the handling stage. */
  readonly handleDueAt?: number
}

/** Where the first date of handling still counts: what has left the department again, and what it has. */
const untilHandled: ReadonlySet<Stage> = new Set(['dispatch', 'handle'])

/**
 * By when it is to be done, of all its dates: the running stage's, the hotline's own, and the first one of handling,
 * which a return does not move. Null where nothing is owed. Source: domain.md D4, I2.
 */
export function bindingDue(event: EventCore): number | null {
  if (event.dueAt === null || stageOf[event.status] === null) return event.dueAt
  const isTotal = untilHandled.has(event.stage) && event.status !== 'suspended'
  return Math.min(event.dueAt, event.externalDueAt ?? Infinity, isTotal ? (event.totalDueAt ?? Infinity) : Infinity)
}

/** Moves to a state: closes the running stage clock, and starts the next where the stage changes. */
export function enter(event: EventCore, status: EventStatus, entry: Entry, restart = false): EventCore {
  const { now, calendar } = entry
  const stage = stageOf[status]
  const before = stageOf[event.status]
  if (stage === null) return { ...settleTime(event, now), status, statusSince: now, dueAt: null, stageStartedAt: now }
  const handleDueAt = entry.handleDueAt ?? event.handleDueAt
  if (stage === before && !restart)
    return { ...event, status, statusSince: now, handleDueAt, dueAt: stage === 'handle' ? handleDueAt : event.dueAt }
  const dueAt = stage === 'handle' ? handleDueAt : dueAfter(now, limitOf(event.limits, stage, event.urgency), calendar)
  return {
    ...settleTime(event, now),
    status,
    statusSince: now,
    stage,
    stageStartedAt: now,
    handleDueAt,
    dueAt,
    alarmedAt: now,
  }
}

/** Books the time since the stage began; a stopped clock books it as paused. */
export function settleTime(event: EventCore, now: number): EventCore {
  const ran = Math.max(0, now - event.stageStartedAt)
  if (stageOf[event.status] === null) return { ...event, stageStartedAt: now }
  if (event.status === 'suspended') return { ...event, pausedMs: event.pausedMs + ran, stageStartedAt: now }
  return { ...event, stageStartedAt: now, spent: { ...event.spent, [event.stage]: event.spent[event.stage] + ran } }
}

/** The due instant of a fresh dispatch: the category's limit, three working days at most on a second handling. */
export function handleDue(event: EventCore, entry: Entry): number {
  const limit = limitOf(event.limits, 'handle', event.urgency)
  const due = dueAfter(entry.now, limit, entry.calendar)
  return event.reopens === 0 ? due : Math.min(due, dueAfter(entry.now, { kind: 'work-day', value: 3 }, entry.calendar))
}

/** Rework gets half of the limit, a working day at least. */
export function reworkDue(event: EventCore, entry: Entry): number {
  const limit = limitOf(event.limits, 'handle', event.urgency)
  const half = dueAfter(entry.now, { ...limit, value: limit.value / 2 }, entry.calendar)
  return Math.max(half, dueAfter(entry.now, { kind: 'work-day', value: 1 }, entry.calendar))
}

/** The latest day an extension may ask for: as much again as the category gives. */
export function latestExtension(event: EventCore, calendar: WorkCalendar): number {
  return dueAfter(event.handleDueAt ?? event.stageStartedAt, limitOf(event.limits, 'handle', event.urgency), calendar)
}

/** How long a stop may last: a year for season, works and law; less while waiting for somebody. */
export function latestStop(reason: string, entry: Entry): number {
  if (reason === 'citizen') return dueAfter(entry.now, { kind: 'work-day', value: 3 }, entry.calendar)
  if (reason === 'third-party') return entry.now + 30 * dayLength
  return entry.now + 365 * dayLength
}

/** What was left when the clock stopped; negative where it was late, if only by a night that nobody works in. */
export function leftOfHandling(event: EventCore, entry: Entry): number {
  const due = event.handleDueAt ?? entry.now
  const left = timeLeft(entry.now, due, limitOf(event.limits, 'handle', event.urgency), entry.calendar)
  return entry.now > due ? Math.min(-1, left) : left
}

/** The limit that runs now. */
export const runningLimit = (event: EventCore): Limit => limitOf(event.limits, event.stage, event.urgency)

/** When half and four fifths of the running limit are used, in its own kind of time; without values where no clock runs. */
export function marksOf(event: EventCore, calendar: WorkCalendar): Marks | typeof noMarks {
  const due = bindingDue(event)
  if (due === null) return noMarks
  // A stop has an end, not a limit.
  const limit = event.status === 'suspended' ? natural : runningLimit(event)
  const at = (share: number) => usedAt(event.stageStartedAt, due, { share, limit, calendar })
  return { half: at(0.5), soon: at(0.8) }
}

const noMarks = { half: null, soon: null } as const
const natural: Limit = { kind: 'natural-hour', value: 1 }

export function dueAfterStop(event: EventCore, left: number, entry: Entry): number {
  return resumeDue(entry.now, left, limitOf(event.limits, 'handle', event.urgency), entry.calendar)
}

/** Taken from the department that had it: it is to be dispatched anew, its first date stands. */
export const backAtDesk = (event: EventCore, entry: Entry): EventCore => ({
  ...enter(event, 'registered', entry),
  departmentId: null,
  isSigned: false,
  dispatchedAt: null,
  handleDueAt: null,
  coHandlers: [],
})

/**
 * After its department was closed: what it handles goes back to the desk, where it was to help nobody waits for it any
 * more, and what it had finished goes on as it was.
 * @returns the same event where the department has nothing in hand
 */
export function withoutDepartment(event: EventCore, departmentId: string, entry: Entry): EventCore {
  const { version } = event
  if (event.departmentId === departmentId && event.stage === 'handle')
    return {
      ...backAtDesk(event, entry),
      pendingExtension: null,
      suspension: null,
      isRuled: false,
      // The date of a matter that stood still had moved with its stop: the next department gets one of its own.
      totalDueAt: event.status === 'suspended' ? null : event.totalDueAt,
      version: version + 1,
    }
  const coHandlers = event.coHandlers.filter((c) => c.isDone || c.departmentId !== departmentId)
  return coHandlers.length === event.coHandlers.length ? event : { ...event, coHandlers, version: version + 1 }
}
