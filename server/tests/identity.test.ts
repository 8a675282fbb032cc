import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { generateSync } from 'otplib'
import { judgePassword } from '@fengge/domain/identity/password'
import { createSealer } from '../src/kernel/seal.ts'
import { readSettings } from '../src/kernel/settings.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { checkCode, makeSecret, uriOf } from '../src/identity/totp.ts'
import { openWorld, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())
const signIn = (login: string, password: string, code?: string) =>
  world.post(null, '/api/session/sign-in', { login, password, ...(code ? { code } : {}) })
const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  /fengge_session=([^;]+)/.exec(String(answer.headers['set-cookie']))![1]!
async function send(token: string, method: 'GET' | 'POST', url: string, payload?: object) {
  const response = await world.app.inject({
    method,
    url,
    headers: { cookie: `fengge_session=${token}` },
    ...(payload ? { payload } : {}),
  })
  return { status: response.statusCode, body: response.json<{ problem?: string; secret: string }>() }
}

test('an account is opened, must change its first password, gets a post from another administrator, and closes', async () => {
  const id = freshId()
  const opened = await world.post('sysadmin', '/api/accounts/open', {
    requestId: freshId(),
    id,
    login: 'new.person',
    name: '新同事',
  })
  assert.equal(opened.status, 200, JSON.stringify(opened.body))
  assert.equal(
    (
      await world.post('sysadmin', '/api/accounts/open', {
        requestId: freshId(),
        id: freshId(),
        login: 'new.person',
        name: '重名',
      })
    ).body.problem,
    'account.login-taken',
  )
  const first = await signIn('new.person', opened.body.firstPassword)
  assert.equal(first.body.mustChangePassword, true)
  const token = cookieOf(first)
  assert.equal((await send(token, 'GET', '/api/catalogue')).body.problem, 'password.must-change')
  assert.equal(
    (
      await send(token, 'POST', '/api/session/password', {
        requestId: freshId(),
        old: opened.body.firstPassword,
        fresh: 'short',
      })
    ).body.problem,
    'password.length',
  )
  assert.equal(
    (
      await send(token, 'POST', '/api/session/password', {
        requestId: freshId(),
        old: opened.body.firstPassword,
        fresh: 'Quiet-river-27',
      })
    ).status,
    200,
  )
  const given = await world.post('secadmin', '/api/postings/give', {
    requestId: freshId(),
    id: freshId(),
    accountId: id,
    roleCode: 'dispatcher',
    placeId: world.at['town'],
    departmentId: null,
    fromOn: '2026-01-01',
    toOn: null,
  })
  assert.equal(given.status, 200, JSON.stringify(given.body))
  const again = cookieOf(await signIn('NEW.person ', 'Quiet-river-27'))
  assert.equal((await send(again, 'GET', '/api/events')).status, 200)
  await world.post('sysadmin', '/api/accounts/close', { requestId: freshId(), id })
  assert.equal((await send(again, 'GET', '/api/events')).status, 401, 'a closed account is out at once')
})

test('an administrator has no rights before the second factor, and a code works once', async () => {
  const id = freshId()
  const opened = await world.post('sysadmin', '/api/accounts/open', {
    requestId: freshId(),
    id,
    login: 'second.admin',
    name: '副管理员',
  })
  await world.post('secadmin', '/api/postings/give', {
    requestId: freshId(),
    id: freshId(),
    accountId: id,
    roleCode: 'audit-admin',
    placeId: world.at['county'],
    departmentId: null,
    fromOn: '2026-01-01',
    toOn: null,
  })
  let token = cookieOf(await signIn('second.admin', opened.body.firstPassword))
  await send(token, 'POST', '/api/session/password', {
    requestId: freshId(),
    old: opened.body.firstPassword,
    fresh: 'Quiet-river-27',
  })
  token = cookieOf(await signIn('second.admin', 'Quiet-river-27'))
  assert.equal((await send(token, 'GET', '/api/audit/journal')).status, 403)
  const { secret } = (await send(token, 'POST', '/api/session/second-factor/prepare', { requestId: freshId() })).body
  const code = () => generateSync({ secret, epoch: world.clock.now() / 1000 })
  assert.equal(
    (await send(token, 'POST', '/api/session/second-factor/confirm', { requestId: freshId(), code: code() })).status,
    200,
  )
  assert.equal((await signIn('second.admin', 'Quiet-river-27')).body.problem, 'sign-in.code-needed')
  world.clock.pass(60_000)
  const used = code()
  const full = await signIn('second.admin', 'Quiet-river-27', used)
  assert.equal((await send(cookieOf(full), 'GET', '/api/audit/journal')).status, 200)
  assert.equal(
    (await signIn('second.admin', 'Quiet-river-27', used)).body.problem,
    'sign-in.wrong',
    'a code works once',
  )
  world.clock.pass(16 * 60_000)
  assert.equal(
    (await send(cookieOf(full), 'GET', '/api/audit/journal')).status,
    401,
    'an idle administrator is signed out after fifteen minutes',
  )
})

test('passwords are judged by length, classes, login and runs', () => {
  const cases: [string, string | undefined][] = [
    ['Quiet-river-27', undefined],
    ['Short-1', 'password.length'],
    ['alllowercase1', 'password.simple'],
    ['Town-has-99x', 'password.has-login'],
    ['Abcd-12345-x', 'password.common'],
  ]
  for (const [password, problem] of cases) assert.equal(judgePassword(password, 'town')?.problem, problem, password)
})

test('both suites seal and open anything, find the same text again, and notice a change', () => {
  for (const suite of ['intl', 'sm'] as const) {
    const sealer = createSealer('a secret of at least 32 characters!!', suite)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (raw) => {
        const text = raw.toWellFormed()
        const sealed = sealer.seal(text, 'a.b.c:1')
        assert.equal(sealer.open(sealed, 'a.b.c:1'), text)
        assert.notEqual(sealer.seal(text, 'a.b.c:1'), sealed)
        assert.equal(sealer.index(text), sealer.index(text))
      }),
      { numRuns: 50 },
    )
    const sealed = sealer.seal('王芳', 'a.b.c:1')
    const at = sealed.length - 2
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    assert.throws(() => sealer.open(changed, 'a.b.c:1'))
  }
})

test('a wrong setting stops the start and names itself', () => {
  assert.throws(() => readSettings({ PORT: 'many' }), /PORT/)
  assert.throws(
    () => readSettings({ DATABASE_URL: 'mysql://x', FENGGE_SECRET: 'short' }),
    /DATABASE_URL[\s\S]*FENGGE_SECRET/,
  )
})

test('codes of a second factor follow RFC 6238, one step beside counts, and two do not', () => {
  // Appendix B of the RFC, SHA-1: the last six of its eight digits. The secret is its own, in base 32.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  for (const [second, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ] as const) {
    const step = Math.floor(second / 30)
    assert.equal(checkCode(secret, code, second * 1000), step)
    assert.equal(checkCode(secret, code, (second + 30) * 1000), step, 'a slow clock')
    assert.equal(checkCode(secret, code, (second - 30) * 1000), step, 'a fast clock')
    assert.equal(checkCode(secret, code, (second + 60) * 1000), undefined, 'two steps late')
  }
})

test('a secret is what an authenticator takes: 160 bits in base 32, in a link that names the account', () => {
  const secret = makeSecret()
  assert.match(secret, /^[A-Z2-7]{32}$/)
  assert.equal(uriOf(secret, 'a.b'), `otpauth://totp/Fengge:a.b?secret=${secret}&issuer=Fengge`)
})
