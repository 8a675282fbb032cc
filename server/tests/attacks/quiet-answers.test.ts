/** What an answer, a log or a folder of the machine tells beyond what was asked. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { after, before, test } from 'node:test'
import { withPasswordFile } from '../../src/kernel/db/embedded.ts'
import { describeError } from '../../src/kernel/problems.ts'
import { createApp } from '../../src/app.ts'
import { askEventExport } from '@fengge/domain/events/contract/exports'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

test('figures are for this machine alone, for no proxy on it, and for whoever holds the token', async () => {
  const ask = async (app: World['app'], remoteAddress: string, headers: Record<string, string> = {}) =>
    (await app.inject({ url: '/metrics', remoteAddress, headers })).statusCode
  assert.equal(await ask(world.app, '127.0.0.1'), 200)
  assert.equal(await ask(world.app, '192.0.2.7'), 404)
  assert.equal(await ask(world.app, '127.0.0.1', { 'x-forwarded-for': '192.0.2.7' }), 404)
  assert.equal(await ask(world.app, '192.0.2.7', { authorization: 'Bearer undefined' }), 404)
  const metricsToken = 'a token for figures only'
  const { app } = await createApp({ ...world.engine, settings: { ...world.engine.settings, metricsToken } })
  assert.equal(await ask(app, '192.0.2.7', { authorization: `Bearer ${metricsToken}` }), 200)
  assert.equal(await ask(app, '192.0.2.7', { authorization: 'Bearer another token for figures' }), 404)
  await app.close()
})

test('no answer of the API, an export among them, is kept by a browser or a proxy', async () => {
  const id = await world.report('worker')
  const exported = freshId()
  await world.ask(askEventExport, 'county', { id: exported, filter: {}, purpose: '核对' })
  for (const [login, url] of [
    ['worker', `/api/events/one?id=${id}`],
    ['worker', '/api/session/me'],
    ['county', `/api/events/export?id=${exported}`],
    ['worker', '/api/events/one?id=no'],
    ['worker', '/api/sync/pull'],
  ] as const) {
    const answer = await world.app.inject({ url, headers: { authorization: `Bearer token-${login}` } })
    assert.equal(answer.headers['cache-control'], 'no-store', `${url} ${answer.statusCode}`)
  }
})

test('pages fetch fonts from nowhere else', async () => {
  const policy = String((await world.app.inject({ url: '/' })).headers['content-security-policy'])
  assert.match(policy, /font-src 'self'(;|$)/)
})

test('a log says that something was no JSON, never what it was', () => {
  const error = (() => {
    try {
      return JSON.parse('a secret that was opened')
    } catch (e) {
      return e
    }
  })()
  assert.match((error as Error).message, /secret/)
  assert.ok(!JSON.stringify(describeError(error)).includes('secret'))
})

test('the first password of the database lies where nobody else can look or put a file first, and no longer than needed', async () => {
  const seen: string[] = []
  for (let i = 0; i < 2; i++)
    await withPasswordFile('geheim', {}, async (file) => {
      seen.push(file)
      assert.equal(readFileSync(file, 'utf8'), 'geheim')
      assert.deepEqual([statSync(file).mode & 0o777, statSync(dirname(file)).mode & 0o777], [0o600, 0o700])
    })
  assert.notEqual(seen[0], seen[1])
  for (const file of seen) assert.ok(!existsSync(dirname(file)))
})
