/** Handing in and wiping, by the phone's own code: nothing goes that the server does not have, unless somebody says so. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ReplyOf, SentOf } from '@fengge/domain/kernel/endpoint'
import type { handIn } from '@fengge/domain/sync/contract'
import { Refused } from '@fengge/web/api/call.ts'
import { makeState } from './state.ts'
import { makeWipe } from './wipe.ts'

type Ask = SentOf<typeof handIn>
type Reply = ReplyOf<typeof handIn>

/** A phone with so many acts and photos of so many signs, and what reached the server. */
function phone(
  lies: { acts: number; photos: number; size: number },
  answer: (ask: Ask) => Partial<Reply> = () => ({}),
) {
  const drawers: Record<string, string[]> = {
    acts: Array.from({ length: lies.acts }, (_, i) => `a${i}`),
    photos: Array.from({ length: lies.photos }, (_, i) => `p${i}`),
  }
  const done = { wiped: 0, locked: 0 }
  const vault = {
    device: { id: 'd', token: 't', accountId: 'x', holder: '王' },
    keys: async (drawer: string) => drawers[drawer] ?? [],
    sealed: async (_drawer: string, id: string) => id.padEnd(lies.size, '.'),
    wipe: async () => {
      done.wiped += 1
    },
    lock: () => {
      done.locked += 1
    },
  }
  const asks: Ask[] = []
  const line = {
    handIn: async (ask: Ask): Promise<Reply> => {
      asks.push(ask)
      return { wipe: true, kept: 0, photos: 0, ...answer(ask) }
    },
  }
  const state = makeState(true)
  state.set({ gate: 'open' })
  const waits: number[] = []
  const wait = async (ms: number) => void waits.push(ms)
  return { wipe: makeWipe(vault, { line, wait }, state), state, asks, done, waits }
}
const cut = () => {
  throw new Refused({ problem: 'network.down', status: 0 })
}

test('all that lies on a phone is handed in by parts, acts before photos, and only then the phone is wiped', async () => {
  const { wipe, state, asks, done } = phone({ acts: 700, photos: 12, size: 300_000 })
  await wipe.obey()
  assert.deepEqual([done.wiped, state.get().gate], [1, 'wiped'])
  assert.deepEqual([asks[0]?.step, asks.at(-1)?.step], ['ask', 'last'])
  const parts = asks.slice(1, -1)
  const acts = parts.flatMap((p) => p.sealed),
    photos = parts.flatMap((p) => p.photos ?? [])
  assert.deepEqual([new Set(acts).size, photos.map((p) => p.id).join()], [700, 'p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,p10,p11'])
  for (const part of parts) {
    const size = [...part.sealed, ...(part.photos ?? []).map((p) => p.sealed)].join('').length
    assert.ok(size <= 700_000, `${size}`)
  }
  assert.ok(parts.findIndex((p) => (p.photos ?? []).length > 0) > parts.findLastIndex((p) => p.sealed.length > 0))
})

test('a phone whose content the server did not take is locked and kept, and is wiped once it was handed in', async () => {
  for (const fails of [(ask: Ask) => ask.step === 'part', (ask: Ask) => ask.step === 'last']) {
    const line = { isUp: false }
    const { wipe, state, done } = phone({ acts: 3, photos: 1, size: 10 }, (ask) =>
      !line.isUp && fails(ask) ? cut() : {},
    )
    await wipe.obey()
    assert.deepEqual([done.wiped, done.locked, state.get().gate], [0, 1, 'to-be-wiped'])
    line.isUp = true
    await wipe.obey()
    assert.deepEqual([done.wiped, state.get().gate], [1, 'wiped'])
  }
})

test('a phone that the server refuses is wiped only by somebody who gives its content up', async () => {
  const { wipe, state, done } = phone({ acts: 3, photos: 1, size: 10 }, (ask) => {
    if (ask.step === 'part') throw new Refused({ problem: 'ask.invalid', status: 400 })
    return {}
  })
  await wipe.check()
  assert.deepEqual([done.wiped, state.get().gate], [0, 'to-be-wiped'])
  await wipe.wipe()
  assert.deepEqual([done.wiped, state.get().gate], [1, 'wiped'])
})

test('a locked phone that nobody wants wiped, or that has no line, stays as it is', async () => {
  for (const answer of [() => ({ wipe: false }), cut]) {
    const { wipe, state, done, asks } = phone({ acts: 3, photos: 1, size: 10 }, answer)
    await wipe.check()
    assert.deepEqual([done.wiped, state.get().gate, asks.length], [0, 'open', 1])
  }
})

test('a phone that is told to wait hands the same part in again when that time is over, and gives up in the end', async () => {
  const busy = () => {
    throw new Refused({ problem: 'too-many-requests', status: 429, details: { retryAfter: 7 } })
  }
  let refusals = 3
  const { wipe, state, done, waits, asks } = phone({ acts: 3, photos: 1, size: 10 }, (ask) =>
    ask.step === 'part' && refusals-- > 0 ? busy() : {},
  )
  await wipe.obey()
  assert.deepEqual([done.wiped, state.get().gate, waits], [1, 'wiped', [7000, 7000, 7000]])
  assert.deepEqual(
    asks.map((a) => a.step),
    ['ask', 'part', 'part', 'part', 'part', 'part', 'last'],
  )
  const never = phone({ acts: 3, photos: 1, size: 10 }, (ask) => (ask.step === 'part' ? busy() : {}))
  await never.wipe.obey()
  assert.deepEqual([never.done.wiped, never.state.get().gate], [0, 'to-be-wiped'])
})
