/**
 * Wrong passwords and codes: who guesses waits, longer with each try, and nobody else does. The count stands for an
 * account and an address together, so that nobody is kept out by what others try (domain.md A12; the security review
 * of 2026-11-21, finding 9). Left out: how many logins an address may try (kernel/pace.ts).
 */
import { dayLength, minute } from '../kernel/time.ts'

export const triesRule = {
  free: 5,
  firstWaitMs: minute / 2,
  longestWaitMs: 15 * minute,
  forgottenAfterMs: dayLength,
  /** So long an address at which somebody signed in stays one of his own. */
  knownForMs: 30 * dayLength,
} as const

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
export function waitMs(tries: Tries | undefined, now: number): number {
  if (tries === undefined || tries.wrong < triesRule.free) return 0
  const wait = Math.min(triesRule.longestWaitMs, triesRule.firstWaitMs * 2 ** (tries.wrong - triesRule.free))
  return Math.max(0, tries.lastAt + wait - now)
}
