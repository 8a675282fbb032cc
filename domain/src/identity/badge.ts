/**
 * Badges: whether one holds today, until when a new one holds, how its number is read, and how long a code for the door
 * is good. What is printed can be photographed and printed again, so it vouches for nobody; the code on the phone of
 * whoever serves changes all the time. Requirements W5, C1.
 * Left out: who may issue one (a duty, within his area), and how a code is made (server/src/identity/minute-code.ts).
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

/** A code for the door changes three times a minute; one that was just shown is good for a minute at least. */
export const codeStep = 20_000
const stepsGood = 4
/** For a quarter of an hour more it is known for one that was good: somebody typed slowly, and nothing is false. */
const stepsKnown = 49
/** How much of it names the badge; the rest only the server can make. */
export const codeHeadLength = 4
export const codeTailLength = 7

/** The steps whose codes are good at a moment, the present one first, and those whose codes are late. */
export function codeSteps(now: number): { readonly good: readonly number[]; readonly late: readonly number[] } {
  const step = Math.floor(now / codeStep)
  const back = Array.from({ length: stepsKnown }, (_, i) => step - i)
  return { good: back.slice(0, stepsGood), late: back.slice(stepsGood) }
}

/** Until when a code made now is good. @returns a moment in ms, a minute or more from now */
export const codeGoodUntil = (now: number): number => (Math.floor(now / codeStep) + stepsGood) * codeStep

/** The signs of a badge's number by which the badge that somebody wears is compared. */
export const lastSigns = (code: string): string => code.slice(-4)
