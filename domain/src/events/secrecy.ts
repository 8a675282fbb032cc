/**
 * Who had a part in an event that was told in confidence, and so goes on seeing it: the desks it stood at, who reported,
 * checked or acted. A department that no longer has it sees it no more, as with any event. Sources: domain.md I6, B5; the
 * security review of 2026-11-21, finding 4. Left out: who has a part at this moment, by turn or by referral; that is a
 * condition over the event itself (server/src/events/queries/conditions.ts).
 */
import { deskAt } from './guards.ts'
import type { EventCore } from './terms.ts'

/**
 * The places whose people and departments may have a part in a matter about staff: its desk and the centres above, since
 * whom it is about serves below. @returns null where a matter has no such bound
 */
export function placesWithPart(event: EventCore): readonly string[] | null {
  if (!event.isAboutStaff) return null
  const above = ([1, 2, 3] as const).filter((level) => level > event.level).map((level) => deskAt(event, level))
  return [event.deskPlaceId, ...above.filter((id) => id !== null)]
}
/** Whether who stands at a place, or a department of it, may have a part in a matter. */
export const mayTakePart = (event: EventCore, placeId: string): boolean =>
  placesWithPart(event)?.includes(placeId) ?? true

/** Who acts, and from which place; an act in somebody else's name, or of nobody's post, is from none. */
export interface Hand {
  readonly accountId: string | null
  readonly placeId: string | null
  /** Of a department's post. */
  readonly departmentId: string | null
}
/**
 * Who acts on what is about staff from below its desk gets no part in it: he is, or leads, whom it may be about. Who only
 * helps has his part as long as his department has: it ends with the help.
 */
function partOf(event: EventCore, { accountId, placeId, departmentId }: Hand): string | null {
  if (departmentId !== null && departmentId !== event.departmentId) return null
  return placeId === null || mayTakePart(event, placeId) ? accountId : null
}

/**
 * Whoever had a part before it was known to be about staff may be whom it is about: of them its reporter stays, and who
 * found it out from its desk or above. @param event as it is from now on
 */
export const partsOnceAboutStaff = (event: EventCore, hand: Hand): string[] =>
  [event.reporterId, partOf(event, hand)].filter((id) => id !== null)

/**
 * Ids of the desk and the accounts that have a part in an event as it stands, and of who acts on it now.
 * @param helpers accounts of those who handled it that only helped
 */
export function partsOf(event: EventCore, hand: Hand, helpers: readonly string[] = []): string[] {
  // Of what is about staff, who looked at it or settled it earlier may be whom it is about.
  const before = event.isAboutStaff ? [] : [event.checkerId, ...event.handledBy.filter((id) => !helpers.includes(id))]
  const ids = [event.deskPlaceId, event.reporterId, ...before, partOf(event, hand)]
  return [...new Set(ids.filter((id) => id !== null))]
}
