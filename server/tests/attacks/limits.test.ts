/** Whoever asks too much is told to wait, on every route. Source: the security review of 2026-11-21, findings 2, 9, 26. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { contract } from '@fengge/domain/contract'
import { listEvents } from '@fengge/domain/events/contract/desk'
import { findLikely, searchRegistry } from '@fengge/domain/registry/contract'
import { push } from '@fengge/domain/sync/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openWorld, type Answer, type Login, type World } from '../world.ts'
import { bars, measured } from './measured.ts'

let world: World
before(async () => {
  world = await openWorld({ FENGGE_RATE_LIMIT: '600' })
})
after(() => world.close())

/** How many of some calls were answered with 429. */
async function countStopped(calls: number, call: (i: number) => Promise<Answer>): Promise<number> {
  let stopped = 0
  for (let i = 0; i < calls; i++) if ((await call(i)).status === 429) stopped++
  return stopped
}
const search = (login: Login) => () => world.post(login, searchRegistry.path, { text: '99000019900101' })

test('a worker who tries numbers one after another is stopped after twenty', async () => {
  assert.equal(await countStopped(108, search('worker')), 88)
  const likely = await countStopped(100, () => world.post('worker2', findLikely.path, { values: { name: '王芳' } }))
  assert.equal(likely, 80)
})

test('he is told how long to wait, in his language’s words and in a header, and may go on then', async () => {
  const { status, body, headers } = await search('worker')()
  assert.deepEqual([status, body.problem, body.details], [429, 'too-many-requests', { retryAfter: 1 }])
  assert.equal(headers['retry-after'], '1')
  world.clock.pass(1000)
  assert.equal((await search('worker')()).status, 200)
})

test('others are not stopped with him, nor is his other work', async () => {
  assert.equal((await search('village')()).status, 200)
  await world.ask(listEvents, 'worker', {})
})

test('what a phone pushes takes the pace of each act: the rest waits on it, and goes when it is sent again', async () => {
  const acts = Array.from({ length: 100 }, (_, i) => ({
    requestId: freshId(),
    seq: i,
    name: 'reportEvent' as const,
    ask: {
      id: freshId(),
      title: '路灯不亮',
      content: '三幢楼下路灯不亮',
      categoryCode: '5001',
      gridId: world.at['grid2'],
    } as never,
    madeAt: new Date(world.clock.now()).toISOString(),
  }))
  let waiting = acts
  const done: number[] = []
  const round = async () => {
    for (const batch of [waiting.slice(0, 50), waiting.slice(50)]) {
      const { fates } = await world.ask(push, 'worker2', { device: '', acts: batch })
      assert.ok(fates.every((f) => f.fate === 'done' || f.fate === 'later'))
      const sent = new Set(fates.filter((f) => f.fate === 'done').map((f) => f.requestId))
      waiting = waiting.filter((a) => !sent.has(a.requestId))
    }
    done.push(acts.length - waiting.length)
  }
  await round()
  world.clock.pass(6000)
  await round()
  assert.deepEqual(done, [60, 100])
})

test('every route of the contract stops somebody who hammers it, signed in or not', async () => {
  for (const promise of contract) {
    const once = (login: Login | null) =>
      promise.method === 'GET' ? world.get(login, promise.path) : world.post(login, promise.path, {})
    let last = 0
    for (let i = 0; i < 200 && last !== 429; i++)
      last = (await once(promise.duty === 'public' ? null : 'auditor')).status
    assert.equal(last, 429, promise.name)
  }
})

test('pages of residents are limited by address, and say so on a page in both languages', async () => {
  for (const page of ['/grid?text=一', '/report', '/follow?code=AAAA', '/badge?code=AAAA']) {
    world.clock.pass(3_600_000)
    assert.ok((await countStopped(300, () => world.get(null, page))) > 100, page)
    const refused = await world.app.inject({ method: 'GET', url: page, headers: { 'accept-language': 'en' } })
    assert.equal(refused.statusCode, 429)
    assert.match(refused.body, /Too many requests/)
    assert.match((await world.app.inject({ method: 'GET', url: page })).body, /操作太频繁/)
  }
})

test('of sixty reports that one address sends at once twenty reach somebody, and one in five seconds after that', async () => {
  const send = () =>
    world.app.inject({
      method: 'POST',
      url: '/report',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'title=x',
    })
  let stopped = 0
  for (let i = 0; i < 60; i++) if ((await send()).statusCode === 429) stopped++
  assert.equal(stopped, 40)
  world.clock.pass(5000)
  assert.notEqual((await send()).statusCode, 429)
})

test('the contract is made and packed once, however often strangers ask for it, and they ask for it at the pace of pages', async () => {
  for (const url of ['/openapi.json', '/api-docs']) {
    const ask = (remoteAddress: string, headers = {}) =>
      world.app.inject({ method: 'GET', url, remoteAddress, headers })
    const first = await ask('203.0.113.90')
    const packed = await ask('203.0.113.90', { 'accept-encoding': 'gzip, br' })
    assert.equal(gunzipSync(packed.rawPayload).toString(), first.payload)
    const { longest } = await measured(() => async () => {
      for (let i = 0; i < 5; i++) await ask('203.0.113.91', { 'accept-encoding': 'gzip' })
    })
    assert.ok(longest < bars.turn, `the thread that serves stood still for ${longest} ms`)
    let stopped = 0
    for (let i = 0; i < 120; i++)
      if ((await ask('203.0.113.92', { 'accept-encoding': 'gzip' })).statusCode === 429) stopped++
    assert.ok(stopped > 0)
  }
})

test('whoever goes on sending to what is no address is made to wait', async () => {
  const post = () =>
    world.app.inject({ method: 'POST', url: '/api/nothing', payload: {}, remoteAddress: '203.0.113.77' })
  const statuses = await Promise.all(Array.from({ length: 150 }, async () => (await post()).statusCode))
  assert.deepEqual(new Set(statuses), new Set([404, 429]))
})

test('whoever makes up tokens is stopped, and signs in as before', async () => {
  const made = (i: number) => `made-up-token-number-${i}`
  const shown = (i: number) =>
    world.app.inject({
      url: '/api/session/me',
      headers: { authorization: `Bearer ${made(i)}` },
      remoteAddress: '198.51.100.77',
    })
  let stopped = 0
  for (let i = 0; i < 620; i++) if ((await shown(i)).statusCode === 429) stopped++
  assert.equal(stopped, 520)
  const signIn = await world.app.inject({
    method: 'POST',
    url: '/api/session/sign-in',
    payload: { login: 'nobody', password: 'wrong' },
    headers: { 'content-type': 'application/json', authorization: `Bearer ${made(1)}` },
    remoteAddress: '198.51.100.77',
  })
  assert.equal(signIn.statusCode, 401, signIn.body)
})
