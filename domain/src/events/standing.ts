/**
 * In which capacity somebody stands before an event, and what he may do from there. A right comes from one
 * posting with its place and is never added up with the rights of another (anchors.md 3.7).
 */
import type { Duty } from '../kernel/duty.ts'
import { isProblem, problem, type Problem } from '../kernel/problem.ts'
import type { Actor, Stand } from './actor.ts'
import { actions, type Action } from './acts.ts'
import { deskAt, findObstacle, type Moment } from './guards.ts'
import { dutyOf, moves, type Relation } from './moves.ts'
import { mayTakePart } from './secrecy.ts'
import { gridAsked, type EventCore, type Level } from './terms.ts'

type Test = (event: EventCore, actor: Actor, stand: Stand) => boolean

const relates: Readonly<Record<Relation, Test>> = {
  desk: (event, _actor, stand) => stand.placeId === event.deskPlaceId && stand.departmentId === null,
  worker: (event, actor, stand) =>
    stand.departmentId === null &&
    ((gridAsked(event) !== null && stand.isOfGrid) ||
      (isLeftToDesk(event, actor) && stand.placeId === event.deskPlaceId)),
  handler: (event, _actor, stand) => stand.departmentId !== null && stand.departmentId === event.departmentId,
  'co-handler': (event, _actor, stand) =>
    event.coHandlers.some((c) => c.departmentId === stand.departmentId && !c.isDone),
  checker: isChecker,
  over: (_event, _actor, stand) => stand.covers && stand.departmentId === null,
  above: (event, _actor, stand) => (levelOf(event, stand) ?? 0) >= event.level,
  reporter: (event, actor, stand) => actor.accountId !== null && actor.accountId === event.reporterId && stand.covers,
  author: (event, actor) => actor.accountId !== null && actor.accountId === event.reporterId,
  resident: () => false,
  system: () => false,
}

const upheld =
  (relation: Relation): Test =>
  (event, actor, stand) =>
    mayTakePart(event, stand.placeId) && relates[relation](event, actor, stand)

/**
 * Whether a posting stands in a relation to an event: to one about staff none below its desk does (secrecy.ts). A report
 * is its reporter's own, wherever he serves, and to whom it may be given is asked when it is given (desk.ts, handling.ts).
 */
export const isRelated: Readonly<Record<Relation, Test>> = {
  ...relates,
  desk: upheld('desk'),
  worker: upheld('worker'),
  checker: upheld('checker'),
  over: upheld('over'),
  above: upheld('above'),
}

/** The duty by which a post works at an event in a relation; who only looks over it has no part in it. */
const workingAs: readonly (readonly [Relation, Duty])[] = [
  ['desk', 'event.dispatch'],
  ['worker', 'event.verify'],
  ['handler', 'event.finish'],
  ['co-handler', 'event.finish-co-handling'],
  ['checker', 'event.pass'],
]

/** Whether somebody reported an event, or works at it by a post of his. */
export function hasPart(event: EventCore, actor: Actor): boolean {
  if (actor.accountId !== null && actor.accountId === event.reporterId) return true
  return actor.stands.some((stand) =>
    workingAs.some(([relation, duty]) => stand.duties.has(duty) && isRelated[relation](event, actor, stand)),
  )
}

/** The highest level whose centre a post stands at for this event; null for a department's and for any other. */
export function levelOf(event: EventCore, stand: Stand): Level | null {
  if (stand.departmentId !== null) return null
  return ([3, 2, 1] as const).find((level) => deskAt(event, level) === stand.placeId) ?? null
}

/** Whether a post leads: whoever may confirm a forced close is the leader in charge of a place. */
export const leads = (stand: Pick<Stand, 'duties'>): boolean => stand.duties.has('event.confirm-force-close')

type Demand = (event: EventCore, actor: Actor, stand: Stand) => Problem | undefined
const byLeader = (isLeader: boolean) => (isLeader ? undefined : problem('event.leader-only', 403))
/** Whether a post answers the requests of every day: a chief's does, a leader's does not. */
export const isChief = (stand: Pick<Stand, 'duties'>): boolean =>
  !leads(stand) || stand.duties.has('event.agree-suspension')

/** The first extension is the chief's to decide, a second the leader's. Source: domain.md D2. */
const decidesExtension: Demand = (event, _actor, stand) => {
  if (event.extensions > 0) return byLeader(leads(stand))
  return isChief(stand) ? undefined : problem('not-allowed', 403)
}

/** What is the chief’s to decide the first time, and the leader’s the second. */
export const extendingActions: ReadonlySet<Action> = new Set(['agree-extension', 'refuse-extension'])

/** What an action asks of the post besides duty and relation. */
const demands: { readonly [A in Action]?: Demand } = {
  'agree-extension': decidesExtension,
  'refuse-extension': decidesExtension,
  // A card is lifted at the level that gave it or above; a red one by a leader.
  'lift-supervision': (event, _actor, stand) => {
    if ((levelOf(event, stand) ?? 0) < (event.cardLevel ?? event.level)) return problem('event.card-above', 403)
    return event.supervision < 3 ? undefined : byLeader(leads(stand))
  },
  // What was ruled binds the desk too: another department is for who rules to name.
  transfer: (event, _actor, stand) =>
    event.isRuled && !stand.duties.has('event.rule') ? problem('event.ruled', 409) : undefined,
  // What lies in the archive is the centre's to take up again, with its reason: all that was done stays.
  reopen: (event, actor, stand) =>
    event.status === 'archived' && !isRelated.desk(event, actor, stand) ? problem('not-allowed', 403) : undefined,
  // Whether who checks can go and see is his to say, not the centre's that stands in for him.
  'check-unable': (event, actor, stand) =>
    isCheckLate(actor) && !stand.isOfGrid && actor.accountId !== event.checkerId
      ? problem('not-allowed', 403)
      : undefined,
  'withdraw-force-close': (event, actor, stand) => {
    const isAbove = leads(stand) || (levelOf(event, stand) ?? 0) > event.level
    return isAbove || event.forceClose?.by === actor.accountId ? undefined : problem('event.asker-only', 403)
  },
}

