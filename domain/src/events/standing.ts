/**
 * In which capacity somebody stands before an event, and what he may do from there. A right comes from one
 * posting with its place and is never added up with the rights of another (anchors.md 3.7).
 */
import { isProblem, problem, type Problem } from '../kernel/problem.ts'
import type { Actor, Stand } from './actor.ts'
import { actions, type Action } from './acts.ts'
import { findObstacle, type Moment } from './guards.ts'
import { dutyOf, moves, type Relation } from './moves.ts'
import type { EventCore } from './terms.ts'

type Test = (event: EventCore, actor: Actor, stand: Stand) => boolean

/** Whether a posting stands in a relation to an event. */
export const isRelated: Readonly<Record<Relation, Test>> = {
  desk: (event, _actor, stand) => stand.placeId === event.deskPlaceId && stand.departmentId === null,
  worker: (event, _actor, stand) =>
    stand.departmentId === null && (event.gridId === null ? stand.placeId === event.deskPlaceId : stand.isOfGrid),
  handler: (event, _actor, stand) => stand.departmentId !== null && stand.departmentId === event.departmentId,
  'co-handler': (event, _actor, stand) =>
    event.coHandlers.some((c) => c.departmentId === stand.departmentId && !c.isDone),
  checker: isChecker,
  over: (_event, _actor, stand) => stand.covers && stand.departmentId === null,
  reporter: (event, actor, stand) => actor.accountId !== null && actor.accountId === event.reporterId && stand.covers,
  resident: () => false,
  system: () => false,
}

/**
 * The reporting worker, else any worker of the grid. When the worker is unable or the case is a sample: the desk, or
 * a centre above it, since a community has one officer and he may have handled it himself.
 */
function isChecker(event: EventCore, actor: Actor, stand: Stand): boolean {
  if (isCentreCheck(event)) return stand.covers && stand.departmentId === null && !stand.isOfGrid
  if (event.checkerId !== null) return actor.accountId === event.checkerId
  return stand.isOfGrid
}

/** Whether a centre checks, not the worker. */
export function isCentreCheck(event: EventCore): boolean {
  return event.checkBy === 'centre' || event.gridId === null
}

/** The posting by which an actor may take an action now, or the refusal. System and resident act without one. */
export function findStand(action: Action, event: EventCore, actor: Actor): Stand | null | Problem {
  const move = moves[action]
  if (!move.from.includes(event.status)) return problem('event.out-of-turn', 409, { status: event.status, action })
  if (actor.kind !== 'person') {
    return move.by.includes(actor.kind) ? null : problem('not-allowed', 403)
  }
  const stand = actor.stands.find(
    (s) => s.duties.has(dutyOf(action)) && move.by.some((r) => isRelated[r](event, actor, s)),
  )
  if (!stand) return problem('not-allowed', 403, { action })
  if (isOwnWork(action, event, actor)) return problem('event.own-work', 403)
  return stand
}

/** Actions by which the work of others is judged. */
export const judgingActions: ReadonlySet<Action> = new Set(['pass', 'fail', 'call-back', 'confirm-unreasonable'])

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
