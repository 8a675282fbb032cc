/** A matter that nobody of its desk may see goes to the desk above (registry/recusal), as it stands and with its clock. */
import { deskAt } from './guards.ts'
import { higher } from './joining.ts'
import type { EventCore, EventStatus, Level } from './terms.ts'

/** In these it is the desk that acts, or looks where nobody of the grid can; later a town acts for its communities anyhow. */
export const deskStatuses: ReadonlySet<EventStatus> = new Set(['reported', 'verifying', 'registered', 'reopened'])

/** @returns undefined where it waits for no desk, or none is above */
export function passedUp(event: EventCore): EventCore | undefined {
  if (!deskStatuses.has(event.status)) return undefined
  const level = ([2, 3] as const).find((above: Level) => above > event.level && deskAt(event, above) !== null)
  if (level === undefined) return undefined
  return {
    ...event,
    level,
    topLevel: higher<Level>(event.topLevel, level),
    deskPlaceId: deskAt(event, level)!,
    departmentId: null,
    version: event.version + 1,
  }
}
