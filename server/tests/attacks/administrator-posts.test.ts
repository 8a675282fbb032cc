/** Posts of administrators: one administrator with a helper's account does not become all three. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { endPosting, givePosting, listDepartments, saveDepartment } from '@fengge/domain/identity/contract'
import { decideTwoStep, listAccounts, listTwoSteps } from '@fengge/domain/identity/contract/accounts'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { idOf, office, openWorld, type Login, type World } from '../world.ts'

let world: World
const today = () => dayOf(world.clock.now())
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const postsOf = async (login: Login) => {
  const { accounts } = await world.ask(listAccounts, 'secadmin', { text: login, roleCode: '', page: 1 })
  return accounts.find((a) => a.login === login)!.postings
}
const give = (login: Login, roleCode: string) =>
  world.ask(givePosting, 'secadmin', {
    id: freshId(world.clock.now()),
    accountId: idOf(login),
    roleCode,
    placeId: world.at['county']!,
    departmentId: null,
    fromOn: today(),
    toOn: null,
  })
const waiting = async (kind: string) =>
  (await world.ask(listTwoSteps, 'auditor', {})).steps.find((s) => s.kind === kind)!

test('a post as an administrator is given by two, and the helper of one is no second', async () => {
  const [own] = await postsOf('liaison')
  const ended = await world.ask(endPosting, 'secadmin', { id: own!.id, toOn: addDays(today(), -1) })
  assert.equal(ended.state, 'done')
  assert.equal((await give('liaison', 'system-admin')).state, 'asked')
  const mine = async () => (await postsOf('liaison')).filter((p) => p.roleCode === 'system-admin')
  assert.deepEqual(await mine(), [])
  const step = await waiting('post-give')
  assert.equal(step.post?.role, '系统管理员')
  const confirm = { id: step.id, isAgreed: true }
  assert.equal((await world.refusal(decideTwoStep, 'secadmin', confirm)).problem, 'two-step.same-person')
  assert.equal((await world.refusal(decideTwoStep, 'liaison', confirm)).status, 403)
  assert.equal((await world.ask(decideTwoStep, 'auditor', confirm)).oneTimeCode, null)
  assert.equal((await mine()).length, 1)
})

test('nor does one end the post of another administrator, or bring back one that is over', async () => {
  const [post] = await postsOf('auditor')
  const asked = await world.ask(endPosting, 'secadmin', { id: post!.id, toOn: addDays(today(), -1) })
  assert.equal(asked.state, 'asked')
  assert.equal(
    (await world.ask(listTwoSteps, 'auditor', {})).steps.some((s) => s.kind === 'post-end'),
    true,
  )
  const step = await waiting('post-end')
  assert.equal((await world.refusal(decideTwoStep, 'auditor', { id: step.id, isAgreed: true })).status, 409)
  await world.ask(decideTwoStep, 'sysadmin', { id: step.id, isAgreed: true })
  await world.wake()
  assert.equal((await world.refusal(listTwoSteps, 'auditor', {})).status, 401)
  const later = await world.refusal(endPosting, 'secadmin', { id: post!.id, toOn: '2099-01-01' })
  assert.equal(later.problem, 'posting.dates')
})

test('which work a department does is changed by two: one administrator names it, and no more', async () => {
  const id = office('town-urban')
  const is = { id, placeId: world.at['town']!, name: '综合行政执法队', kind: 'urban', status: 'active' as const }
  const found = async () => (await world.ask(listDepartments, 'sysadmin', {})).departments.find((d) => d.id === id)!
  assert.equal((await world.ask(saveDepartment, 'sysadmin', { ...is, name: '综合执法队' })).state, 'done')
  for (const change of [
    { ...is, kind: 'works' },
    { ...is, status: 'closed' as const },
  ])
    assert.equal((await world.ask(saveDepartment, 'sysadmin', change)).state, 'asked')
  const { kind, status, name } = await found()
  assert.deepEqual([kind, status, name], ['urban', 'active', '综合执法队'])
  const steps = (await world.ask(listTwoSteps, 'secadmin', {})).steps.filter((s) => s.kind === 'department')
  assert.deepEqual(
    steps.map((s) => [s.department?.after.kind, s.department?.after.status, s.mayConfirm]),
    [['urban', 'closed', true]],
    'the latest holds',
  )
  const confirm = { id: steps[0]!.id, isAgreed: true }
  assert.equal((await world.refusal(decideTwoStep, 'sysadmin', confirm)).problem, 'two-step.same-person')
  await world.ask(decideTwoStep, 'secadmin', confirm)
  assert.equal((await found()).status, 'closed')
})

test('a department that two open at once under one id is opened by one of them: the other asks for a change', async () => {
  const is = { id: freshId(), placeId: world.at['town']!, name: '新设部门', status: 'active' as const }
  const opened = await Promise.all(
    ['urban', 'police'].map((kind) => world.ask(saveDepartment, 'sysadmin', { ...is, kind })),
  )
  assert.deepEqual(opened.map((o) => o.state).toSorted(), ['asked', 'done'])
})
