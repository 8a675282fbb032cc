/**
 * What stands against an action before anything is asked: one guard an action, obeyed by the step (decide.ts) and
 * by the button (standing.ts), so that what is offered is what is accepted. Sources: domain.md D2, D3, invariants
 * I4 and I5. Left out: what an ask can still bring (a date, a department, an answer, evidence, a target to merge
 * into); that is judged by the step, beside the field it belongs to.
 */
import { problem, type Problem } from '../kernel/problem.ts'
import { dayLength } from '../kernel/time.ts'
import type { Action } from './acts.ts'
import { dueAfter, type WorkCalendar } from './deadline.ts'
import type { Actor } from './actor.ts'
import { gridAsked, isAwaited, type EventCore, type Level } from './terms.ts'

/** What is known of an event and of whoever looks at it, without an ask. */
export interface Moment {
  readonly now: number
  readonly calendar: WorkCalendar
  readonly actor: Actor
  /** Events split off this one that are still open. */
  readonly openChildren: number
}

type Guard = (event: EventCore, moment: Moment) => Problem | undefined

/** A refused report may be appealed against this long. */
export const returnWindow = 10 * dayLength
/** A resident may reopen once within this time; a desk later too. */
export const reopenWindow = 15 * dayLength
/** An event is urged once within this time by residents, and once by those who serve. */
export const urgeWindow = dayLength
/** From here on a matter is one of many, and goes past the levels between. */
const manyPeople = 30

const outOfTurn = () => problem('event.out-of-turn', 409)

const guards: { readonly [A in Action]?: Guard } = {
  // Without a grid there is no worker to ask: it would wait for nobody.
  'ask-verify': (event) => (gridAsked(event) === null ? problem('event.no-grid', 409) : undefined),
  // Who refused it does not refuse again what was appealed against.
  refuse: (event, { actor }) =>
    event.refusal !== null && event.refusal.by === actor.accountId ? problem('event.second-person', 403) : undefined,
  appeal: (event, { now }) => {
    if (event.refusal?.isLast) return problem('event.appealed-before', 409)
    return now - (event.closedAt ?? now) > returnWindow ? problem('event.too-late', 409, { days: 10 }) : undefined
  },
  // The matter of several is not withdrawn by one of them.
  cancel: (event, moment) => {
    const { actor } = moment
    if (actor.kind === 'person')
      return refuseTakeBack(event) ?? (isUntouched(event) ? refuseOpenChildren(moment) : takenUp())
    return event.status === 'registered' ? outOfTurn() : (refuseJoined(event) ?? refuseOpenChildren(moment))
  },
  'ask-cancel': (event) => {
    if (event.cancelAsk !== null || (event.status === 'registered' && isUntouched(event))) return outOfTurn()
    return refuseTakeBack(event)
  },
  'agree-cancel': (event, moment) => refuseAnswer(event, moment) ?? refuseTakeBack(event) ?? refuseOpenChildren(moment),
  'refuse-cancel': refuseAnswer,
  withdraw: (event, { actor }) => (event.reporters > 1 && actor.own ? undefined : outOfTurn()),
  'self-close': (event, moment) => {
    if (event.level !== 1 || event.topLevel !== 1)
      return problem('event.not-own-level', 409, { level: Math.max(event.level, event.topLevel) })
    if (event.citizens > 0) return problem('event.citizen-waits', 409)
    return event.isSensitive ? problem('event.sensitive', 409) : refuseOpenChildren(moment)
  },
  'report-up': (event) => refuseLevel(event, event.level + 1),
  // A community judges nobody who serves in it.
  'assign-down': (event) =>
    event.isAboutStaff && event.level === 2 ? problem('event.about-staff', 409) : refuseLevel(event, event.level - 1),
  // That it is about nobody who serves is for the county to say: below it stands whom it may be about.
  recode: (event) => {
    if (event.isAboutStaff && event.level < 3) return problem('event.about-staff', 409)
    return event.recodeAsk === null ? undefined : outOfTurn()
  },
  'agree-recode': ({ recodeAsk }, { actor }) => {
    if (recodeAsk === null) return outOfTurn()
    return recodeAsk.by === actor.accountId ? problem('event.second-person', 403) : undefined
  },
  // Who asked may take it back.
  'refuse-recode': ({ recodeAsk }) => (recodeAsk === null ? outOfTurn() : undefined),
  bypass: (event) => {
    if (event.urgency !== 2 && event.people < manyPeople) return problem('event.not-urgent', 409)
    // From the county there is nothing to go past; it would only start the clock anew.
    return event.level === 3 ? problem('event.no-such-level', 409, { level: 4 }) : undefined
  },
  merge: (_event, moment) => refuseOpenChildren(moment),
  split: (event) => (event.parentId === null ? undefined : problem('event.child-of-child', 409)),
  return: refuseReturn,
  'ask-extension': (event, { now }) => {
    if (event.extensions >= 2) return problem('event.extended-twice', 409)
    return event.handleDueAt === null || now > event.handleDueAt ? problem('event.overdue', 409) : undefined
  },
  // What is late leaves the list of what is late by being done.
  'ask-suspension': (event, { now }) =>
    event.handleDueAt === null || now > event.handleDueAt ? problem('event.overdue', 409) : undefined,
  'agree-extension': (event) => (event.pendingExtension === null ? outOfTurn() : undefined),
  'agree-suspension': (event) => (event.suspension === null ? outOfTurn() : undefined),
  resume: (event) => (event.suspension === null ? outOfTurn() : undefined),
  'resume-by-date': (event) => (event.suspension === null ? outOfTurn() : undefined),
  finish: (event, moment) =>
    refuseOpenChildren(moment) ??
    (event.coHandlers.some((c) => !c.isDone) ? problem('event.co-handling-open', 409) : undefined),
  pass: (event, moment) => (isAwaited(event) ? undefined : refuseClose(event, moment)),
  'check-unable': (event, { actor }) =>
    event.checkBy === 'centre' || actor.around?.canCheck === false ? outOfTurn() : undefined,
  'confirm-unreasonable': refuseClose,
  rate: (_event, { actor }) => (actor.own?.isSettled ? problem('event.rated-before', 409) : undefined),
  reopen: refuseReopen,
  urge: ({ urgedAt, urgedInsideAt }, { now, actor }) => {
    const last = actor.kind === 'person' ? urgedInsideAt : urgedAt
    return last !== null && now - last < urgeWindow
      ? problem('event.urged-lately', 409, { until: last + urgeWindow })
      : undefined
  },
  supervise: (event) =>
    event.supervision === 3 ? problem('event.supervised', 409, { grade: event.supervision }) : undefined,
  'lift-supervision': (event) => (event.supervision === 0 ? outOfTurn() : undefined),
  'force-close': (event) => (event.forceClose === null ? refuseForce(event) : outOfTurn()),
  'confirm-force-close': (event, moment) => {
    if (event.forceClose === null) return outOfTurn()
    if (event.forceClose.by === moment.actor.accountId) return problem('event.second-person', 403)
    return refuseForce(event) ?? refuseOpenChildren(moment)
  },
  'withdraw-force-close': (event) => (event.forceClose === null ? outOfTurn() : undefined),
}