/** Whether no worker of a grid can look: none is known, or nobody serves it who may see it. */
const isLeftToDesk = (event: EventCore, { around }: Actor) => gridAsked(event) === null || around?.canVerify === false

/**
 * The reporting worker, else any worker of the grid; past the limit of the check any of them, and the centre whose turn
 * it is, so that it waits for nobody who is ill. When the worker is unable or the case is a sample, or nobody serves
 * the grid who had no hand in it: the desk, or a centre above it, since a community has one officer and he may have
 * handled it himself.
 */
function isChecker(event: EventCore, actor: Actor, stand: Stand): boolean {
  if (isCentreCheck(event, actor)) return stand.covers && stand.departmentId === null && !stand.isOfGrid
  const isNamed = isNamedCheck(event, actor)
  if (isNamed && actor.accountId === event.checkerId) return true
  if (isCheckLate(actor)) return stand.isOfGrid || isDeskOrTown(event, actor, stand)
  return !isNamed && stand.isOfGrid
}

const isCheckLate = ({ around }: Actor) => around?.isCheckLate === true

/** At the desk, or for what lies with a community at its town. */
export function isDeskOrTown(event: EventCore, actor: Actor, stand: Stand): boolean {
  if (isRelated.desk(event, actor, stand)) return true
  return event.level === 1 && stand.departmentId === null && stand.placeId === event.townId
}

/** Whether it is one worker's to check: he serves there still, and had no hand in the handling. */
function isNamedCheck({ checkerId, handledBy }: EventCore, { around }: Actor): boolean {
  return checkerId !== null && !handledBy.includes(checkerId) && around?.isCheckerThere !== false
}

/** Whether a centre checks, not a worker. */
export function isCentreCheck(event: EventCore, actor: Actor): boolean {
  if (event.checkBy === 'centre' || gridAsked(event) === null) return true
  return !isNamedCheck(event, actor) && actor.around?.canCheck === false
}

/** The posting by which an actor may take an action now, or the refusal. System and resident act without one. */
export function findStand(action: Action, event: EventCore, actor: Actor): Stand | null | Problem {
  const move = moves[action]
  if (!move.from.includes(event.status)) return problem('event.out-of-turn', 409, { status: event.status, action })
  if (actor.kind !== 'person') {
    if (actor.own?.isWithdrawn) return problem('event.out-of-turn', 409, { action })
    return move.by.includes(actor.kind) ? null : problem('not-allowed', 403)
  }
  const related = actor.stands.filter(
    (s) => s.duties.has(dutyOf(action)) && move.by.some((r) => isRelated[r](event, actor, s)),
  )
  if (related.length === 0) return problem('not-allowed', 403, { action })
  if (isOwnWork(action, event, actor)) return problem('event.own-work', 403)
  if (isOwnAsk(action, event, actor)) return problem('event.second-person', 403)
  const demand = demands[action]
  const fitting = related.find((s) => demand?.(event, actor, s) === undefined)
  return fitting ?? demand?.(event, actor, related[0]!) ?? related[0]!
}

/** Whether a post fulfils what an action asks of it besides duty and relation. */
export const isFitting = (action: Action, event: EventCore, actor: Actor, stand: Stand): boolean =>
  demands[action]?.(event, actor, stand) === undefined

/** Actions by which the work of others is judged. */
export const judgingActions: ReadonlySet<Action> = new Set([
  'pass',
  'fail',
  'call-back',
  'confirm-unreasonable',
  'agree-cancel',
])

/** Actions that answer what somebody asked for: never the same person, whatever posts he has. */
export const decidingActions: ReadonlySet<Action> = new Set([
  'agree-return',
  'refuse-return',
  'rule',
  'agree-extension',
  'refuse-extension',
  'agree-suspension',
  'refuse-suspension',
  'confirm-unreasonable',
  'refuse-unreasonable',
])

/** Whether what waits for a decision was asked for by whoever would decide. */
export function isOwnAsk(action: Action, event: EventCore, actor: Actor): boolean {
  return decidingActions.has(action) && actor.accountId !== null && event.askedBy === actor.accountId
}

/** Nobody checks, calls back or confirms what he handled himself (invariant I1). */
export function isOwnWork(action: Action, event: EventCore, actor: Actor): boolean {
  if (!judgingActions.has(action)) return false
  if (actor.accountId !== null && event.handledBy.includes(actor.accountId)) return true
  return event.isSampled && actor.accountId === event.reporterId
}

/** The actions somebody may take now, in the order of the table: each would be accepted with an ask that fits. */
export function availableActions(event: EventCore, moment: Moment): Action[] {
  return actions.filter(
    (action) => !isProblem(findStand(action, event, moment.actor)) && !findObstacle(action, event, moment),
  )
}
