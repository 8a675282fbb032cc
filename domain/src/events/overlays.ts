/** What lies over the main state and never replaces it: supervise, note, urge, forced close. Source: domain.md D1, D2. */
import { problem } from '../kernel/problem.ts'
import { close } from './checking.ts'
import { forcedAnswer } from './forms/standard-answers.ts'
import { changed, must, type Steps } from './given.ts'
import { levelOf } from './standing.ts'
import type { Level } from './terms.ts'

type OverlayAction =
  | 'supervise'
  | 'lift-supervision'
  | 'note'
  | 'remark'
  | 'urge'
  | 'force-close'
  | 'confirm-force-close'
  | 'withdraw-force-close'

export const overlaySteps: Steps<OverlayAction> = {
  supervise: (event, act, given) => {
    if (act.grade <= event.supervision) return problem('event.supervised', 409, { grade: event.supervision })
    if (act.grade === 3 && act.leader === '') return problem('event.leader-needed', 422)
    const redLeader = act.grade === 3 ? act.leader : null
    const levels = given.actor.stands.map((s) => levelOf(event, s) ?? event.level)
    const cardLevel = Math.max(event.level, ...levels) as Level
    return changed({ ...event, supervision: act.grade, cardLevel, redLeader }, act.note, {
      grade: act.grade,
      ...(redLeader === null ? {} : { leader: redLeader }),
    })
  },
  'lift-supervision': (event, act) =>
    changed({ ...event, supervision: 0, cardLevel: null, redLeader: null }, act.note, { from: event.supervision }),
  note: (event, act) => changed(event, act.note),
  remark: (event, act) => changed(event, act.note),
  urge: (event, act, { now, actor }) =>
    changed({ ...event, ...(actor.kind === 'person' ? { urgedInsideAt: now } : { urgedAt: now }) }, act.note),

  'force-close': (event, act, given) => {
    const answer = act.answer ? { answer: act.answer } : {}
    return changed({ ...event, forceClose: { by: given.actor.accountId ?? '', reason: act.note, ...answer } }, act.note)
  },
  // Who confirms may put it into other words; the reason stays inside.
  'confirm-force-close': (event, act, given) => {
    const asked = must(event.forceClose)
    const answer = act.answer || asked.answer || event.answer || forcedAnswer
    return close({ ...event, answer }, 'forced', act.note, given)
  },
  'withdraw-force-close': (event, act) => changed({ ...event, forceClose: null }, act.note),
}
