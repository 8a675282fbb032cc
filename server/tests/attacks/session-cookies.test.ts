/** Where a session lies, and who a request comes from. Source: the security review of 2026-11-21, findings 12 and 13. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { holdSession, whoAmI } from '@fengge/domain/identity/contract'
import { enrolDevice, handIn, wipeDevice } from '@fengge/domain/sync/contract'
import { rowsOf, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { readSettings } from '../../src/kernel/settings.ts'
import { askWith, goodPassword, hire, trySignIn } from '../people.ts'
import { openWorld, type World } from '../world.ts'

const proxy = '10.9.0.1'
let world: World, secure: World
before(async () => {
  world = await openWorld({ FENGGE_TRUST_PROXY: `${proxy}, 10.9.1.0/24`, FENGGE_RATE_LIMIT: '600' })
  secure = await openWorld({ PUBLIC_URL: 'https://grid.example.org' })
})
after(async () => {
  await world.close()
  await secure.close()
})

test('the cookie is for https alone where people use https, or a listed proxy says they do', async () => {
  await hire(secure, 'https.one')
  await hire(world, 'proxy.one')
  const set = /^__Host-fengge_session=[\w-]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/
  assert.match((await trySignIn(secure, 'https.one', goodPassword)).cookie, set)
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.50' }
  assert.match((await trySignIn(world, 'proxy.one', goodPassword, { address: proxy, headers })).cookie, set)
  assert.match((await trySignIn(world, 'proxy.one', goodPassword, { address: '10.9.1.77', headers })).cookie, set)
  const direct = await trySignIn(world, 'proxy.one', goodPassword, { address: '203.0.113.51', headers })
  assert.match(direct.cookie, /^fengge_session=[\w-]+; Path=\/; HttpOnly; SameSite=Lax$/)
})

test('a cookie that a neighbour of the domain planted is not read where the secure one is used', async () => {
  const ask = (name: string) =>
    secure.app.inject({ method: 'GET', url: whoAmI.path, headers: { cookie: `${name}=token-leader` } })
  assert.equal((await ask('fengge_session')).statusCode, 401)
  assert.equal((await ask('__Host-fengge_session')).statusCode, 200)
})

test('an address that is told is believed of a listed proxy only, and of that the one it saw itself', async () => {
  await hire(world, 'from.where')
  const ipOf = async (address: string, told: string) => {
    world.clock.pass(1000)
    await trySignIn(world, 'from.where', goodPassword, { address, headers: { 'x-forwarded-for': told } })
    const rows = await rowsOf<{ ip: string }>(
      world.engine.database.read,
      sql`select ip from audit.journal where kind = 'session' order by at desc, id desc limit 1`,
    )
    return rows[0]!.ip
  }
  assert.equal(await ipOf('203.0.113.60', '8.8.8.8'), '203.0.113.60')
  assert.equal(await ipOf(proxy, '8.8.8.8, 203.0.113.61'), '203.0.113.61')
})

test('who guesses follow codes is stopped, whatever addresses he makes up', async () => {
  let stopped = 0
  for (let i = 0; i < 120; i++) {
    const headers = { 'x-forwarded-for': `198.51.100.${i}` }
    const answer = await world.app.inject({
      method: 'GET',
      url: '/follow?code=AAAA',
      remoteAddress: '203.0.113.70',
      headers,
    })
    if (answer.statusCode === 429) stopped++
  }
  assert.equal(stopped, 60)
})

test('a proxy is named by its address, and anything else stops the start with a sentence', () => {
  const trusted = (value: string) => readSettings({ FENGGE_TRUST_PROXY: value }).trustedProxies
  assert.deepEqual(trusted('off'), [])
  assert.deepEqual(trusted('127.0.0.1, 10.0.0.0/8 , fd00::/8'), ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'])
  for (const value of ['on', '1', '10.0.0.0/40', '0.0.0.0/0', '::/0', 'proxy.example.org', ','])
    assert.throws(() => trusted(value), /FENGGE_TRUST_PROXY: .*addresses/, value)
})

/** A phone that somebody signed in with: its session and, once enrolled, its id. */
async function signInPhone(login: string, device: 'desk' | 'field' = 'field') {
  await hire(world, login, { role: 'grid-worker', place: 'grid1' })
  return (await trySignIn(world, login, goodPassword, { device, address: '10.0.0.20' })).token
}
const enrol = async (token: string) => {
  const id = freshId()
  const ask = { requestId: freshId(), id, name: '手机', dataKey: 'A'.repeat(43) }
  const answer = await askWith(world, token, enrolDevice.path, ask)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return { id, token: answer.body['token'] as string }
}

