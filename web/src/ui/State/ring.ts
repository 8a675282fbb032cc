/** How far an event has come, as a ring shows it. */
import type { EventStatus } from '@fengge/domain/events/terms'

export type Ring = 'open' | 'quarter' | 'half' | 'most' | 'done' | 'ended' | 'rests'

/** Nobody yet, taken in, in hand, to be checked, closed, ended otherwise, resting. */
const rings: Readonly<Record<Ring, readonly EventStatus[]>> = {
  open: ['reported'],
  quarter: ['verifying', 'registered', 'dispatched'],
  half: ['in-progress', 'return-requested', 'ruling', 'extend-requested', 'suspend-requested', 'rework', 'reopened'],
  most: ['handled', 'verified', 'callback', 'unreasonable-claimed'],
  done: ['closed', 'archived'],
  ended: ['rejected', 'merged', 'cancelled'],
  rests: ['suspended'],
}

export function ringOf(status: EventStatus): Ring {
  const found = Object.entries(rings).find(([, held]) => held.includes(status))
  return (found?.[0] ?? 'open') as Ring
}
