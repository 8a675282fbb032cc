/** Steps of the department that has it: sign, return, extend, stop, co-handle, finish. Source: domain.md D2, D3. */
import { problem } from '../kernel/problem.ts'
import { hour } from '../kernel/time.ts'
import { changed, must, type Given, type Steps } from './given.ts'
import { withActor } from './desk.ts'
import { missingPhases } from './forms/evidence.ts'
import { basesAt } from './forms/return-bases.ts'
import { mayTakePart } from './secrecy.ts'
import { dueAfterStop, enter, latestExtension, latestStop, leftOfHandling } from './stage-clock.ts'
import { gridAsked, isAwaited, type EventCore } from './terms.ts'

type HandlingAction =
  | 'sign'
  | 'count-as-signed'
  | 'return'
  | 'ask-extension'
  | 'agree-extension'
  | 'refuse-extension'
  | 'ask-suspension'
  | 'agree-suspension'
  | 'refuse-suspension'
  | 'resume'
  | 'resume-by-date'
  | 'ask-co-handling'
  | 'finish-co-handling'
  | 'decline-co-handling'
  | 'finish'

export const handlingSteps: Steps<HandlingAction> = {
  sign: (event, _act, given) =>
    changed({ ...enter(event, 'in-progress', given), isSigned: true, handledBy: withActor(event, given) }, ''),

  'count-as-signed': (event, _act, given) =>
    changed({ ...enter(event, 'in-progress', given), isSigned: true, isUnsignedFlagged: true }, '', { unsigned: true }),

  return: (event, act, given) => {
    const suggested = given.departments.get(act.suggestedDepartmentId)
    if (!suggested || suggested.id === event.departmentId) return problem('department.unknown', 422)
    if (!mayTakePart(event, suggested.placeId)) return problem('event.about-staff', 409)
    if (act.basis !== undefined && !basesAt(given.now).some((b) => b.code === act.basis))
      return problem('event.basis-not-in-force', 422, { basis: act.basis })
    const next = enter(event, event.returnedBy.length > 0 ? 'ruling' : 'return-requested', given)
    const returnedBy = [...event.returnedBy, event.departmentId ?? '']
    return changed({ ...next, returnedBy }, act.note, {
      department: event.departmentId,
      suggested: act.suggestedDepartmentId,
      ...(act.basis === undefined ? {} : { basis: act.basis }),
    })
  },

  'ask-extension': (event, act, given) => {
    const until = Date.parse(act.until)
    if (until <= must(event.handleDueAt)) return problem('event.date-too-early', 422)
    if (until > latestExtension(event, given.calendar))
      return problem('event.date-too-late', 422, { latest: latestExtension(event, given.calendar) })
    const pendingExtension = { until, reason: act.note, plan: act.plan, by: given.actor.accountId ?? '' }
    return changed({ ...enter(event, 'extend-requested', given), pendingExtension }, act.note, {
      until,
      plan: act.plan,
    })
  },

  'agree-extension': (event, act, given) => {
    const asked = must(event.pendingExtension)
    const extended = {
      ...event,
      extensions: event.extensions + 1,
      pendingExtension: null,
      totalDueAt: Math.max(event.totalDueAt ?? 0, asked.until),
    }
    return changed(enter(extended, 'in-progress', { ...given, handleDueAt: asked.until }), act.note, {
      due: asked.until,
    })
  },

  'refuse-extension': (event, act, given) =>
    changed({ ...enter(event, 'in-progress', given), pendingExtension: null }, act.note),

  'ask-suspension': (event, act, given) => {
    const until = Date.parse(act.until)
    if (until <= given.now + hour) return problem('event.date-too-early', 422)
    if (until > latestStop(act.reason, given))
      return problem('event.date-too-late', 422, { latest: latestStop(act.reason, given) })
    if (act.reason === 'citizen' && event.citizenWaits >= 2) return problem('event.waited-twice', 409)
    const suspension = { reason: act.reason, until, leftMs: 0, since: given.now }
    return changed({ ...enter(event, 'suspend-requested', given), suspension }, act.note, { reason: act.reason, until })
  },

  'agree-suspension': (event, act, given) => {
    const asked = must(event.suspension)
    const stopped = enter(event, 'suspended', given, true)
    // Agreed after the day that was asked for, it ends with the agreement.
    const until = Math.max(asked.until, given.now)
    const suspension = { ...asked, until, since: given.now, leftMs: leftOfHandling(event, given) }
    const citizenWaits = event.citizenWaits + (asked.reason === 'citizen' ? 1 : 0)
    // An end of the stop is owed by its day: after it, the event is late.
    return changed({ ...stopped, suspension, citizenWaits, dueAt: until }, act.note, { until })
  },

  'refuse-suspension': (event, act, given) =>
    changed({ ...enter(event, 'in-progress', given), suspension: null }, act.note),

  resume: (event, act, given) => resume(event, act.note, given),
  // The clock may come late: a stop ends on its day.
  'resume-by-date': (event, _act, given) =>
    resume(event, '', { ...given, now: Math.min(given.now, must(event.suspension).until) }),

  'ask-co-handling': (event, act, given) => {
    const fresh = act.departmentIds.filter(
      (id) => id !== event.departmentId && !event.coHandlers.some((c) => c.departmentId === id),
    )
    if (fresh.length === 0) return problem('department.same', 422)
    const asked = fresh.map((id) => given.departments.get(id))
    if (asked.some((d) => !d?.isActive)) return problem('department.unknown', 422)
    if (fresh.some((id) => given.nobodyIn?.has(id))) return problem('department.nobody', 422)
    // Who helps is told all: whom it is about, and who leads him, serve below the desk.
    if (asked.some((d) => d && !mayTakePart(event, d.placeId))) return problem('event.about-staff', 409)
    const coHandlers = [...event.coHandlers, ...fresh.map((departmentId) => ({ departmentId, isDone: false }))]
    return changed({ ...event, coHandlers }, act.note, { departments: fresh })
  },

  'finish-co-handling': (event, act, given) => {
    const mine = new Set(given.actor.stands.map((s) => s.departmentId))
    const coHandlers = event.coHandlers.map((c) => (mine.has(c.departmentId) ? { ...c, isDone: true } : c))
    return changed({ ...event, coHandlers, handledBy: withActor(event, given) }, act.result, {
      departments: [...mine].filter(Boolean),
    })
  },

  'decline-co-handling': (event, act, given) => {
    const mine = new Set(given.actor.stands.map((s) => s.departmentId))
    const coHandlers = event.coHandlers.filter((c) => c.isDone || !mine.has(c.departmentId))
    return changed({ ...event, coHandlers }, act.note, { departments: [...mine].filter(Boolean) })
  },

  finish: (event, act, given) => {
    const refusal = refuseFinish(event, act.answer, given)
    if (refusal) return refusal
    const answer = act.answer === '' ? null : act.answer
    const isGridAsked = gridAsked(event) !== null
    const checkerId = event.isAboutStaff ? null : given.presentWorkerId
    const next = enter({ ...event, answer, handledBy: withActor(event, given) }, 'handled', given)
    return changed(
      { ...next, checkerId, checkBy: (isGridAsked || checkerId !== null) && !event.isSampled ? 'worker' : 'centre' },
      act.result,
    )
  },
}

function resume(event: EventCore, note: string, given: Given) {
  const handleDueAt = dueAfterStop(event, must(event.suspension).leftMs, given)
  const next = enter(event, 'in-progress', { ...given, handleDueAt }, true)
  // The first date moves as far as a stop moves the running one.
  const moved = handleDueAt - (event.handleDueAt ?? handleDueAt)
  const totalDueAt = event.totalDueAt === null ? null : event.totalDueAt + moved
  return changed({ ...next, totalDueAt, suspension: null }, note, { due: handleDueAt })
}

/** What the ask must bring: an answer where a citizen waits, and the evidence of the category. */
function refuseFinish(event: EventCore, answer: string, given: Given) {
  if (isAwaited(event) && answer === '') return problem('event.answer-needed', 422)
  const missing = missingPhases(given.category.evidence, given.evidencePhases)
  return missing.length > 0 ? problem('event.evidence-needed', 422, { missing }) : undefined
}
