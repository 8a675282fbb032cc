/**
 * Who is calling. A session is a random token in a cookie (or a bearer header for machines); only its digest
 * is stored. What is stored is the business of the slice of accounts, which hands the kernel its book of sessions
 * at start. Callers are remembered for a few seconds so that a busy phone does not cost a query a call.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Caller } from './context.ts'
import type { Database } from './db/pool.ts'
import type { Reading, Tx } from './db/tx.ts'

export const hashToken = (token: string) => createHash('sha256').update(token).digest('base64url')
export const makeToken = () => randomBytes(32).toString('base64url')

export interface FoundSession {
  readonly caller: Caller
  readonly expiresAt: number
  readonly seenAt: number
  /** How long it lives without a call. */
  readonly idleMs: number
}

/** Where sessions stand: looked up and touched by the digest of their token. */
export interface SessionBook {
  readonly find: (reading: Reading, tokenHash: string, now: number) => Promise<FoundSession | undefined>
  readonly touch: (tx: Tx, tokenHash: string, now: number) => Promise<void>
}

export interface Sessions {
  readonly find: (token: string, now: number) => Promise<Caller | undefined>
  /** Forgets what is remembered: of one account, or of all. */
  readonly forget: (accountId?: string) => void
}

const rememberMs = 5000

export function createSessions(database: Pick<Database, 'callers' | 'write'>, book: SessionBook): Sessions {
  const known = new Map<string, { caller: Caller; until: number }>()
  return {
    find: async (token, now) => {
      const hash = hashToken(token)
      const hit = known.get(hash)
      if (hit && hit.until > now && hit.until - now <= rememberMs) return hit.caller
      const found = await book.find(database.callers, hash, now)
      if (!found || found.expiresAt <= now) return undefined
      const idleFor = now - found.seenAt
      if (idleFor > found.idleMs) return undefined
      if (idleFor > found.idleMs / 20) await database.write((tx) => book.touch(tx, hash, now))
      if (known.size > 20_000) known.clear()
      known.set(hash, { caller: found.caller, until: now + rememberMs })
      return found.caller
    },
    forget: (accountId) => {
      for (const [hash, { caller }] of known)
        if (accountId === undefined || caller.accountId === accountId) known.delete(hash)
    },
  }
}
