/**
 * In which capacity somebody stands before an event, and what he may do from there. A right comes from one
 * posting with its place and is never added up with the rights of another (anchors.md 3.7).
 */
import type { Duty } from '../kernel/duty.ts'
import { actions, type Action } from './acts.ts'
import { dutyOf, moves, type Relation } from './moves.ts'
import { isProblem, problem, type Problem } from '../kernel/problem.ts'
import type { EventCore } from './terms.ts'

/** A posting of the caller, seen from one event. */
export interface Stand {
  readonly postingId: string
  readonly placeId: string
  readonly departmentId: string | null
  readonly duties: ReadonlySet<Duty>
  /** The posting's place contains the event. */
  readonly covers: boolean
  /** The post stands at the event's grid, or at a grid that holds it. */
  readonly isOfGrid: boolean
}

export interface Actor {
  readonly kind: 'person' | 'resident' | 'system'
  readonly accountId: string | null
  readonly stands: readonly Stand[]
}

export const systemActor: Actor = { kind: 'system', accountId: null, stands: [] }
export const residentActor: Actor = { kind: 'resident', accountId: null, stands: [] }

function isRelated(relation: Relation, event: EventCore, actor: Actor, stand: Stand): boolean {
  switch (relation) {
    case 'desk':
      return stand.placeId === event.deskPlaceId && stand.departmentId === null
    case 'worker':
      return stand.isOfGrid || (event.gridId === null && stand.placeId === event.deskPlaceId)
    case 'handler':
      return stand.departmentId !== null && stand.departmentId === event.departmentId
    case 'co-handler':
      return event.coHandlers.some((c) => c.departmentId === stand.departmentId && !c.isDone)
    case 'checker':
      return isChecker(event, actor, stand)
    case 'over':
      return stand.covers && stand.departmentId === null
    case 'reporter':
      return actor.accountId !== null && actor.accountId === event.reporterId && stand.covers
    case 'resident':
    case 'system':
      return false
  }
}

/**
 * The reporting worker, else any worker of the grid. When the worker is unable or the case is a sample: the desk, or
 * a centre above it, since a community has one officer and he may have handled it himself.
 */
function isChecker(event: EventCore, actor: Actor, stand: Stand): boolean {
  if (event.checkBy === 'centre' || event.gridId === null)
    return stand.covers && stand.departmentId === null && !stand.isOfGrid
  if (event.checkerId !== null) return actor.accountId === event.checkerId
  return stand.isOfGrid
}

/** The posting by which an actor may take an action now, or the refusal. System and resident act without one. */
export function findStand(action: Action, event: EventCore, actor: Actor): Stand | null | Problem {
  const move = moves[action]
  if (!move.from.includes(event.status)) return problem('event.out-of-turn', 409, { status: event.status, action })
  if (actor.kind !== 'person') {
    return move.by.includes(actor.kind) ? null : problem('not-allowed', 403)
  }
  const stand = actor.stands.find(
    (s) => s.duties.has(dutyOf(action)) && move.by.some((r) => isRelated(r, event, actor, s)),
  )
  if (!stand) return problem('not-allowed', 403, { action })
  if (isOwnWork(action, event, actor)) return problem('event.own-work', 403)
  return stand
}

/** Nobody checks, calls back or confirms what he handled himself (invariant I1). */
function isOwnWork(action: Action, event: EventCore, actor: Actor): boolean {
  const judges: Action[] = ['pass', 'fail', 'call-back', 'confirm-unreasonable']
  if (!judges.includes(action)) return false
  if (actor.accountId !== null && event.handledBy.includes(actor.accountId)) return true
  return event.isSampled && actor.accountId === event.reporterId
}

/** The actions a person may take now, in the order of the table. */
export function availableActions(event: EventCore, actor: Actor): Action[] {
  return actions.filter((action) => !isProblem(findStand(action, event, actor)) && isSensible(action, event))
}

/** Leaves out what the guard would refuse anyway, so that no button leads to a refusal. */
function isSensible(action: Action, event: EventCore): boolean {
  switch (action) {
    case 'self-close':
      return event.level === 1 && !event.isSensitive
    case 'report-up':
      return event.level < 3
    case 'assign-down':
      return event.level > 1
    case 'bypass':
      return event.level === 1 && event.urgency === 2
    case 'confirm-force-close':
    case 'withdraw-force-close':
      return event.forceClose !== null
    case 'force-close':
      return event.forceClose === null
    case 'supervise':
      return event.supervision < 3
    case 'lift-supervision':
      return event.supervision > 0
    case 'return':
      return !event.isRuled && !event.returnedBy.includes(event.departmentId ?? '')
    case 'ask-extension':
      return event.extensions < 2
    case 'refuse':
      return true
    default:
      return true
  }
}
