/**
 * When an alarm belongs to an event that is there (requirements.md E3). While somebody still has to act on it, the same
 * device again is the same matter, and so is another device of its scope within the minutes of the rule; but only for a
 * day, so that no endless row of alarms hides a fresh one. What was handled, waits for a season or is closed takes no
 * more: the next alarm says that it is not over, and somebody looks anew.
 */
import type { EventStatus } from '../events/terms.ts'
import { dayLength, minute } from '../kernel/time.ts'
import type { KindRule } from './kind-rules.ts'

export interface Storm {
  readonly openedAt: number
  readonly lastAt: number
  /** Whether this very device has a part in it. */
  readonly isOwn: boolean
}

/** No event gathers alarms for longer. */
export const longestStorm = dayLength
/** One device is the same matter for longer than a building full of them. */
const ownFor = dayLength / 2

const acting: ReadonlySet<EventStatus> = new Set<EventStatus>([
  'reported',
  'verifying',
  'registered',
  'dispatched',
  'in-progress',
  'return-requested',
  'ruling',
  'extend-requested',
  'rework',
  'reopened',
])

/** Whether an event in that state still takes alarms. */
export const takesAlarms = (status: EventStatus): boolean => acting.has(status)

/** @param now the server's time: what a device says of the hour moves nothing */
export function isJoined(storm: Storm, rule: Pick<KindRule, 'joinMinutes'>, now: number): boolean {
  if (now - storm.openedAt > longestStorm) return false
  const within = storm.isOwn ? Math.max(ownFor, rule.joinMinutes * minute) : rule.joinMinutes * minute
  return now - storm.lastAt <= within
}

/** What lies together with a device: its building or grid, where the rule says so and it has one; else itself. */
export function scopeOf(
  device: { readonly id: string; readonly buildingId: string | null; readonly gridId: string | null },
  { scope }: Pick<KindRule, 'scope'>,
): string {
  if (scope === 'building' && device.buildingId !== null) return `building:${device.buildingId}`
  if (scope === 'grid' && device.gridId !== null) return `grid:${device.gridId}`
  return `device:${device.id}`
}