test('the session of a desk is never handed to what runs on its page', async () => {
  const token = await signInPhone('at.desk', 'desk')
  await enrol(token)
  const refused = await askWith(world, token, holdSession.path, {})
  assert.deepEqual([refused.status, refused.problem], [403, 'session.no-phone'])
})

test('a phone takes its session only once it is enrolled, and only for itself', async () => {
  const token = await signInPhone('on.phone')
  assert.equal((await askWith(world, token, holdSession.path, {})).problem, 'session.no-phone')
  const other = await enrol(await signInPhone('other.phone'))
  const { id } = await enrol(token)
  assert.equal((await askWith(world, token, holdSession.path, { device: other.id })).problem, 'session.no-phone')
  assert.equal((await askWith(world, token, holdSession.path, { device: id })).body['token'], token)
  assert.equal((await askWith(world, token, holdSession.path, {})).body['token'], token, 'phones of before say no id')
})

test('a session that is of one phone goes to no other, and no other is enrolled with it', async () => {
  const token = await signInPhone('moved.on')
  const first = await enrol(token)
  await askWith(world, token, holdSession.path, { device: first.id })
  const second = await trySignIn(world, 'moved.on', goodPassword, { device: 'field', address: '10.0.0.20' })
  const other = await enrol(second.token)
  const moved = await askWith(world, token, holdSession.path, { device: other.id })
  assert.deepEqual([moved.status, moved.problem], [403, 'session.other-phone'])
  const fresh = { requestId: freshId(), id: freshId(), name: '手机', dataKey: 'A'.repeat(43) }
  const refused = await askWith(world, token, enrolDevice.path, fresh)
  assert.deepEqual([refused.status, refused.problem], [403, 'session.other-phone'])
  assert.equal((await askWith(world, token, holdSession.path, {})).body['token'], token, 'it stays what it is')
})

test('with a lost phone end all sessions that its holder opened on phones, and he is told so for a week', async () => {
  const token = await signInPhone('lost.two')
  const device = await enrol(token)
  await askWith(world, token, holdSession.path, { device: device.id })
  const on = (kind: 'desk' | 'field') =>
    trySignIn(world, 'lost.two', goodPassword, { device: kind, address: '10.0.0.20' })
  const [moved, desk] = [await on('field'), await on('desk')]
  await enrol(moved.token)
  const told = async (of: string) => (await askWith(world, of, whoAmI.path)).body['phonesEnded']
  assert.equal(await told(desk.token), null)
  await world.ask(wipeDevice, 'village', { id: device.id, reason: '遗失' })
  for (const each of [token, moved.token]) assert.equal((await askWith(world, each, whoAmI.path)).status, 401)
  const ended = { at: new Date(world.clock.now()).toISOString(), phone: '手机' }
  assert.deepEqual(await told(desk.token), ended)
  assert.deepEqual(await told((await on('field')).token), ended)
  world.clock.pass(7 * 86_400_000)
  assert.equal(await told((await on('desk')).token), null)
})

test('the session ends with the phone that holds it', async () => {
  const token = await signInPhone('lost.phone')
  const device = await enrol(token)
  await askWith(world, token, holdSession.path, { device: device.id })
  await world.ask(wipeDevice, 'village', { id: device.id, reason: '遗失' })
  assert.equal((await askWith(world, token, whoAmI.path)).status, 401, 'whoever holds it reads on under no name')
  const handedIn = await world.ask(handIn, null, { device: device.id, token: device.token, sealed: [] })
  assert.equal(handedIn.wipe, true, 'what waits on it is still handed in')
})
