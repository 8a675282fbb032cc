import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import fc from 'fast-check'
import { generateSync } from 'otplib'
import { changePassword, confirmSecondFactor, givePosting, prepareSecondFactor } from '@fengge/domain/identity/contract'
import {
  closeAccount,
  decideTwoStep,
  giveEnrolCode,
  listTwoSteps,
  openAccount,
  redeemCode,
  renewSecondFactor,
  reopenAccount,
  resetPassword,
} from '@fengge/domain/identity/contract/accounts'
import { judgePassword } from '@fengge/domain/identity/password'
import { createSealer } from '../src/kernel/seal.ts'
import { readSettings } from '../src/kernel/settings.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { checkCode, makeSecret, uriOf } from '../src/identity/totp.ts'
import { saveMustChange, seedAt } from '../src/identity/store/accounts.ts'
import { run, sql } from '../src/kernel/db/sql.ts'
import { askWith, goodPassword, hire, trySignIn } from './people.ts'
import { openWorld, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())
beforeEach(() => world.wake())
/** The second administrator confirms the ask about an account. @returns the code he is shown */
async function confirmAbout(accountId: string, login: Login = 'secadmin'): Promise<string> {
  const { steps } = await world.ask(listTwoSteps, login, {})
  const step = steps.find((s) => s.accountId === accountId)!
  assert.equal(step.mayConfirm, true)
  return (await world.ask(decideTwoStep, login, { id: step.id, isAgreed: true })).oneTimeCode!
}
const redeem = (login: string, first: string, second: string) =>
  world.post(null, redeemCode.path, { login, first, second, fresh: goodPassword })

test('an account is opened, its holder sets his password with both halves, gets a post, and it closes', async () => {
  const id = freshId()
  const { half } = await world.ask(openAccount, 'sysadmin', { id, login: 'new.person', name: '新同事' })
  const again = await world.refusal(openAccount, 'sysadmin', { id: freshId(), login: 'new.person', name: '重名' })
  assert.equal(again.problem, 'account.login-taken')
  assert.equal((await redeem('new.person', half, half)).body.problem, 'code.wrong', 'not before it is confirmed')
  const second = await confirmAbout(id)
  assert.equal((await redeem('new.person', second, half)).body.problem, 'code.wrong', 'the halves have their order')
  assert.equal((await redeem('NEW.person ', half.toLowerCase(), second.replace('-', ' '))).status, 200)
  assert.equal((await redeem('new.person', half, second)).body.problem, 'code.wrong', 'a code is used once')
  await world.ask(givePosting, 'secadmin', {
    id: freshId(),
    accountId: id,
    roleCode: 'inspector',
    placeId: world.at['town']!,
    departmentId: null,
    fromOn: '2026-01-01',
    toOn: null,
  })
  const { token } = await trySignIn(world, 'NEW.person ', goodPassword)
  assert.equal((await askWith(world, token, '/api/events')).status, 200)
  assert.deepEqual(await world.ask(closeAccount, 'sysadmin', { id }), { state: 'done' })
  assert.equal((await askWith(world, token, '/api/events')).status, 401, 'a closed account is out at once')
  assert.deepEqual(await world.ask(reopenAccount, 'sysadmin', { id }), { state: 'done' })
  assert.equal((await trySignIn(world, 'new.person', goodPassword)).status, 200)
})

test('whoever has to change his password can do nothing else before', async () => {
  const id = await hire(world, 'must.change', { role: 'inspector', place: 'town' })
  await world.engine.database.write((tx) => saveMustChange(tx, id))
  const { token, body } = await trySignIn(world, 'must.change', goodPassword)
  assert.equal(body['mustChangePassword'], true)
  assert.equal((await askWith(world, token, '/api/catalogue')).problem, 'password.must-change')
  const change = (fresh: string) =>
    askWith(world, token, changePassword.path, { requestId: freshId(), old: goodPassword, fresh })
  assert.equal((await change('short')).problem, 'password.length')
  assert.equal((await change('Still-water-88')).status, 200)
  assert.equal((await askWith(world, token, '/api/catalogue')).status, 200)
})

test('an administrator has no rights before the second factor, and a code works once', async () => {
  const id = await hire(world, 'second.admin', { role: 'audit-admin' })
  const { token } = await trySignIn(world, 'second.admin', goodPassword)
  assert.equal((await askWith(world, token, '/api/audit/journal')).status, 403)
  const { oneTimeCode } = await world.ask(giveEnrolCode, 'secadmin', { id })
  const prepared = await askWith(world, token, prepareSecondFactor.path, { requestId: freshId(), oneTimeCode })
  assert.equal(prepared.status, 200, JSON.stringify(prepared.body))
  const secret = prepared.body['secret'] as string
  const code = () => generateSync({ secret, epoch: world.clock.now() / 1000 })
  const confirm = (password: string) =>
    askWith(world, token, confirmSecondFactor.path, { requestId: freshId(), code: code(), password })
  assert.deepEqual(
    [(await confirm('Some-other-88')).problem, (await confirm(goodPassword)).status],
    ['sign-in.wrong', 200],
  )
  assert.equal((await trySignIn(world, 'second.admin', goodPassword)).problem, 'sign-in.code-needed')
  world.clock.pass(60_000)
  const used = code()
  const full = await trySignIn(world, 'second.admin', goodPassword, { code: used })
  assert.equal((await askWith(world, full.token, '/api/audit/journal')).status, 200)
  const twice = await trySignIn(world, 'second.admin', goodPassword, { code: used })
  assert.equal(twice.problem, 'sign-in.wrong', 'a code works once')
  world.clock.pass(16 * 60_000)
  assert.equal(
    (await askWith(world, full.token, '/api/audit/journal')).status,
    401,
    'an idle administrator is signed out after fifteen minutes',
  )
})

