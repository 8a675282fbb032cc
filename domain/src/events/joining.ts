/**
 * What joining reports does to the event that has them all: who stands behind it is counted, whoever had a hand in one of
 * them checks none of it, and it weighs as much as the gravest. Reports hang in a tree by `mergedInto`; each event counts
 * its own and all below it, so that unlinking gives the counts back exactly; what it has come to weigh it keeps. Source:
 * domain.md D2 (merge keeps the reporters, each gets an answer; no card is lowered), C7.
 */
import { dueAfter } from './deadline.ts'
import { deskAt } from './guards.ts'
import { deskFor } from './intake.ts'
import { runningLimit, type Entry } from './stage-clock.ts'
import type { EventCore } from './terms.ts'

export const higher = <T extends number>(a: T, b: T): T => (a > b ? a : b)
const earlier = (...due: (number | null)[]): number | null => {
  const known = due.filter((d) => d !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** An event after another was joined to it. @param joined as it was before */
export function join(target: EventCore, joined: EventCore, entry: Entry): EventCore {
  const graver = sooner(weighed(target, joined), joined, entry)
  return {
    ...graver,
    reporters: target.reporters + joined.reporters,
    citizens: target.citizens + joined.citizens,
    awaiting: target.awaiting + joined.awaiting,
    isTakenUp: true,
    cancelAsk: null,
    recodeAsk: null,
    handledBy: [...new Set([...target.handledBy, ...joined.handledBy])],
    version: target.version + 1,
  }
}

/** Level and desk, urgency, people and card of whichever has more; of one crowd reported twice nobody counts twice. */
function weighed(target: EventCore, joined: EventCore): EventCore {
  const level = higher(target.level, joined.level)
  const desk = deskAt(target, level)
  const isRaised = level > target.level && desk !== null
  const topLevel = higher(target.topLevel, higher(joined.topLevel, joined.stage === 'accept' ? 1 : joined.level))
  const card = joined.supervision > target.supervision ? joined : target
  return {
    ...target,
    ...(isRaised ? { level, deskPlaceId: desk, forceClose: null } : {}),
    topLevel,
    urgency: higher(target.urgency, joined.urgency),
    people: higher(target.people, joined.people),
    said: {
      level: higher(target.said.level, joined.said.level),
      urgency: higher(target.said.urgency, joined.said.urgency),
    },
    supervision: card.supervision,
    cardLevel: card.cardLevel,
    redLeader: card.redLeader,
  }
}

/** Due no later than what was joined was, nor than a limit of its urgency gives from now; a stop keeps its end. */
function sooner(target: EventCore, joined: EventCore, { now, calendar }: Entry): EventCore {
  const event = promised(target, joined)
  if (event.status === 'suspended' || event.dueAt === null) return event
  const fresh = dueAfter(now, runningLimit(event), calendar)
  const dueAt = earlier(event.dueAt, fresh, joined.stage === event.stage ? joined.dueAt : null)
  return { ...event, dueAt, handleDueAt: event.stage === 'handle' ? dueAt : event.handleDueAt }
}

/** By when both are to be handled; before it is dispatched no such clock runs, and the date is kept until then. */
function promised(target: EventCore, joined: EventCore): EventCore {
  const other = earlier(joined.handleDueAt, joined.promisedDueAt)
  const totalDueAt = earlier(target.totalDueAt, joined.totalDueAt)
  const externalDueAt = earlier(target.externalDueAt, joined.externalDueAt)
  const dated = { ...target, totalDueAt, externalDueAt }
  if (target.handleDueAt === null) return { ...dated, promisedDueAt: earlier(target.promisedDueAt, other) }
  return { ...dated, handleDueAt: earlier(target.handleDueAt, other) }
}

/** Reports that stand behind an event: how many, of citizens, of those who want an answer. */
export type Standing = Pick<EventCore, 'reporters' | 'citizens' | 'awaiting'>

/** An event after so many reports left it; it never counts fewer than none. */
export function leave(event: EventCore, left: Standing): EventCore {
  return {
    ...event,
    reporters: Math.max(0, event.reporters - left.reporters),
    citizens: Math.max(0, event.citizens - left.citizens),
    awaiting: Math.max(0, event.awaiting - left.awaiting),
  }
}

/**
 * A joined report after the event that has it turned out to be something else: it is that matter too, told in the same
 * confidence; of what is about staff it stands as high, no department has it, and who reported it from a post of his own,
 * not knowing that it was, has no part in it any more: he may be whom it is about. Its citizens and its place stay.
 */
export function carried(joined: EventCore, root: EventCore): EventCore {
  const { categoryCode, limits, isSensitive, isAboutStaff } = root
  const same = { ...joined, categoryCode, limits, isSensitive, isAboutStaff }
  if (!isAboutStaff) return same
  const desk = deskFor(higher(joined.level, root.level), joined)
  return {
    ...same,
    level: desk.level,
    topLevel: higher(joined.topLevel, desk.level),
    deskPlaceId: desk.placeId,
    reporterId: joined.isAboutStaff ? joined.reporterId : null,
    checkerId: null,
    departmentId: null,
    coHandlers: [],
  }
}
