/**
 * What joining reports does to the event that has them all: who stands behind it is counted, and whoever had a hand in
 * one of them checks none of it. Reports hang in a tree by `mergedInto`; each event counts its own and all below it, so
 * that unlinking gives back exactly. Source: domain.md D2 (merge keeps the reporters, each gets an answer).
 */
import type { EventCore } from './terms.ts'

/** An event after another was joined to it. */
export function join(target: EventCore, joined: EventCore): EventCore {
  return {
    ...target,
    reporters: target.reporters + joined.reporters,
    citizens: target.citizens + joined.citizens,
    awaiting: target.awaiting + joined.awaiting,
    handledBy: [...new Set([...target.handledBy, ...joined.handledBy])],
    version: target.version + 1,
  }
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
