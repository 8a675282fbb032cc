/**
 * Passwords are computed a few at a time, the others wait for their turn: sixty people who sign in at once take no
 * processor from whoever works. It never happens inside a transaction.
 */
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { refuse } from '../kernel/problems.ts'
import { keptOnShelf, type HasShelf } from '../kernel/shelf.ts'

export interface Turns {
  /** Does work in its turn. @throws a refusal when too many wait */
  readonly take: <T>(work: () => Promise<T>) => Promise<T>
}

/** @param atOnce how many have their turn at a time @param most how many may wait */
export function createTurns(atOnce: number, most: number): Turns {
  const waiting: (() => void)[] = []
  let running = 0
  return {
    take: async (work) => {
      if (running >= atOnce) {
        if (waiting.length >= most) refuse('too-many-requests', 429, { retryAfter: 5 })
        await new Promise<void>((begin) => {
          waiting.push(begin)
        })
      } else running++
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running--
      }
    },
  }
}

const turns = keptOnShelf(() => createTurns(Math.max(1, Math.floor(availableParallelism() / 2)), 400))

/** Waits for a turn, in which passwords may be computed and what follows from them written. */
export const inTurn = <T>(home: HasShelf, work: () => Promise<T>): Promise<T> => turns(home).take(work)

export const hashPassword = (home: HasShelf, password: string): Promise<string> => inTurn(home, () => hash(password))

// A hash of nothing anybody knows, so that an unknown login takes as long as a wrong password.
const decoy = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$1u4rJDkUnrxDrgM5vUYvO7hLqOvJLhzL0a1OZ0b0h1k'

/** Whether a password is the one that is kept, or nothing is; in a turn only. */
export const isPassword = (kept: string | null | undefined, said: string): Promise<boolean> =>
  verify(kept ?? decoy, said).catch(() => false)
