/**
 * Passwords are computed a few at a time, the others wait for their turn: sixty people who sign in at once take no
 * processor from whoever works, and strangers who try by the thousand delay their own network and nobody who is known.
 * It never happens inside a transaction.
 */
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import type { Asking } from '../kernel/context.ts'
import { openDoor, strangerAt, type Asker } from '../kernel/door-line.ts'
import { Refusal } from '../kernel/problems.ts'
import { keptOnShelf, type HasShelf } from '../kernel/shelf.ts'

const longestRestMs = 50
const door = keptOnShelf(() =>
  openDoor({
    inside: Math.max(1, Math.floor(availableParallelism() / 2)),
    // By account: there is an end to them.
    known: { own: 4, all: 400, isFirstFree: true },
    // An office behind one address signs in within a minute.
    strangers: { own: 100, all: 1000 },
    full: () => new Refusal({ problem: 'too-many-requests', status: 429, details: { retryAfter: 5 } }),
  }),
)

/** Who is signed in has a line of his own; a stranger shares that of his network. */
export const askerOf = ({ caller, ip }: Asking): Asker =>
  caller.accountId === null ? strangerAt(ip ?? '') : { who: caller.accountId, isKnown: true }

/**
 * Waits for a turn, in which passwords may be computed and what follows from them written.
 * @throws a refusal when too many wait
 */
export async function inTurn<T>(home: HasShelf, asker: Asker, work: () => Promise<T>): Promise<T> {
  const leave = await door(home).enter(asker)
  const began = performance.now()
  // As long as it took, the processor is others'; nobody waits for that but whoever comes next, and not for long.
  return work().finally(() => setTimeout(leave, Math.min(longestRestMs, performance.now() - began)))
}

export const hashPassword = (ctx: Asking, password: string): Promise<string> =>
  inTurn(ctx, askerOf(ctx), () => hash(password))

// A hash of nothing anybody knows, so that an unknown login takes as long as a wrong password.
const decoy = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$1u4rJDkUnrxDrgM5vUYvO7hLqOvJLhzL0a1OZ0b0h1k'

/** Whether a password is the one that is kept, or nothing is; in a turn only. */
export const isPassword = (kept: string | null | undefined, said: string): Promise<boolean> =>
  verify(kept ?? decoy, said).catch(() => false)
