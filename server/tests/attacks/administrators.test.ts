/** An administrator becomes nobody else. Source: the security review of 2026-11-21, findings 6 and 36. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { readSettings } from '../../src/kernel/settings.ts'
import { askWith, goodPassword, hire, trySignIn } from '../people.ts'
import { openWorld, type Login, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const textsIn = (body: unknown): string[] => {
  if (typeof body === 'string') return [body]
  return body !== null && typeof body === 'object' ? Object.values(body).flatMap(textsIn) : []
}
/** What an administrator alone gets out of an act, tried as a password and as a code. */
async function triesWith(login: string, told: unknown): Promise<number[]> {
  const statuses: number[] = []
  for (const text of textsIn(told)) {
    statuses.push((await trySignIn(world, login, text)).status)
    const redeem = { login, first: text, second: text, fresh: 'Still-water-88' }
    statuses.push((await world.post(null, '/api/session/redeem', redeem)).status)
  }
  return [...statuses, (await trySignIn(world, login, 'Still-water-88')).status]
}
const act = (login: Login, path: string, more: Record<string, unknown>) =>
  world.post(login, path, { requestId: freshId(), ...more })

test('who resets a password, or opens an account, cannot sign in with what he is told', async () => {
  const id = await hire(world, 'registrar.one', { role: 'registrar' })
  const reset = await act('sysadmin', '/api/accounts/reset', { id })
  assert.equal(reset.status, 200)
  assert.ok(!(await triesWith('registrar.one', reset.body)).includes(200))
  const opened = await act('sysadmin', '/api/accounts/open', { id: freshId(), login: 'sock.puppet', name: '某' })
  assert.equal(opened.status, 200)
  assert.ok(!(await triesWith('sock.puppet', opened.body)).includes(200))
})

test('nobody closes or resets an administrator alone', async () => {
  for (const role of ['system-admin', 'security-admin', 'audit-admin']) {
    const login = `${role}-two`
    const id = await hire(world, login, { role })
    await act('sysadmin', '/api/accounts/close', { id })
    await act('sysadmin', '/api/accounts/reset', { id })
    assert.equal((await trySignIn(world, login, goodPassword)).status, 200, `${login} is as before`)
  }
})

test('a password alone does not make an administrator: the second factor takes a code of the security administrator', async () => {
  await hire(world, 'fresh.security', { role: 'security-admin' })
  const { token } = await trySignIn(world, 'fresh.security', goodPassword)
  const prepared = await askWith(world, token, '/api/session/second-factor/prepare', { requestId: freshId() })
  assert.deepEqual([prepared.status, prepared.problem], [403, 'second-factor.code'])
})

test('whoever may reveal core values or export people has a second factor before he may', async () => {
  for (const role of ['registrar', 'village-officer', 'duty-chief', 'dispatcher', 'leader']) {
    await hire(world, `no-factor-${role}`, { role })
    const { token } = await trySignIn(world, `no-factor-${role}`, goodPassword)
    const list = await askWith(world, token, '/api/registry/exports')
    assert.deepEqual([list.status, list.problem], [403, 'not-allowed'], role)
    // Nor is he the first comer who has his password alone.
    const prepared = await askWith(world, token, '/api/session/second-factor/prepare', { requestId: freshId() })
    assert.deepEqual([prepared.status, prepared.problem], [403, 'second-factor.code'], role)
  }
})

test('a post given today can be ended today, at once', async () => {
  const accountId = await hire(world, 'by.mistake')
  const id = freshId()
  const given = await act('secadmin', '/api/postings/give', {
    id,
    accountId,
    roleCode: 'inspector',
    placeId: world.at['town'],
    departmentId: null,
    fromOn: '2026-03-02',
    toOn: null,
  })
  assert.equal(given.status, 200)
  const { token } = await trySignIn(world, 'by.mistake', goodPassword)
  assert.equal((await askWith(world, token, '/api/events')).status, 200)
  assert.equal((await act('secadmin', '/api/postings/end', { id, toOn: '2026-03-01' })).status, 200)
  assert.equal((await askWith(world, token, '/api/events')).status, 403)
})

test('published logins open nothing from another machine, and those of administrators never do', async () => {
  await hire(world, 'demo.worker', { role: 'grid-worker', place: 'grid1', isInvented: true })
  await hire(world, 'demo.security', { role: 'security-admin', isInvented: true })
  const open = await openWorld({ FENGGE_DEMO_ELSEWHERE: 'on', PUBLIC_URL: 'https://fengge.example' })
  try {
    await hire(open, 'demo.worker', { role: 'grid-worker', place: 'grid1', isInvented: true })
    await hire(open, 'demo.security', { role: 'security-admin', isInvented: true })
    const tried = async (on: World, login: string, address: string, headers: Record<string, string> = {}) =>
      (await trySignIn(on, login, goodPassword, { address, headers })).problem ?? 'in'
    for (const login of ['demo.worker', 'demo.security']) {
      assert.equal(await tried(world, login, '127.0.0.1'), 'in')
      assert.equal(await tried(world, login, '::1'), 'in')
      assert.equal(await tried(world, login, '192.168.1.9'), 'demo.elsewhere')
      assert.equal(await tried(world, login, '127.0.0.1', { 'x-forwarded-for': '192.168.1.9' }), 'demo.elsewhere')
      // A name that leads here from a page of somebody else's, or a proxy that says nothing of whom it speaks for.
      for (const host of ['evil.example', 'evil.example:8080', 'localhost.evil.example', '127.0.0.1.evil.example'])
        assert.equal(await tried(world, login, '127.0.0.1', { host }), 'demo.elsewhere', host)
      for (const host of ['localhost:8080', '127.0.0.1:8080', '[::1]:8080', 'LOCALHOST'])
        assert.equal(await tried(world, login, '127.0.0.1', { host }), 'in', host)
    }
    assert.equal(await tried(open, 'demo.security', '127.0.0.1', { host: 'fengge.example' }), 'in')
    assert.equal(await tried(open, 'demo.worker', '192.168.1.9'), 'in')
    assert.equal(await tried(open, 'demo.security', '192.168.1.9'), 'demo.elsewhere')
  } finally {
    await open.close()
  }
})

test('a demo listens on this machine alone, unless a setting says otherwise', () => {
  const hostOf = (settings: Record<string, string>) => readSettings(settings).host
  assert.equal(hostOf({}), '127.0.0.1')
  assert.equal(hostOf({ HOST: '0.0.0.0' }), '0.0.0.0')
  assert.equal(hostOf({ FENGGE_DEMO_ELSEWHERE: 'on' }), '0.0.0.0')
  assert.equal(hostOf({ FENGGE_DEMO: 'off' }), '0.0.0.0')
})