/**
 * What stands against an action now, whatever is asked.
 * @returns the refusal, or undefined where an ask that fits would be accepted
 */
export function findObstacle(action: Action, event: EventCore, moment: Moment): Problem | undefined {
  return guards[action]?.(event, moment)
}

const takenUp = () => problem('event.taken-up', 409)
const refuseJoined = (event: EventCore) => (event.reporters > 1 ? problem('event.joined', 409) : undefined)

/** Nobody but its reporter has done anything with it; what waits to be looked at is his until it is registered. */
const isUntouched = (event: EventCore) => !event.isTakenUp || event.status !== 'registered'

/**
 * What nobody takes back by a slip: the matter of several, of a citizen (also where staff typed it), and a hazard of the
 * county, which is handled, or given its right category first.
 */
function refuseTakeBack(event: EventCore): Problem | undefined {
  const joined = refuseJoined(event)
  if (joined) return joined
  return event.citizens > 0 || event.onBehalfOf !== '' ? problem('event.of-citizen', 409) : refuseForce(event)
}

function refuseAnswer({ cancelAsk }: EventCore, { actor }: Moment): Problem | undefined {
  if (cancelAsk === null) return outOfTurn()
  return cancelAsk.by === actor.accountId ? problem('event.second-person', 403) : undefined
}

/** The centre of a level for this event; null where its place is not known. */
export function deskAt(event: EventCore, level: Level): string | null {
  return { 1: event.villageId, 2: event.townId, 3: event.countyId }[level]
}

/** The level whose desk judges an appeal: the next above that has one; of the county's own refusal the county's again. */
export function appealLevel(event: EventCore): Level {
  return ([2, 3] as const).find((level) => level > event.level && deskAt(event, level) !== null) ?? 3
}

/** The place whose desk that is. */
export const appealDesk = (event: EventCore): string => deskAt(event, appealLevel(event)) ?? event.countyId

export function isLevel(level: number): level is Level {
  return level === 1 || level === 2 || level === 3
}

function refuseLevel(event: EventCore, level: number): Problem | undefined {
  if (!isLevel(level)) return problem('event.no-such-level', 409, { level })
  return deskAt(event, level) === null ? problem('event.no-desk', 409, { level }) : undefined
}

function refuseOpenChildren({ openChildren }: Moment): Problem | undefined {
  return openChildren > 0 ? problem('event.open-children', 409, { open: openChildren }) : undefined
}

/** Closing asks for an answer where a citizen waits (I5) and for closed children (I4). */
export function refuseClose(event: EventCore, moment: Moment): Problem | undefined {
  const refusal = refuseOpenChildren(moment)
  if (refusal) return refusal
  return isAwaited(event) && !event.answer ? problem('event.answer-needed', 422) : undefined
}

/** A hazard that ever stood at the county's own level is never closed by force: asked with the request and again with its confirmation. */
function refuseForce(event: EventCore): Problem | undefined {
  const isOfCounty = event.level === 3 || event.topLevel === 3
  return event.categoryCode.startsWith('30') && isOfCounty ? problem('event.hazard-stays', 409) : undefined
}

/** A return falls inside its working day, is not asked twice by one department, and never against a ruling. */
function refuseReturn(event: EventCore, { now, calendar }: Moment): Problem | undefined {
  if (event.isRuled) return problem('event.ruled', 409)
  if (event.returnedBy.includes(event.departmentId ?? '')) return problem('event.returned-before', 409)
  const until = dueAfter(event.dispatchedAt ?? now, { kind: 'work-day', value: 1 }, calendar)
  return now > until ? problem('event.too-late', 409, { until }) : undefined
}

/** Each resident reopens once, whatever the others did, and within the window. */
export function refuseReopen(event: EventCore, { actor, now }: Moment): Problem | undefined {
  if (actor.kind !== 'resident') return undefined
  if (now - (event.closedAt ?? now) > reopenWindow) return problem('event.too-late', 409, { days: 15 })
  const hasReopened = actor.own ? actor.own.hasReopened === true : event.reopens >= 1
  return hasReopened && event.status === 'closed' ? problem('event.reopened-before', 409) : undefined
}
