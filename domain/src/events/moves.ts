/**
 * The table of the loop: from which states an action starts, where it may lead, who takes it. The server
 * obeys it, the screens read it, and the diagram in docs/rules/event-workflow.md is drawn from it.
 * Source: domain.md D1–D3, seed 000 (three levels, the grid worker checks). Where it departs from D2, see
 * docs/decisions/0004-loop.md.
 */
import type { Duty } from '../kernel/duty.ts'
import type { Action } from './acts.ts'
import { openStatuses, type EventStatus } from './terms.ts'

/**
 * Who stands in which relation to the event:
 * desk: posted at the centre whose turn it is; worker: posted in its grid; handler: of the department that
 * has it; co-handler; checker: the reporting worker (or the grid's), or the desk when the worker cannot;
 * over: posted at a place that contains it; author: whoever reported it, wherever it lies; above: posted at the centre whose turn it is, or at one above that; reporter; resident: holder of the follow code; system: a clock.
 */
export type Relation =
  | 'desk'
  | 'worker'
  | 'handler'
  | 'co-handler'
  | 'checker'
  | 'over'
  | 'above'
  | 'reporter'
  | 'author'
  | 'resident'
  | 'system'

export interface Move {
  readonly from: readonly EventStatus[]
  readonly to: readonly EventStatus[] | 'same'
  readonly by: readonly Relation[]
}

const open = openStatuses
const handling: EventStatus[] = ['dispatched', 'in-progress']
/** What a report may still be taken back from, once a desk has taken it up. */
export const askedBackFrom: readonly EventStatus[] = [
  'registered',
  'dispatched',
  'in-progress',
  'return-requested',
  'ruling',
  'extend-requested',
  'suspend-requested',
  'suspended',
]
/** Before it is handed to a department its category may still be corrected. */
export const recodedFrom: readonly EventStatus[] = ['reported', 'verifying', 'registered', 'reopened']
const beforeHandled: EventStatus[] = ['reported', 'verifying', 'registered', 'dispatched', 'in-progress', 'reopened']

