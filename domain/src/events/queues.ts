/**
 * The work lists: which actions make an event wait for somebody, and from which post. A list shows whose turn it
 * is, which is less than what he may do: a county may call back for every event below it, but calls for its own.
 * Source: domain.md D2. The condition in SQL (server/src/events/queries/conditions.ts) is drawn from the same table.
 */
import type { Actor, Stand } from './actor.ts'
import type { Action } from './acts.ts'
import { dutyOf, moves } from './moves.ts'
import { decidingActions, isCentreCheck, isFitting, isOwnAsk, isOwnWork, isRelated } from './standing.ts'
import type { EventCore } from './terms.ts'

/**
 * `unplaced`: the own desk, where no grid is known yet; `forced`: whoever stands at the desk or above it, where somebody
 * else asked for a forced close.
 * `asked-back`: whoever answers somebody who asked to take his report back.
 * `desk-or-town`: the own desk, and for a town what its communities handled: one officer cannot judge his own work, nor answer what he asked for.
 */
export type Turn =
  | 'unplaced'
  | 'forced'
  | 'asked-back'
  | 'desk'
  | 'desk-or-town'
  | 'worker'
  | 'handler'
  | 'co-handler'
  | 'checker'

export interface Waiting {
  readonly action: Action
  readonly for: Turn
}

export const workQueues = ['to-verify', 'to-dispatch', 'to-handle', 'to-check', 'to-decide', 'to-call'] as const
export type WorkQueue = (typeof workQueues)[number]

const wait = (turn: Turn, ...actions: Action[]): Waiting[] => actions.map((action) => ({ action, for: turn }))

export const queueTable: Readonly<Record<WorkQueue, readonly Waiting[]>> = {
  'to-verify': [...wait('worker', 'verify'), ...wait('desk', 'register'), ...wait('unplaced', 'place')],
  'to-dispatch': wait('desk', 'dispatch'),
  'to-handle': [...wait('handler', 'sign', 'finish', 'resume'), ...wait('co-handler', 'finish-co-handling')],
  'to-check': wait('checker', 'pass', 'fail'),
  'to-decide': [
    ...wait('forced', 'confirm-force-close'),
    ...wait('asked-back', 'agree-cancel', 'refuse-cancel'),
    ...wait('desk-or-town', ...decidingActions),
  ],
  'to-call': wait('desk-or-town', 'call-back'),
}

/** Whether an event stands in a work list of somebody. */
export function waitsFor(queue: WorkQueue, event: EventCore, actor: Actor): boolean {
  return queueTable[queue].some(
    ({ action, for: turn }) =>
      moves[action].from.includes(event.status) &&
      !isOwnWork(action, event, actor) &&
      !isOwnAsk(action, event, actor) &&
      actor.stands.some(
        (stand) =>
          stand.duties.has(dutyOf(action)) &&
          isTurn(turn, event, actor, stand) &&
          isFitting(action, event, actor, stand),
      ),
  )
}

function isTurn(turn: Turn, event: EventCore, actor: Actor, stand: Stand): boolean {
  if (turn === 'desk-or-town') return isDeskOrTown(event, actor, stand)
  if (turn === 'unplaced') return isUnplaced(event) && isRelated.desk(event, actor, stand)
  if (turn === 'forced') return isForced(event, actor) && isRelated.above(event, actor, stand)
  if (turn === 'asked-back') return isAskedBack(event, actor) && isDeskOrTown(event, actor, stand)
  if (turn === 'checker' && isCentreCheck(event, actor)) return isDeskOrTown(event, actor, stand)
  return isRelated[turn](event, actor, stand)
}

/** No grid is known, and nobody has registered it yet. */
const isUnplaced = (event: EventCore) => event.gridId === null && event.stage === 'accept'
/** Somebody else asked for a forced close. */
const isForced = ({ forceClose }: EventCore, actor: Actor) => forceClose !== null && forceClose.by !== actor.accountId

/** Somebody else asked to take his report back. */
const isAskedBack = ({ cancelAsk }: EventCore, actor: Actor) => cancelAsk !== null && cancelAsk.by !== actor.accountId

function isDeskOrTown(event: EventCore, actor: Actor, stand: Stand): boolean {
  if (isRelated.desk(event, actor, stand)) return true
  return event.level === 1 && stand.departmentId === null && stand.placeId === event.townId
}
