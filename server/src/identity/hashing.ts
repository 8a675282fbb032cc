/**
 * Passwords are computed a few at a time, the others wait for their turn: sixty people who sign in at once take no
 * processor from whoever works. It never happens inside a transaction.
 */
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { refuse } from '../kernel/problems.ts'
import { keptOnShelf, type HasShelf } from '../kernel/shelf.ts'
import { openGate } from '../kernel/turns.ts'

const most = 400
const longestRestMs = 50
const line = keptOnShelf(() => ({
  gate: openGate(Math.max(1, Math.floor(availableParallelism() / 2))),
  waiting: 0,
}))

/**
 * Waits for a turn, in which passwords may be computed and what follows from them written.
 * @throws a refusal when too many wait
 */
export async function inTurn<T>(home: HasShelf, work: () => Promise<T>): Promise<T> {
  const own = line(home)
  if (own.waiting >= most) refuse('too-many-requests', 429, { retryAfter: 5 })
  own.waiting++
  const leave = await own.gate.enter()
  own.waiting--
  const began = performance.now()
  // As long as it took, the processor is others'; nobody waits for that but whoever comes next, and not for long.
  return work().finally(() => setTimeout(leave, Math.min(longestRestMs, performance.now() - began)))
}

export const hashPassword = (home: HasShelf, password: string): Promise<string> => inTurn(home, () => hash(password))

// A hash of nothing anybody knows, so that an unknown login takes as long as a wrong password.
const decoy = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$1u4rJDkUnrxDrgM5vUYvO7hLqOvJLhzL0a1OZ0b0h1k'

/** Whether a password is the one that is kept, or nothing is; in a turn only. */
export const isPassword = (kept: string | null | undefined, said: string): Promise<boolean> =>
  verify(kept ?? decoy, said).catch(() => false)
