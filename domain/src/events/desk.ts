/** Steps of the centre's desk: verify, register, dispatch, move between levels, rule, merge, split. Source: D2. */
import { problem } from '../kernel/problem.ts'
import { refusalAnswer } from './forms/standard-answers.ts'
import { changed, must, type Change, type Given, type GridSite, type Steps } from './given.ts'
import { appealDesk, appealLevel, deskAt, isLevel } from './guards.ts'
import { dueAfter } from './deadline.ts'
import { deskFor, gradeBy } from './intake.ts'
import { carried, higher, leave, type Standing } from './joining.ts'
import { mayTakePart } from './secrecy.ts'
import { backAtDesk, enter, handleDue, runningLimit } from './stage-clock.ts'
import { isAwaited, isOpen, type Category, type EventCore, type EventStatus, type Level } from './terms.ts'

type DeskAction =
  | 'ask-verify'
  | 'verify'
  | 'register'
  | 'place'
  | 'recode'
  | 'agree-recode'
  | 'refuse-recode'
  | 'refuse'
  | 'appeal'
  | 'cancel'
  | 'ask-cancel'
  | 'agree-cancel'
  | 'refuse-cancel'
  | 'withdraw'
  | 'self-close'
  | 'dispatch'
  | 'report-up'
  | 'assign-down'
  | 'bypass'
  | 'agree-return'
  | 'refuse-return'
  | 'rule'
  | 'transfer'
  | 'merge'
  | 'unlink'
  | 'split'

