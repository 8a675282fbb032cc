/**
 * Who is calling. A session is a random token in a cookie (or a bearer header for machines); only its digest
 * is stored. What is stored is the business of the slice of accounts, which hands the kernel its book of sessions
 * at start. Callers are remembered for a few seconds so that a busy phone does not cost a query a call.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Caller } from './context.ts'
import type { Database } from './db/pool.ts'
import type { Reading, Tx } from './db/tx.ts'
import type { Sealer } from './seal.ts'

export const hashToken = (token: string) => createHash('sha256').update(token).digest('base64url')
export const makeToken = () => randomBytes(32).toString('base64url')

const tagLength = 16
const tagged = (token: string) => `session ${token}`
/** The token of a session: the server tells its own from what anybody makes up before it asks the database. */
export function makeSessionToken(sealer: Pick<Sealer, 'index'>): string {
  const token = makeToken()
  return token + sealer.index(tagged(token)).slice(0, tagLength)
}
/** Others are made up, from before there were tags, or tagged under a key that is no longer in use: those may be right. */
function isProven(shown: string, sealer: Pick<Sealer, 'indexes'>): boolean {
  const [token, tag] = [shown.slice(0, -tagLength), shown.slice(-tagLength)]
  return sealer.indexes(tagged(token)).some((t) => t.slice(0, tagLength) === tag)
}

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
  /** @param beforeUnproven asked before a token without a right tag is looked up; what it throws is thrown */
  readonly find: (token: string, now: number, beforeUnproven?: () => void) => Promise<Caller | undefined>
  /** Forgets what is remembered: of one account, or of all. */
  readonly forget: (accountId?: string) => void
}

const rememberMs = 5000

export function createSessions(
  database: Pick<Database, 'callers' | 'write'>,
  book: SessionBook,
  sealer: Pick<Sealer, 'indexes'>,
): Sessions {
  const known = new Map<string, { caller: Caller; until: number }>()
  return {
    find: async (token, now, beforeUnproven) => {
      const hash = hashToken(token)
      const hit = known.get(hash)
      if (hit && hit.until > now && hit.until - now <= rememberMs) return hit.caller
      if (!isProven(token, sealer)) beforeUnproven?.()
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
