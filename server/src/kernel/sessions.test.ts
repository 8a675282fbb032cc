import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Caller } from './context.ts'
import type { Database } from './db/pool.ts'
import { createSealer } from './seal.ts'
import { createSessions, hashToken, makeSessionToken, makeToken } from './sessions.ts'

const secret = 'a secret for tests only, 32 characters'
const sealer = createSealer(secret, 'intl')

/** A book that counts what it is asked for, and knows some tokens. */
function bookOf(known: readonly string[], by = sealer) {
  const hashes = new Set(known.map(hashToken))
  const asked = { times: 0 }
  const find = async (_reading: unknown, hash: string) => {
    asked.times++
    if (!hashes.has(hash)) return undefined
    return { caller: { accountId: 'a' } as Caller, expiresAt: 1e15, seenAt: 0, idleMs: 1e12 }
  }
  const database = { callers: {}, write: async () => undefined } as unknown as Database
  return { asked, sessions: createSessions(database, { find, touch: async () => undefined }, by) }
}

const wait = () => {
  throw new Error('wait')
}

test('a token that somebody made up, with whatever tag, is not looked up while its address has to wait; a right one is', async () => {
  const real = makeSessionToken(sealer)
  const { asked, sessions } = bookOf([real])
  for (const shown of [makeToken() + real.slice(43), makeToken(), `${real}x`, real.slice(0, 43)])
    await assert.rejects(sessions.find(shown, 0, wait), /wait/)
  assert.equal(asked.times, 0)
  assert.equal((await sessions.find(real, 0, wait))?.accountId, 'a')
})

test('one of the server’s is found, also while its keys are changed and after; one of before there were tags too, while its address may ask', async () => {
  const [mine, old] = [makeSessionToken(createSealer('the secret before, of 32 characters', 'intl')), makeToken()]
  const turning = createSealer(secret, 'intl', 'the secret before, of 32 characters')
  const { asked, sessions } = bookOf([mine, old], turning)
  assert.equal((await sessions.find(mine, 0, wait))?.accountId, 'a')
  assert.equal((await bookOf([mine]).sessions.find(mine, 0))?.accountId, 'a', 'its key is no longer in use')
  let left = 1
  const pace = () => {
    if (left-- === 0) throw new Error('wait')
  }
  assert.equal((await sessions.find(old, 0, pace))?.accountId, 'a')
  assert.equal((await sessions.find(old, 0, pace))?.accountId, 'a', 'remembered')
  await assert.rejects(sessions.find(makeToken(), 0, pace), /wait/)
  assert.equal(asked.times, 2)
})