export const deskSteps: Steps<DeskAction> = {
  'ask-verify': (event, act, given) => changed(enter(event, 'verifying', given), act.note),

  verify: (event, act, given) => {
    if (act.finding !== 'exists' && act.note === '') return problem('event.note-needed', 422)
    const next = act.finding === 'exists' ? enter(event, 'registered', given) : enter(event, 'reported', given)
    return changed({ ...next, checkerId: event.checkerId ?? given.actor.accountId }, act.note, { finding: act.finding })
  },

  register: (event, act, given) => changed(enter(event, 'registered', given), act.note),

  place: (event, act, given) => {
    if (!given.site) return problem('place.unknown', 422)
    if (given.site.gridId === event.gridId) return problem('event.same-grid', 409)
    return changed(handedUp(placed(event, given.site, given.category), given), act.note, {
      from: event.gridId,
      to: given.site.gridId,
    })
  },

  recode: (event, act, given) => {
    const { newCategory: category, actor, now } = given
    if (!category) return problem('category.unknown', 422, { code: act.categoryCode })
    const about = { from: event.categoryCode, to: category.code }
    if (!event.isAboutStaff || category.isAboutStaff) return changed(recoded(event, category, given), act.note, about)
    // Whom it was about would have it from then on: one officer alone does not say so.
    const recodeAsk = { by: must(actor.accountId), categoryCode: category.code, reason: act.note, at: now }
    return changed({ ...event, recodeAsk }, act.note, { ...about, isAsked: true })
  },

  'agree-recode': (event, act, given) => {
    const { categoryCode: code } = must(event.recodeAsk)
    if (!given.newCategory) return problem('category.unknown', 422, { code })
    const next = { ...recoded(event, given.newCategory, given), recodeAsk: null }
    return changed(next, act.note, { from: event.categoryCode, to: code })
  },

  'refuse-recode': (event, act) =>
    changed({ ...event, recodeAsk: null }, act.note, { to: must(event.recodeAsk).categoryCode }),

  refuse: (event, act, given) => {
    const answer = refusalAnswer(act.answer ?? '', act.reason)
    // Above the county there is no desk: what it refuses a second time, or on appeal, stays refused.
    const isLast = event.level === 3 && event.refusal !== null
    const refusal = { level: event.level, by: given.actor.accountId, isLast }
    return changed({ ...enter(event, 'rejected', given), answer, refusal, closedAt: given.now }, act.note, {
      reason: act.reason,
    })
  },

  // It is judged by the desk above the one that refused.
  appeal: (event, act, given) => {
    const level = appealLevel(event)
    const raised = {
      ...event,
      level,
      topLevel: higher(event.topLevel, level),
      deskPlaceId: appealDesk(event),
      answer: null,
      closedAt: null,
    }
    return changed(enter(handedUp(raised, given), 'reported', given), act.note, { from: event.level, to: level })
  },

  withdraw: (event, act, given) => changed(leave(event, ownPart(given)), act.note),

  cancel: (event, act, given) => changed(takenBack(event, given), act.note),
  'ask-cancel': (event, act, { actor, now }) =>
    changed({ ...event, cancelAsk: { by: must(actor.accountId), reason: act.note, at: now } }, act.note),
  'agree-cancel': (event, act, given) =>
    changed(takenBack(event, given), act.note, { reason: must(event.cancelAsk).reason }),
  'refuse-cancel': (event, act) => changed({ ...event, cancelAsk: null }, act.note),

  'self-close': (event, act, given) => {
    const handled = { ...event, handledBy: withActor(event, given) }
    // Somebody waits for it who does not see it: a centre asks him before it is over.
    if (event.isSampled || event.onBehalfOf !== '')
      return changed(
        { ...enter(handled, 'handled', given), checkBy: 'centre' },
        act.result,
        event.isSampled ? { sampled: true } : {},
      )
    return changed(
      { ...enter(handled, 'closed', given), closeKind: 'self-handled', closedAt: given.now, isSolved: true },
      act.result,
    )
  },

  dispatch,

  'report-up': (event, act, given) => moveLevel(event, act.note, given, event.level + 1),
  'assign-down': (event, act, given) => moveLevel(event, act.note, given, event.level - 1),

  bypass: (event, act, given) => moveLevel(event, act.note, given, 3),

  'agree-return': (event, act, given) =>
    changed(backAtDesk(event, given), act.note, { department: event.departmentId }),
  'refuse-return': (event, act, given) => changed({ ...enter(event, 'in-progress', given), isSigned: true }, act.note),

  rule: (event, act, given) => {
    const department = given.departments.get(act.departmentId)
    if (!department?.isActive) return problem('department.unknown', 422)
    if (!mayTakePart(event, department.placeId)) return problem('event.about-staff', 409)
    if (given.nobodyIn?.has(department.id)) return problem('department.nobody', 422, { departmentId: act.departmentId })
    const fresh = { ...event, departmentId: department.id, isRuled: true, isSigned: true, dispatchedAt: given.now }
    const next = enter(fresh, 'in-progress', { ...given, handleDueAt: handleDue(event, given) }, true)
    return changed(next, act.note, { department: department.id, binding: true })
  },

  transfer: (event, act, given) => {
    const refusal = refuseDepartment(event, act.departmentId, given)
    if (refusal) return refusal
    if (act.departmentId === event.departmentId) return problem('department.same', 422)
    const next = {
      ...enter(event, 'dispatched', given),
      departmentId: act.departmentId,
      isSigned: false,
      dispatchedAt: given.now,
      // Who was asked to help was asked by who has it no more.
      coHandlers: event.coHandlers.filter((c) => c.isDone),
    }
    return changed(next, act.note, { from: event.departmentId, to: act.departmentId })
  },

  merge: (event, act, given) => {
    const target = given.mergeTarget
    if (!target || !isJoinable(event, target)) return problem('event.not-mergeable', 409)
    // Whoever waits for an answer gets none from what was finished without one.
    if (isAwaited(event) && isHandled(target) && !target.answer) return problem('event.unanswered', 409)
    return changed(
      { ...enter(event, 'merged', given), mergedInto: target.id, closeKind: 'duplicate', closedAt: given.now },
      act.note,
      { into: target.id },
    )
  },

  unlink: (event, act, given) => {
    const next = {
      ...enter(given.root ? carried(event, given.root) : event, 'registered', given),
      mergedInto: null,
      closeKind: null,
      closedAt: null,
      departmentId: null,
      dispatchedAt: null,
      handleDueAt: null,
    }
    return changed(next, act.note)
  },

  split: (event, act, given) =>
    changed({ ...event, alarmedAt: Math.max(event.alarmedAt, given.now) }, act.note, {
      children: act.children.map((c) => c.id),
    }),
}

