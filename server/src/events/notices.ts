/** Who is told when an event comes to a state: whose turn it is now, and nobody else. */
import type { Action } from '@fengge/domain/events/acts'
import { fallingLevel } from '@fengge/domain/events/asking'
import { gridAsked, type EventCore, type EventStatus } from '@fengge/domain/events/terms'
import type { Duty } from '@fengge/domain/kernel/duty'
import { freshId } from '../kernel/fresh-id.ts'
import type { Notice } from './store/notices.ts'

/** What is to be said, and to whom. */
type Word = Omit<Notice, 'id'>

export function noticesFor(event: EventCore, action: Action | 'report', now: number): Notice[] {
  return wordsFor(event, action).map((word) => ({ id: freshId(now), ...word }))
}

/** Its department was closed: the desk has it again. */
export const noticesOfClosedDepartment = (event: EventCore, now: number): Notice[] =>
  toDispatch(event).map((word) => ({ id: freshId(now), ...word }))

function wordsFor(event: EventCore, action: Action | 'report'): Word[] {
  if (action === 'supervise' || action === 'note' || action === 'remark' || action === 'urge')
    return [...(event.departmentId ? [toHandler(event, action)] : []), toDesk(event, action, 'event.dispatch')]
  if (action === 'force-close') return [...toDecider(event, leaderDuty), ...atCounty(event, leaderDuty)]
  if (action === 'ask-cancel') return toDecider(event, 'event.agree-cancel', 'cancel-asked')
  if (action === 'recode' && event.recodeAsk !== null) return [toDesk(event, 'recode-asked', 'event.agree-recode')]
  if (action === 'refuse-cancel') return toReporter(event, 'cancel-refused')
  if (action === 'fail' && event.status === 'registered') return backToDispatch(event)
  return inState[event.status]?.(event, action) ?? []
}

const toDesk = (event: EventCore, kind: string, duty: Duty): Word => ({ kind, placeId: event.deskPlaceId, duty })
const toHandler = (event: EventCore, kind: string): Word => ({ kind, departmentId: event.departmentId })

const toVerify = (event: EventCore): Word[] =>
  gridAsked(event) === null
    ? [toDesk(event, 'to-verify', 'event.register')]
    : [{ kind: 'to-verify', placeId: event.gridId, duty: 'event.verify' }]
const toDispatch = (event: EventCore): Word[] => [toDesk(event, 'to-dispatch', 'event.dispatch')]
/** What only a leader's post, and only a chief's, has. */
const leaderDuty: Duty = 'event.confirm-force-close'
const chiefDuty: Duty = 'event.agree-suspension'
/** Whose decision it is: what was claimed to be unreasonable, and a second extension, is a leader's. */
function decidingDuty({ status, extensions }: EventCore): Duty {
  const isLed = status === 'unreasonable-claimed' || (status === 'extend-requested' && extensions > 0)
  return isLed ? leaderDuty : chiefDuty
}
const toDecide = (event: EventCore): Word[] => toDecider(event, decidingDuty(event))
const toCall = (event: EventCore): Word[] => [toDesk(event, 'to-call', 'event.call-back')]

/** Whoever decides at the desk; of a community the town too, since who asked may be its one officer. */
function toDecider(event: EventCore, duty: Duty, kind = 'to-decide'): Word[] {
  const town = event.level === 1 && event.townId !== null ? [{ kind, placeId: event.townId, duty }] : []
  return [toDesk(event, kind, duty), ...town]
}

/** A forced close may be confirmed by a leader above the desk too: one of a community has no leader of its own. */
const atCounty = (event: EventCore, duty: Duty): Word[] =>
  event.deskPlaceId === event.countyId ? [] : [{ kind: 'to-decide', placeId: event.countyId, duty }]

/** Whoever stands above a town that did not answer in its time: it is his turn too. */
const toAbove = (event: EventCore, kind: string, duty: Duty): Word[] =>
  event.level === fallingLevel ? [{ kind, placeId: event.countyId, duty }] : []

/** Nobody answered what was asked for: whose it is hears it again, and whose it has become. */
export function noticesOfSilence(event: EventCore, alarm: 'unanswered' | 'back-unanswered', now: number): Notice[] {
  const [duty, fell] =
    alarm === 'unanswered'
      ? ([decidingDuty(event), 'fell-up'] as const)
      : (['event.agree-cancel', 'back-fell-up'] as const)
  const words = [...toDecider(event, duty, `alarm-${alarm}`), ...toAbove(event, fell, duty)]
  return words.map((word) => ({ id: freshId(now), ...word }))
}

/** A check was not taken in its time: whoever else serves the grid, and the centre, may take it now. */
export function noticesOfLateCheck(event: EventCore, now: number): Notice[] {
  if (event.status !== 'handled' || event.checkBy === 'centre' || gridAsked(event) === null) return []
  const duty: Duty = 'event.pass'
  const words = [...toDecider(event, duty, 'check-fell'), { kind: 'check-fell', placeId: event.gridId, duty }]
  return words.map((word) => ({ id: freshId(now), ...word }))
}

/** Whoever settled it himself does it again; of a department that is closed nobody does. */
function backToDispatch(event: EventCore): Word[] {
  const isOwn = event.reporterId !== null && event.handledBy.includes(event.reporterId)
  return [...toDispatch(event), ...(isOwn ? toReporter(event, 'rework') : [])]
}

const toReporter = (event: EventCore, kind: string): Word[] =>
  event.reporterId === null ? [] : [{ kind, accountId: event.reporterId }]

function toHandle(event: EventCore, action: Action | 'report'): Word[] {
  if (action === 'sign' || action === 'finish-co-handling') return []
  const helpers = action === 'ask-co-handling' ? event.coHandlers.filter((c) => !c.isDone) : []
  return [toHandler(event, 'to-handle'), ...helpers.map(({ departmentId }) => ({ kind: 'to-handle', departmentId }))]
}

/** The checker: a centre, the worker who reported, or whoever serves the grid. */
function toCheck(event: EventCore): Word {
  const kind = 'to-check'
  if (event.checkBy === 'centre' || event.isAboutStaff) return toDesk(event, kind, 'event.pass')
  if (event.checkerId !== null) return { kind, accountId: event.checkerId }
  return { kind, placeId: event.gridId, duty: 'event.pass' }
}

/** Whoever had it learns that there is nothing more to do, and who asked for it that it was agreed to. */
function toldCancelled(event: EventCore, action: Action | 'report'): Word[] {
  const handler = event.departmentId === null || event.dispatchedAt === null ? [] : [toHandler(event, 'cancelled')]
  return action === 'agree-cancel' ? [...handler, ...toReporter(event, 'cancel-agreed')] : handler
}

const inState: { readonly [S in EventStatus]?: (event: EventCore, action: Action | 'report') => Word[] } = {
  reported: toVerify,
  verifying: toVerify,
  registered: toDispatch,
  reopened: toDispatch,
  dispatched: (event) => [toHandler(event, 'to-handle')],
  rework: (event) => [toHandler(event, 'rework')],
  'in-progress': toHandle,
  'return-requested': toDecide,
  ruling: toDecide,
  'extend-requested': toDecide,
  'suspend-requested': toDecide,
  'unreasonable-claimed': toDecide,
  handled: (event) => [toCheck(event)],
  verified: toCall,
  cancelled: toldCancelled,
  callback: toCall,
}
