/** Steps after the handling: check by the grid worker, call back, rate, reopen. Source: seed 000, domain.md D2. */
import { isProblem, problem, type Problem } from '../kernel/problem.ts'
import { endingOf, lowestScore, stillToRing, withTold, type Heard, type Told, type Waiter } from './calling.ts'
import { callRuleAt, countTries } from './forms/call-rules.ts'
import { changed, type Change, type Given, type Steps } from './given.ts'
import { refuseClose, refuseReopen } from './guards.ts'
import { backAtDesk, enter, reworkDue } from './stage-clock.ts'
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
    if (isAwaited(event) && !isEverybodyHeard(given)) return changed(enter(event, 'verified', given), act.note)
    return close(event, 'normal', act.note, given)
  },

  fail: (event, act, given) => {
    const reworks = event.reworks + 1
    const supervision = (reworks >= 3 ? Math.max(1, event.supervision) : event.supervision) as Supervision
    const counted = { ...event, reworks, supervision }
    // What its worker settled himself has no department: the desk sends it to one, or he does it again. So with a closed one.
    if (event.departmentId === null || given.departments.get(event.departmentId)?.isActive === false)
      return changed({ ...backAtDesk(counted, given), checkBy: 'worker', answer: null, totalDueAt: null }, act.note, {
        reason: act.reason,
      })
    const handleDueAt = reworkDue(event, given)
    const timed = { ...counted, totalDueAt: Math.max(event.totalDueAt ?? 0, handleDueAt) }
    const next = enter(timed, 'rework', { ...given, handleDueAt })
    return changed({ ...next, checkBy: event.isSampled || event.isAboutStaff ? 'centre' : 'worker' }, act.note, {
      reason: act.reason,
      due: next.handleDueAt,
    })
  },

  'check-unable': (event, act) => changed({ ...event, checkBy: 'centre' }, act.note),

  'call-back': (event, act, given) => {
    const whom = whomToAsk(given, act.reporterId)
    if (whom === undefined) return problem('event.reporter-unknown', 422)
    const detail = { outcome: act.outcome, score: act.score, solved: act.isSolved, ...placeOf(whom, given) }
    const told = (heardAs: Heard | null): Told => ({ reporterId: whom?.id ?? '', heardAs, score: act.score })
    switch (act.outcome) {
      case 'satisfied':
        return act.score === null || act.isSolved !== true
          ? problem('event.score-needed', 422)
          : goOn({ ...event, satisfaction: act.score, isSolved: true }, act.note, given, {
              told: told('solved'),
              detail,
            })
      case 'unreached':
        return goOn(event, act.note, given, { told: told(null), detail })
      case 'unsatisfied':
        return { ...changed(reopened(heardOf(event, act), given), act.note, detail), told: told('unsolved') }
      case 'unreasonable': {
        const claimed = { ...enter(heardOf(event, act), 'unreasonable-claimed', given), handledBy: event.handledBy }
        return act.note === ''
          ? problem('event.note-needed', 422)
          : { ...changed(claimed, act.note, detail), told: told('unreasonable') }
      }
    }
  },

  'confirm-unreasonable': (event, act, given) => {
    if (stillToRing(given.waiters, given.now).length > 0)
      return changed(enter(event, 'callback', given), act.note, { kind: 'dutiful' })
    return close(event, 'dutiful', act.note, given)
  },
  'refuse-unreasonable': (event, act, given) => changed(reopened(event, given), act.note),

  rate: (event, act, given) => {
    const heard = heardOf(event, act)
    const detail = { score: act.score, solved: act.isSolved }
    if (!act.isSolved) {
      const refusal = event.status === 'closed' ? refuseReopen(event, given) : undefined
      return refusal ?? changed(reopened(heard, given), act.note, detail)
    }
    if (event.status === 'closed') return changed(heard, act.note, detail)
    const told: Told = { reporterId: given.actor.own?.id ?? '', heardAs: 'solved', score: act.score }
    const change = goOn(heard, act.note, given, { told, detail })
    return isProblem(change) ? change : changed(change.event, change.reason, change.detail)
  },

  reopen: (event, act, given) => changed(reopened(event, given), act.note),

  archive: (event, _act, given) => changed(enter(event, 'archived', given), ''),
}

const heardOf = (event: EventCore, act: { score: number | null; isSolved: boolean | null }): EventCore => ({
  ...event,
  satisfaction: act.score,
  isSolved: act.isSolved,
})

/** Who was rung: as was said, else who is next; null where nobody waits any more, undefined where he is none of them. */
function whomToAsk({ waiters, now }: Given, id: string | undefined): Waiter | null | undefined {
  if (id !== undefined) return waiters.find((w) => w.id === id)
  return stillToRing(waiters, now)[0] ?? null
}

/** Which of several reporters it was, in the order of reporting: his name stays out of the history. */
const placeOf = (whom: Waiter | null, { waiters }: Given) =>
  whom === null || waiters.length < 2 ? {} : { nth: waiters.indexOf(whom) + 1 }

const isEverybodyHeard = ({ waiters, now }: Given) => waiters.length > 0 && stillToRing(waiters, now).length === 0

/** One was heard, or not reached: it ends with the last of them, and until then goes on with the next. */
function goOn(
  event: EventCore,
  note: string,
  given: Given,
  { told, detail }: { readonly told: Told; readonly detail: Record<string, unknown> },
): Change | Problem {
  const { now } = given
  const waiters = withTold(given.waiters, told, now)
  const said = { ...event, satisfaction: lowestScore(waiters, now) ?? event.satisfaction }
  const whom = waiters.find((w) => w.id === told.reporterId)
  const tries = told.heardAs === null && whom ? { tries: countTries(whom.tries, callRuleAt(now)) } : {}
  const left = stillToRing(waiters, now).length
  if (left > 0) return { ...changed(enter(said, 'callback', given), note, { ...detail, ...tries, left }), told }
  const isUnreached = told.heardAs === null && waiters.length === 0
  const change = close(said, isUnreached ? 'unreached' : endingOf(waiters, now), note, given)
  return isProblem(change) ? change : { ...change, detail: { ...detail, ...tries }, told }
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
    isSigned: false,
    returnedBy: [],
    isRuled: false,
    pendingExtension: null,
    // It is handled anew, by a date of its own.
    totalDueAt: null,
  }
}