const takenBack = (event: EventCore, given: Given): EventCore => ({
  ...enter(event, 'cancelled', given),
  closedAt: given.now,
})

/** What stands behind an event of whoever withdraws from it. */
const ownPart = ({ actor: { own } }: Given): Standing => ({
  reporters: 1,
  citizens: own?.isCitizen ? 1 : 0,
  awaiting: own?.isWaiting ? 1 : 0,
})

/**
 * In its grid it goes to the desk that it would have come to. Before anybody has registered it, what stood higher only
 * because no place was known comes down to its level; later, whoever has reported it up keeps it there.
 */
function placed(event: EventCore, site: GridSite, category: Category): EventCore {
  const isFresh = event.stage === 'accept' && event.refusal === null
  // The category of the day that it was reported on may have been none about staff yet.
  const asked = gradeBy({ ...category, isAboutStaff: event.isAboutStaff }, event.said).level
  const level = isFresh ? asked : event.level
  const desk = deskFor(level, { ...site, countyId: event.countyId })
  const isMoved = desk.placeId !== event.deskPlaceId
  return {
    ...event,
    ...site,
    level: desk.level,
    deskPlaceId: desk.placeId,
    // A worker of another grid checks it, and a desk sends to its own departments alone.
    checkerId: null,
    departmentId: isMoved ? null : event.departmentId,
  }
}

/**
 * What another category brings: its level and desk, urgency and limits, its clock from when the stage began. What the
 * report itself asks for stays, and what was reported up comes not down again.
 */
function recoded(event: EventCore, category: Category, given: Given): EventCore {
  const asked = gradeBy(category, event.said)
  const wasRaised = event.refusal !== null || event.level > gradeBy(given.category, event.said).level
  const desk = deskFor(wasRaised ? (Math.max(event.level, asked.level) as Level) : asked.level, event)
  const next: EventCore = {
    ...event,
    categoryCode: category.code,
    limits: category.limits,
    urgency: asked.urgency,
    isSensitive: event.isSensitive || category.isSensitive || category.isAboutStaff,
    isAboutStaff: category.isAboutStaff,
    // Whoever looked at it before may be whom it is about.
    checkerId: category.isAboutStaff ? null : event.checkerId,
    level: desk.level,
    // What asked for two does not become one person's below.
    topLevel: higher(event.topLevel, asked.level),
    deskPlaceId: desk.placeId,
    // It was asked of another kind of matter.
    forceClose: null,
    // Whom it goes to is the new category's to say.
    departmentId: category.code === event.categoryCode ? event.departmentId : null,
  }
  return { ...handedUp(next, given), dueAt: dueAfter(next.stageStartedAt, runningLimit(next), given.calendar) }
}

/** What turns out to be about staff leaves the departments below its desk, those that help too. */
function handedUp(event: EventCore, { departments }: Given): EventCore {
  if (!event.isAboutStaff) return event
  const isFit = (id: string) => mayTakePart(event, departments.get(id)?.placeId ?? '')
  const { departmentId, coHandlers } = event
  return {
    ...event,
    departmentId: departmentId !== null && isFit(departmentId) ? departmentId : null,
    coHandlers: coHandlers.filter((c) => isFit(c.departmentId)),
  }
}