test('a second factor is set by whoever knows the password, not by an open session alone; the others of his end with it', async () => {
  await hire(world, 'open.desk', { role: 'inspector', place: 'town' })
  const elsewhere = await trySignIn(world, 'open.desk', goodPassword)
  const { token } = await trySignIn(world, 'open.desk', goodPassword)
  const prepared = await askWith(world, token, prepareSecondFactor.path, { requestId: freshId() })
  const code = generateSync({ secret: prepared.body['secret'] as string, epoch: world.clock.now() / 1000 })
  const confirm = (more: object) =>
    askWith(world, token, confirmSecondFactor.path, { requestId: freshId(), code, ...more })
  assert.equal((await confirm({})).status, 400)
  assert.equal((await confirm({ password: 'Some-other-88' })).problem, 'sign-in.wrong')
  assert.equal((await askWith(world, elsewhere.token, '/api/session/me')).status, 200)
  assert.equal((await confirm({ password: goodPassword })).status, 200)
  assert.equal((await askWith(world, elsewhere.token, '/api/session/me')).status, 401)
  assert.equal((await askWith(world, token, '/api/session/me')).status, 200)
})

test('a second factor that must be renewed lets in with its old code, and gives no rights before the new one', async () => {
  const id = await hire(world, 'old.seed', { role: 'audit-admin' })
  const old = makeSecret()
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        update identity.account
        set totp_secret = ${world.engine.sealer.seal(old, seedAt(id))}, must_renew_factor = true
        where id = ${id}
      `,
    ),
  )
  assert.equal((await trySignIn(world, 'old.seed', goodPassword)).problem, 'sign-in.code-needed')
  const code = generateSync({ secret: old, epoch: world.clock.now() / 1000 })
  const { token, body } = await trySignIn(world, 'old.seed', goodPassword, { code })
  assert.deepEqual([body['needsSecondFactor'], body['hasSecondFactor']], [true, false])
  assert.equal((await askWith(world, token, '/api/audit/journal')).status, 403)
  const prepared = await askWith(world, token, prepareSecondFactor.path, { requestId: freshId() })
  assert.equal(prepared.status, 200, JSON.stringify(prepared.body))
  assert.notEqual(prepared.body['secret'], old)
})

test('a lost second factor is dropped by two administrators, of whom neither is its holder', async () => {
  const id = await hire(world, 'lost.factor', { role: 'security-admin' })
  const sealed = world.engine.sealer.seal(makeSecret(), seedAt(id))
  await world.engine.database.write((tx) =>
    run(tx, sql`update identity.account set totp_secret = ${sealed} where id = ${id}`),
  )
  assert.deepEqual(await world.ask(renewSecondFactor, 'sysadmin', { id }), { state: 'asked' })
  const { steps } = await world.ask(listTwoSteps, 'sysadmin', {})
  const mine = steps.find((s) => s.accountId === id)!
  const alone = await world.refusal(decideTwoStep, 'sysadmin', { id: mine.id, isAgreed: true })
  assert.equal(alone.problem, 'two-step.same-person')
  const oneTimeCode = await confirmAbout(id, 'auditor')
  const { token } = await trySignIn(world, 'lost.factor', goodPassword)
  const prepare = (typed: string) =>
    askWith(world, token, prepareSecondFactor.path, { requestId: freshId(), oneTimeCode: typed })
  assert.equal((await prepare('AAAA-AAAA')).problem, 'second-factor.code')
  assert.equal((await prepare(oneTimeCode)).status, 200)
})

test('two administrators close one of them, and reopen him', async () => {
  const id = await hire(world, 'third.admin', { role: 'audit-admin' })
  assert.deepEqual(await world.ask(closeAccount, 'sysadmin', { id }), { state: 'asked' })
  assert.equal((await trySignIn(world, 'third.admin', goodPassword)).status, 200)
  await confirmAbout(id)
  assert.equal((await trySignIn(world, 'third.admin', goodPassword)).problem, 'sign-in.closed')
  assert.deepEqual(await world.ask(reopenAccount, 'secadmin', { id }), { state: 'asked' })
  await confirmAbout(id, 'sysadmin')
  assert.equal((await trySignIn(world, 'third.admin', goodPassword)).status, 200)
})

test('what is asked for is refused, runs out, and gives way to what is asked later', async () => {
  const id = await hire(world, 'asked.for', { role: 'inspector' })
  await world.ask(resetPassword, 'sysadmin', { id })
  const first = (await world.ask(listTwoSteps, 'secadmin', {})).steps.find((s) => s.accountId === id)!
  await world.ask(decideTwoStep, 'secadmin', { id: first.id, isAgreed: false })
  assert.equal(
    (await world.refusal(decideTwoStep, 'secadmin', { id: first.id, isAgreed: true })).problem,
    'two-step.unknown',
  )
  const before = await world.ask(resetPassword, 'sysadmin', { id })
  const later = await world.ask(resetPassword, 'sysadmin', { id })
  const second = await confirmAbout(id)
  assert.equal((await trySignIn(world, 'asked.for', goodPassword)).status, 401, 'the old password holds no longer')
  assert.equal((await redeem('asked.for', before.half, second)).body.problem, 'code.wrong')
  world.clock.pass(3 * 86_400_000 + 1)
  assert.equal((await redeem('asked.for', later.half, second)).body.problem, 'code.wrong', 'it ran out')
  await world.wake()
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
