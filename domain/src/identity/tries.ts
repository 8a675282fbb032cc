/**
 * Wrong passwords and codes: who guesses waits, longer with each try, and nobody else does. The count stands for an
 * account and an address together, so that nobody is kept out by what others try (domain.md A12; the security review
 * of 2026-11-21, finding 9). Left out: how many logins an address may try (kernel/pace.ts).
 * An account that is guessed from many addresses is slow for strangers, and for them alone: in a browser in which its
 * holder signed in before, he notices nothing.
 */
import { dayLength, minute } from '../kernel/time.ts'

export const triesRule = {
  free: 5,
  firstWaitMs: minute / 2,
  longestWaitMs: 15 * minute,
  forgottenAfterMs: dayLength,
  /** So long a browser in which somebody signed in is known. */
  knownForMs: 30 * dayLength,
} as const

/** Of all addresses together at which the account is a stranger. */
export const strangersRule = { free: 30, firstWaitMs: minute / 2, longestWaitMs: 2 * minute } as const

/**
 * What one account has at the door: so many browsers in which it is known, the one longest unused goes. Whoever has many
 * has no more of the door for it, since his line and his pace are his account's.
 */
export const knownRule = { mostBrowsers: 10 } as const

type WaitRule = Record<'free' | 'firstWaitMs' | 'longestWaitMs', number>

export interface Tries {
  readonly wrong: number
  /** When the last wrong one was. */
  readonly lastAt: number
}

/** Counts one more; what was long ago is forgotten. */
export function afterWrong(tries: Tries | undefined, now: number): Tries {
  const isFresh = tries !== undefined && now - tries.lastAt < triesRule.forgottenAfterMs
  return { wrong: isFresh ? tries.wrong + 1 : 1, lastAt: now }
}

/** How long until the next may be tried. @example waitMs({ wrong: 6, lastAt: 0 }, 0) // 60000 */
export function waitMs(tries: Tries | undefined, now: number, rule: WaitRule = triesRule): number {
  if (tries === undefined || tries.wrong < rule.free) return 0
  const wait = Math.min(rule.longestWaitMs, rule.firstWaitMs * 2 ** (tries.wrong - rule.free))
  return Math.max(0, tries.lastAt + wait - now)
}