function dispatch(
  event: EventCore,
  act: { departmentId: string; coDepartmentIds: string[]; note: string },
  given: Given,
) {
  const refusal = [act.departmentId, ...act.coDepartmentIds]
    .map((id) => refuseDepartment(event, id, given))
    .find((r) => r !== undefined)
  if (refusal) return refusal
  // Back to whoever handed it back: not without a word to him.
  if (event.returnedBy.includes(act.departmentId) && act.note === '')
    return problem('event.returned-by-it', 422, { departmentId: act.departmentId })
  const handleDueAt = Math.min(handleDue(event, given), event.promisedDueAt ?? Infinity)
  const isOwn = given.actor.stands.some((s) => s.departmentId === act.departmentId)
  const sent: EventCore = {
    ...event,
    departmentId: act.departmentId,
    isSigned: isOwn,
    isUnsignedFlagged: false,
    dispatchedAt: given.now,
    promisedDueAt: null,
    isRuled: false,
    totalDueAt: event.totalDueAt ?? handleDueAt,
    coHandlers: act.coDepartmentIds
      .filter((id) => id !== act.departmentId)
      .map((departmentId) => ({ departmentId, isDone: false })),
  }
  const next = enter(sent, isOwn ? 'in-progress' : 'dispatched', { ...given, handleDueAt })
  return changed({ ...next, handledBy: isOwn ? withActor(next, given) : next.handledBy }, act.note, {
    department: act.departmentId,
    due: handleDueAt,
  })
}

/** A desk sends only to departments of its own place, where somebody serves: the village to itself, the town to town departments. */
function refuseDepartment(event: EventCore, departmentId: string, given: Given) {
  const department = given.departments.get(departmentId)
  if (!department || !department.isActive) return problem('department.unknown', 422, { departmentId })
  if (department.placeId !== event.deskPlaceId) return problem('department.other-level', 422, { departmentId })
  if (given.nobodyIn?.has(departmentId)) return problem('department.nobody', 422, { departmentId })
  return undefined
}

function moveLevel(event: EventCore, note: string, given: Given, level: number): Change | ReturnType<typeof problem> {
  const desk = isLevel(level) ? deskAt(event, level) : null
  if (!isLevel(level) || desk === null) return problem('event.no-desk', 409, { level })
  const moved = {
    ...event,
    level,
    topLevel: higher(event.topLevel, level),
    deskPlaceId: desk,
    departmentId: null,
    dispatchedAt: null,
    isSigned: false,
  }
  return changed(enter(handedUp(moved, given), 'registered', given, true), note, { from: event.level, to: level })
}

export function withActor(event: EventCore, given: Given): readonly string[] {
  const id = given.actor.accountId
  return id === null || event.handledBy.includes(id) ? event.handledBy : [...event.handledBy, id]
}

/** Whether its handling is over. */
const isHandled = ({ status }: EventCore): boolean =>
  (['handled', 'verified', 'callback', 'unreasonable-claimed'] as const).some((s) => s === status)

/** One kind of matter, and not of two towns. A report filed wrongly is recoded before it is joined. */
function isSameMatter(a: EventCore, b: EventCore): boolean {
  if (a.categoryCode !== b.categoryCode) return false
  return a.townId === null || b.townId === null || a.townId === b.townId
}

/**
 * Whoever reported one of two joined events follows the other, and whoever handles one is shown who reported both: what
 * was told in confidence is joined with nothing else.
 */
function isJoinable(event: EventCore, target: EventCore): boolean {
  if (target.id === event.id || !isOpen(target.status)) return false
  const isAlike = target.isSensitive === event.isSensitive && target.isAboutStaff === event.isAboutStaff
  return isAlike && isSameMatter(event, target)
}

/** In these it is the desk that acts, or looks where nobody of the grid can; later a town acts for its communities anyhow. */
const deskStatuses: ReadonlySet<EventStatus> = new Set(['reported', 'verifying', 'registered', 'reopened'])

/**
 * A matter that nobody of its desk may see (registry/recusal) goes to the desk above, as it stands and with its clock.
 * @returns undefined where it waits for no desk, or none is above
 */
export function passedUp(event: EventCore): EventCore | undefined {
  if (!deskStatuses.has(event.status)) return undefined
  const level = ([2, 3] as const).find((above) => above > event.level && deskAt(event, above) !== null)
  if (level === undefined) return undefined
  return {
    ...event,
    level,
    topLevel: higher<Level>(event.topLevel, level),
    deskPlaceId: must(deskAt(event, level)),
    departmentId: null,
    version: event.version + 1,
  }
}
