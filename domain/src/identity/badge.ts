/**
 * Badges: whether one holds today, until when a new one holds, and how its code is read. Requirements W5, C1.
 * Left out: who may issue one (a duty, within his area), and what a scan shows to whom.
 */
import { addDays, type Day } from '../kernel/time.ts'

export interface BadgeFacts {
  /** Why its code was ended, or nothing while it was not. */
  readonly endedAs: '' | 'replaced' | 'revoked'
  readonly expiresOn: Day
  readonly isAccountActive: boolean
  /** The last day of the bearer's post. */
  readonly postEndsOn: Day | null
}

export type BadgeState = 'valid' | 'replaced' | 'revoked' | 'expired'

/** A badge holds while its code was not ended, its day has not passed, and its bearer still has the post. */
export function badgeStateOf(badge: BadgeFacts, today: Day): BadgeState {
  if (badge.endedAs !== '') return badge.endedAs
  if (badge.expiresOn < today) return 'expired'
  const serves = badge.isAccountActive && (badge.postEndsOn === null || badge.postEndsOn >= today)
  return serves ? 'valid' : 'revoked'
}

/** The last day of a badge issued today for some months of thirty days: never beyond the post. */
export function badgeEndsOn(today: Day, months: number, postEndsOn: Day | null): Day {
  const until = addDays(today, months * 30)
  return postEndsOn !== null && postEndsOn < until ? postEndsOn : until
}

/** The signs of a code, without look-alikes: ten of them are some 49 bits. */
export const badgeSigns = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
export const badgeCodeLength = 10

/** A code as somebody typed it: any case, with blanks and dashes. */
export function readBadgeCode(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .slice(0, 20)
}
