/**
 * The work lists: which actions make an event wait for somebody, and from which post. A list shows whose turn it
 * is, which is less than what he may do: a county may call back for every event below it, but calls for its own.
 * Source: domain.md D2. The condition in SQL (server/src/events/queries/conditions.ts) is drawn from the same table.
 */
import type { Actor, Stand } from './actor.ts'
import type { Action } from './acts.ts'
import { hasFallen, requestsOf, type Request } from './asking.ts'
import type { Moment } from './guards.ts'
import { dutyOf, moves } from './moves.ts'
import { decidingActions, isCentreCheck, isDeskOrTown, isFitting, isOwnAsk, isOwnWork, isRelated } from './standing.ts'
import type { EventCore } from './terms.ts'

/**
 * `unplaced`: the own desk, where no grid is known yet; `forced`: whoever stands at the desk or above it, where somebody
 * else asked for a forced close.
 * `asked-back`: whoever answers somebody who asked to take his report back.
 * `recode-asked`: the desk, where somebody else there asked that a matter be about nobody who serves.
 * `answer`: whoever decides what somebody asked for: the own desk, the town for its communities, and of a town that was
 * silent too long the county (asking.ts); so with `asked-back`.
 * `desk-or-town`: the own desk, and for a town what its communities handled: one officer cannot judge his own work, nor answer what he asked for.
 */
export type Turn =
  | 'unplaced'
  | 'forced'
  | 'asked-back'
  | 'recode-asked'
  | 'answer'
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
    ...wait('recode-asked', 'agree-recode', 'refuse-recode'),
    ...wait('answer', ...decidingActions),
  ],
  'to-call': wait('desk-or-town', 'call-back'),
}

/** When it is asked, and the calendar of the county. */
type Now = Pick<Moment, 'now' | 'calendar'>

/** Whether an event stands in a work list of somebody. */
export function waitsFor(queue: WorkQueue, event: EventCore, actor: Actor, moment: Now): boolean {
  return queueTable[queue].some(
    ({ action, for: turn }) =>
      moves[action].from.includes(event.status) &&
      !isOwnWork(action, event, actor) &&
      !isOwnAsk(action, event, actor) &&
      actor.stands.some(
        (stand) =>
          stand.duties.has(dutyOf(action)) &&
          isTurn(turn, event, { actor, stand, moment }) &&
          isFitting(action, event, actor, stand),
      ),
  )
}

interface Seen {
  readonly actor: Actor
  readonly stand: Stand
  readonly moment: Now
}

function isTurn(turn: Turn, event: EventCore, { actor, stand, moment }: Seen): boolean {
  const answers = (kind: Request['kind']) =>
    isDeskOrTown(event, actor, stand) || isAboveSilence(event, kind, { stand, moment })
  if (turn === 'desk-or-town') return isDeskOrTown(event, actor, stand)
  if (turn === 'unplaced') return isUnplaced(event) && isRelated.desk(event, actor, stand)
  if (turn === 'forced') return isForced(event, actor) && isRelated.above(event, actor, stand)
  if (turn === 'answer') return answers('decision')
  if (turn === 'recode-asked') return isRecodeAsked(event, actor) && isRelated.desk(event, actor, stand)
  if (turn === 'asked-back') return isAskedBack(event, actor) && answers('take-back')
  if (turn === 'checker' && isCentreCheck(event, actor)) return isDeskOrTown(event, actor, stand)
  return isRelated[turn](event, actor, stand)
}

/** No grid is known, and nobody has registered it yet. */
const isUnplaced = (event: EventCore) => event.gridId === null && event.stage === 'accept'
/** Somebody else asked for a forced close. */
const isForced = ({ forceClose }: EventCore, actor: Actor) => forceClose !== null && forceClose.by !== actor.accountId

/** Somebody else asked to take his report back. */
const isAskedBack = ({ cancelAsk }: EventCore, actor: Actor) => cancelAsk !== null && cancelAsk.by !== actor.accountId

/** Somebody else asked that it be about nobody who serves. */
const isRecodeAsked = ({ recodeAsk }: EventCore, actor: Actor) => recodeAsk !== null && recodeAsk.by !== actor.accountId

/** At the county, where its town let a request lie beyond its time. */
function isAboveSilence(event: EventCore, kind: Request['kind'], { stand, moment }: Omit<Seen, 'actor'>): boolean {
  if (stand.departmentId !== null || stand.placeId !== event.countyId) return false
  const request = requestsOf(event, moment.calendar).find((r) => r.kind === kind)
  return request !== undefined && hasFallen(event.level, request.dueAt, moment.now)
}
