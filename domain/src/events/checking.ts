/** Steps after the handling: check by the grid worker, call back, rate, reopen. Source: seed 000, domain.md D2. */
import { problem } from '../kernel/problem.ts'
import { dayOf } from '../kernel/time.ts'
import { changed, type Given, type Steps } from './given.ts'
import { refuseClose, refuseReopen } from './guards.ts'
import { enter, reworkDue } from './stage-clock.ts'
import { isAwaited, type CloseKind, type EventCore, type Supervision } from './terms.ts'

type CheckingAction =
  | 'pass'
  | 'fail'
  | 'check-unable'
  | 'call-back'
  | 'confirm-unreasonable'
  | 'refuse-unreasonable'
  | 'rate'
  | 'reopen'
  | 'archive'

export const checkingSteps: Steps<CheckingAction> = {
  pass: (event, act, given) => {
    if (isAwaited(event)) return changed(enter(event, 'verified', given), act.note)
    return close(event, 'normal', act.note, given)
  },

  fail: (event, act, given) => {
    const reworks = event.reworks + 1
    const supervision = (reworks >= 3 ? Math.max(1, event.supervision) : event.supervision) as Supervision
    const counted = { ...event, reworks, supervision }
    // What its worker settled himself has no department: the desk sends it to one, or he does it again.
    if (event.departmentId === null)
      return changed({ ...enter(counted, 'registered', given, true), checkBy: 'worker', answer: null }, act.note, {
        reason: act.reason,
      })
    const next = enter(counted, 'rework', { ...given, handleDueAt: reworkDue(event, given) })
    return changed({ ...next, checkBy: event.isSampled || event.isAboutStaff ? 'centre' : 'worker' }, act.note, {
      reason: act.reason,
      due: next.handleDueAt,
    })
  },

  'check-unable': (event, act) => changed({ ...event, checkBy: 'centre' }, act.note),

  'call-back': (event, act, given) => {
    const heard = { ...event, satisfaction: act.score, isSolved: act.isSolved }
    const detail = { outcome: act.outcome, score: act.score, solved: act.isSolved }
    switch (act.outcome) {
      case 'satisfied':
        return act.score === null || act.isSolved !== true
          ? problem('event.score-needed', 422)
          : withDetail(close(heard, 'normal', act.note, given), detail)
      case 'unreached':
        return callAgain(event, act.note, given)
      case 'unsatisfied':
        return changed(reopened(heard, given), act.note, detail)
      case 'unreasonable':
        return act.note === ''
          ? problem('event.note-needed', 422)
          : changed({ ...enter(heard, 'unreasonable-claimed', given), handledBy: event.handledBy }, act.note, detail)
    }
  },

  'confirm-unreasonable': (event, act, given) => close(event, 'dutiful', act.note, given),
  'refuse-unreasonable': (event, act, given) => changed(reopened(event, given), act.note),

  rate: (event, act, given) => {
    const heard = { ...event, satisfaction: act.score, isSolved: act.isSolved }
    const detail = { score: act.score, solved: act.isSolved }
    if (act.isSolved) {
      if (event.status !== 'closed') return withDetail(close(heard, 'normal', act.note, given), detail)
      return changed(heard, act.note, detail)
    }
    const refusal = event.status === 'closed' ? refuseReopen(event, given) : undefined
    return refusal ?? changed(reopened(heard, given), act.note, detail)
  },

  reopen: (event, act, given) => changed(reopened(event, given), act.note),

  archive: (event, _act, given) => changed(enter(event, 'archived', given), ''),
}

/** Three tries, each of another day: one person does not ring three times in a minute and be done with it. */
function callAgain(event: EventCore, note: string, given: Given) {
  const { now } = given
  const isSameDay = event.unreachedAt !== null && dayOf(event.unreachedAt) === dayOf(now)
  const callbackTries = event.callbackTries + (isSameDay ? 0 : 1)
  const tried = { ...event, callbackTries, unreachedAt: now }
  if (callbackTries >= 3) return close(tried, 'unreached', note, given)
  return changed(enter(tried, 'callback', given), note, {
    outcome: 'unreached',
    tries: callbackTries,
  })
}

function withDetail(change: ReturnType<typeof close>, detail: Record<string, unknown>) {
  return 'problem' in change ? change : { ...change, detail }
}

export function close(event: EventCore, kind: CloseKind, note: string, given: Given) {
  const { now } = given
  const closed = { ...enter(event, 'closed', given), closeKind: kind, closedAt: now, forceClose: null, alarmedAt: now }
  return refuseClose(event, given) ?? changed(closed, note, { kind })
}

/** Back to the desk, with the department known and every earlier step kept. */
function reopened(event: EventCore, given: Given): EventCore {
  return {
    ...enter(event, 'reopened', given, true),
    reopens: event.reopens + 1,
    closeKind: null,
    closedAt: null,
    callbackTries: 0,
    unreachedAt: null,
    isSigned: false,
    returnedBy: [],
    isRuled: false,
    pendingExtension: null,
  }
}