export const moves: Record<Action, Move> = {
  'ask-verify': { from: ['reported'], to: ['verifying'], by: ['desk'] },
  verify: { from: ['reported', 'verifying'], to: ['registered', 'reported'], by: ['worker'] },
  register: { from: ['reported'], to: ['registered'], by: ['desk'] },
  place: { from: ['reported', 'verifying', 'registered', 'reopened'], to: 'same', by: ['above'] },
  recode: { from: recodedFrom, to: 'same', by: ['desk'] },
  'agree-recode': { from: recodedFrom, to: 'same', by: ['desk'] },
  'refuse-recode': { from: recodedFrom, to: 'same', by: ['desk'] },
  refuse: { from: ['reported', 'verifying'], to: ['rejected'], by: ['desk'] },
  appeal: { from: ['rejected'], to: ['reported'], by: ['reporter', 'resident'] },
  cancel: { from: ['reported', 'verifying', 'registered'], to: ['cancelled'], by: ['author', 'resident'] },
  'ask-cancel': { from: askedBackFrom, to: 'same', by: ['author'] },
  'agree-cancel': { from: askedBackFrom, to: ['cancelled'], by: ['above'] },
  'refuse-cancel': { from: askedBackFrom, to: 'same', by: ['above'] },
  withdraw: { from: open, to: 'same', by: ['resident'] },
  'self-close': { from: ['registered'], to: ['closed', 'handled'], by: ['reporter'] },
  dispatch: { from: ['registered', 'reopened'], to: ['dispatched', 'in-progress'], by: ['desk'] },
  'report-up': { from: ['registered', 'reopened'], to: ['registered'], by: ['desk'] },
  'assign-down': { from: ['registered', 'reopened'], to: ['registered'], by: ['desk'] },
  bypass: { from: ['registered'], to: ['registered'], by: ['desk'] },
  sign: { from: ['dispatched'], to: ['in-progress'], by: ['handler'] },
  return: { from: handling, to: ['return-requested', 'ruling'], by: ['handler'] },
  'agree-return': { from: ['return-requested'], to: ['registered'], by: ['above'] },
  'refuse-return': { from: ['return-requested'], to: ['in-progress'], by: ['above'] },
  rule: { from: ['ruling'], to: ['in-progress'], by: ['above'] },
  transfer: { from: [...handling, 'rework'], to: ['dispatched'], by: ['desk'] },
  'ask-extension': { from: ['in-progress', 'rework'], to: ['extend-requested'], by: ['handler'] },
  'agree-extension': { from: ['extend-requested'], to: ['in-progress'], by: ['above'] },
  'refuse-extension': { from: ['extend-requested'], to: ['in-progress'], by: ['above'] },
  'ask-suspension': { from: ['in-progress', 'rework'], to: ['suspend-requested'], by: ['handler'] },
  'agree-suspension': { from: ['suspend-requested'], to: ['suspended'], by: ['above'] },
  'refuse-suspension': { from: ['suspend-requested'], to: ['in-progress'], by: ['above'] },
  resume: { from: ['suspended'], to: ['in-progress'], by: ['handler', 'desk'] },
  'ask-co-handling': { from: ['in-progress', 'rework'], to: 'same', by: ['handler', 'desk'] },
  'finish-co-handling': {
    from: ['in-progress', 'rework', 'extend-requested', 'suspend-requested'],
    to: 'same',
    by: ['co-handler'],
  },
  'decline-co-handling': {
    from: ['in-progress', 'rework', 'extend-requested', 'suspend-requested'],
    to: 'same',
    by: ['co-handler'],
  },
  finish: { from: ['in-progress', 'rework'], to: ['handled'], by: ['handler'] },
  pass: { from: ['handled'], to: ['verified', 'closed'], by: ['checker'] },
  fail: { from: ['handled'], to: ['rework', 'registered'], by: ['checker'] },
  'check-unable': { from: ['handled'], to: 'same', by: ['checker'] },
  'call-back': {
    from: ['verified', 'callback'],
    to: ['closed', 'callback', 'reopened', 'unreasonable-claimed'],
    by: ['desk', 'over'],
  },
  'confirm-unreasonable': { from: ['unreasonable-claimed'], to: ['closed', 'callback'], by: ['above'] },
  'refuse-unreasonable': { from: ['unreasonable-claimed'], to: ['reopened'], by: ['above'] },
  rate: { from: ['verified', 'callback', 'closed'], to: ['closed', 'callback', 'reopened'], by: ['resident'] },
  reopen: { from: ['closed', 'archived'], to: ['reopened'], by: ['desk', 'resident', 'checker'] },
  merge: { from: beforeHandled, to: ['merged'], by: ['desk'] },
  unlink: { from: ['merged'], to: ['registered'], by: ['desk'] },
  split: { from: ['registered', 'dispatched', 'in-progress'], to: 'same', by: ['desk'] },
  supervise: { from: open, to: 'same', by: ['over', 'system'] },
  'lift-supervision': { from: open, to: 'same', by: ['above'] },
  note: { from: open, to: 'same', by: ['over'] },
  remark: { from: open, to: 'same', by: ['over'] },
  urge: { from: open, to: 'same', by: ['over', 'resident'] },
  'force-close': { from: open, to: 'same', by: ['desk'] },
  'confirm-force-close': { from: open, to: ['closed'], by: ['above'] },
  'withdraw-force-close': { from: open, to: 'same', by: ['above'] },
  archive: { from: ['closed'], to: ['archived'], by: ['system'] },
  'count-as-signed': { from: ['dispatched'], to: ['in-progress'], by: ['system'] },
  'resume-by-date': { from: ['suspended'], to: ['in-progress'], by: ['system'] },
}

/** Whether the table allows an action to lead from one state to another. */
export function canMove(action: Action, from: EventStatus, to: EventStatus): boolean {
  const move = moves[action]
  return move.from.includes(from) && (move.to === 'same' ? from === to : move.to.includes(to))
}

/** The named right an action needs, for example `event.dispatch`. */
export function dutyOf(action: Action): Duty {
  return `event.${action}`
}
