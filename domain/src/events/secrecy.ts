/**
 * Who had a part in an event that was told in confidence, and so goes on seeing it: the desks it stood at, who reported,
 * checked or acted. A department that no longer has it sees it no more, as with any event. Sources: domain.md I6, B5; the
 * security review of 2026-11-21, finding 4. Left out: who has a part at this moment, by turn or by referral; that is a
 * condition over the event itself (server/src/events/queries/conditions.ts).
 */
import type { EventCore } from './terms.ts'

/**
 * Whoever had a part before it was known to be about staff may be whom it is about: of them its reporter stays, and who
 * found it out.
 */
export const partsOnceAboutStaff = (event: EventCore, actorId: string | null): string[] =>
  [event.reporterId, actorId].filter((id) => id !== null)

/** Ids of the desk and the accounts that have a part in an event as it stands, and of who acts on it now. */
export function partsOf(event: EventCore, actorId: string | null): string[] {
  // Of what is about staff, who looked at it or settled it earlier may be whom it is about.
  const before = event.isAboutStaff ? [] : [event.checkerId, ...event.handledBy]
  const ids = [event.deskPlaceId, event.reporterId, ...before, actorId]
  return [...new Set(ids.filter((id) => id !== null))]
}
