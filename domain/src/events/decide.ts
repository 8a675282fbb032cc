/**
 * One pure function turns an event and an act into the next event, or a refusal. What stands against an
 * action whatever is asked is in guards.ts; what a step asks of its fields, beside the step (desk.ts, handling.ts,
 * checking.ts, overlays.ts). No step is taken that the table does not
 * show; decide() checks each result against it.
 */
import { isProblem, problem, type Problem } from '../kernel/problem.ts'
import type { Actor, Stand } from './actor.ts'
import type { Act, Action } from './acts.ts'
import { isAsking } from './asking.ts'
import { checkingSteps } from './checking.ts'
import { deskSteps } from './desk.ts'
import type { Change, Given, Step, Steps } from './given.ts'
import { findObstacle } from './guards.ts'
import { handlingSteps } from './handling.ts'
import { askedBackFrom, canMove } from './moves.ts'
import { overlaySteps } from './overlays.ts'
import { findStand } from './standing.ts'
import type { EventCore } from './terms.ts'

const steps: Steps<Action> = { ...deskSteps, ...handlingSteps, ...checkingSteps, ...overlaySteps }

export interface Decision extends Change {
  readonly fact: `event.${Action}`
  readonly stand: Stand | null
}

/** Judges an act: may this actor, is it his turn, does the guard allow it; then the next event. */
export function decide(event: EventCore, act: Act, given: Given): Decision | Problem {
  const stand = findStand(act.action, event, given.actor)
  if (isProblem(stand)) return stand
  const obstacle = findObstacle(act.action, event, given)
  if (obstacle) return obstacle
  const step = steps[act.action] as Step<Action>
  const change = step(event, act as never, given)
  if (isProblem(change)) return change
  if (!canMove(act.action, event.status, change.event.status))
    return problem('event.out-of-turn', 409, { from: event.status, to: change.event.status, action: act.action })
  return { ...change, event: settle(event, change.event, given, act.action), fact: `event.${act.action}`, stand }
}

/** What holds of every step: who asks is remembered, and what was asked dies with the state and desk it was asked in. */
function settle(before: EventCore, after: EventCore, { actor }: Given, action: Action): EventCore {
  const isElsewhere = before.status !== after.status || before.deskPlaceId !== after.deskPlaceId
  const askedBy = before.status === after.status ? after.askedBy : actor.accountId
  return {
    ...after,
    version: before.version + 1,
    askedBy: isAsking(after.status) ? askedBy : null,
    forceClose: isElsewhere ? null : after.forceClose,
    isTakenUp: after.isTakenUp || takesUp(before, actor, action),
    cancelAsk: askedBackFrom.includes(after.status) ? after.cancelAsk : null,
    recodeAsk: isElsewhere ? null : after.recodeAsk,
  }
}

/** Steps that say something and change nothing. */
export const words: ReadonlySet<Action> = new Set(['note', 'remark', 'urge'])
/** Whether a step takes a report up: one of somebody else that is more than a word. */
const takesUp = (event: EventCore, actor: Actor, action: Action): boolean =>
  actor.kind === 'person' && actor.accountId !== event.reporterId && !words.has(action)
