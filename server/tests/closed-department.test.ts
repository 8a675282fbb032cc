/** Work goes to departments that are there: one that is closed gives back what it has, one without staff gets nothing. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getEvent, listEvents, listNotices } from '@fengge/domain/events/contract/desk'
import { endPosting, givePosting, saveDepartment } from '@fengge/domain/identity/contract'
import { decideTwoStep, listAccounts, listTwoSteps } from '@fengge/domain/identity/contract/accounts'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { freshId } from '../src/kernel/fresh-id.ts'
import { idOf, office, openWorld, type Login, type World } from './world.ts'

let world: World
const works = office('town-works')
const urban = office('town-urban')
before(async () => {
  world = await openWorld()
})
after(() => world.close())

type Deed = Parameters<World['act']>[2]
const act = async (login: Login, action: Deed, id: string, fields: Record<string, unknown> = {}) => {
  const { status, body } = await world.act(login, id, action, fields)
  return status === 200 ? (body.status as string) : (body.problem as string)
}
const atTown = async () => {
  const id = await world.report('worker', { categoryCode: '1002' })
  assert.equal(await act('village', 'report-up', id, { note: '需镇里处理' }), 'registered')
  return id
}
const at = async (departmentId: string, coDepartmentIds: string[] = []) => {
  const id = await atTown()
  assert.equal(await act('town', 'dispatch', id, { departmentId, coDepartmentIds }), 'dispatched')
  return id
}
const inHand = async (departmentId: string, login: Login, coDepartmentIds: string[] = []) => {
  const id = await at(departmentId, coDepartmentIds)
  assert.equal(await act(login, 'sign', id), 'in-progress')
  return id
}
const done = async () => {
  const id = await inHand(works, 'works')
  assert.equal(await act('works', 'finish', id, { result: '已处理' }), 'handled')
  return id
}
const listed = async (id: string) =>
  (await world.ask(listEvents, 'town', { queue: 'to-dispatch', size: 100 })).events.some((e) => e.id === id)
const told = async (id: string) =>
  (await world.ask(listNotices, 'town', {})).notices
    .filter((n) => n.eventId === id && !n.isRead)
    .map((n) => [n.kind, n.at])

test('nothing is sent to a department in which nobody serves, until somebody does', async () => {
  const id = freshId(world.clock.now())
  const empty = { id, placeId: world.at['town']!, name: '便民服务中心', kind: 'civil', status: 'active' as const }
  assert.equal((await world.ask(saveDepartment, 'sysadmin', empty)).state, 'done')
  world.clock.pass(11_000)
  const event = await atTown()
  assert.equal(await act('town', 'dispatch', event, { departmentId: id }), 'department.nobody')
  const asHelp = { departmentId: urban, coDepartmentIds: [id] }
  assert.equal(await act('town', 'dispatch', event, asHelp), 'department.nobody', 'nor is it waited for')
  const post = {
    id: freshId(world.clock.now()),
    accountId: idOf('liaison'),
    roleCode: 'handler',
    placeId: world.at['town']!,
    departmentId: id,
    fromOn: dayOf(world.clock.now()),
    toOn: null,
  }
  assert.equal((await world.ask(givePosting, 'secadmin', post)).state, 'done')
  assert.equal(await act('town', 'dispatch', event, { departmentId: id }), 'dispatched')
  const { accounts } = await world.ask(listAccounts, 'secadmin', { text: 'liaison', roleCode: '', page: 1 })
  const posting = accounts.find((a) => a.login === 'liaison')!.postings.find((p) => p.roleCode === 'handler')!
  await world.ask(endPosting, 'secadmin', { id: posting.id, toOn: addDays(dayOf(world.clock.now()), -1) })

  const other = await inHand(urban, 'urban')
  assert.equal(await act('town', 'transfer', other, { departmentId: id, note: '职责所在' }), 'department.nobody')
  const help = { departmentIds: [id], note: '请协助' }
  assert.equal(await act('urban', 'ask-co-handling', other, help), 'department.nobody')
  const back = { note: '不是我们的', suggestedDepartmentId: id }
  assert.equal(await act('urban', 'return', other, back), 'return-requested')
  assert.equal(await act('townchief', 'agree-return', other), 'registered')
  assert.equal(await act('town', 'dispatch', other, { departmentId: works }), 'dispatched')
  assert.equal(await act('works', 'return', other, back), 'ruling')
  assert.equal(await act('townchief', 'rule', other, { departmentId: id, note: '由其承办' }), 'department.nobody')
  assert.equal(await act('townchief', 'rule', other, { departmentId: urban, note: '由其承办' }), 'in-progress')
})

test('what a department has in hand when it is closed goes back to its desk, which is told, and is sent on', async () => {
  const fresh = await at(works)
  const running = await inHand(works, 'works')
  const again = await done()
  assert.equal(await act('worker', 'fail', again, { reason: 'not-done', note: '没有做' }), 'rework')
  const asked = await inHand(works, 'works')
  const until = new Date(world.clock.now() + 10 * 86_400_000).toISOString()
  assert.equal(
    await act('works', 'ask-suspension', asked, { reason: 'season', until, note: '等开春' }),
    'suspend-requested',
  )
  const stopped = await inHand(works, 'works')
  await act('works', 'ask-suspension', stopped, { reason: 'season', until, note: '等开春' })
  assert.equal(await act('townchief', 'agree-suspension', stopped), 'suspended')
  const finished = await done()
  const helped = await inHand(urban, 'urban', [works])
  assert.equal(await act('urban', 'finish', helped, { result: '已清理' }), 'event.co-handling-open')
  world.clock.pass(60_000)

  const closing = {
    id: works,
    placeId: world.at['town']!,
    name: '市政管理所',
    kind: 'works',
    status: 'closed' as const,
  }
  assert.equal((await world.ask(saveDepartment, 'sysadmin', closing)).state, 'asked')
  assert.ok(!(await listed(running)), 'not before the second has agreed')
  const { steps } = await world.ask(listTwoSteps, 'secadmin', {})
  const step = steps.find((s) => s.kind === 'department')!
  await world.ask(decideTwoStep, 'secadmin', { id: step.id, isAgreed: true })

  for (const id of [fresh, running, again, asked, stopped]) {
    assert.ok(await listed(id), 'in the list of the desk')
    assert.deepEqual(await told(id), [['to-dispatch', new Date(world.clock.now()).toISOString()]])
    const { status, departmentId, flow } = await world.ask(getEvent, 'town', { id })
    assert.deepEqual([status, departmentId], ['registered', null])
    const last = flow.at(-1)!
    assert.deepEqual([last.action, last.to, last.detail['department']], ['department-closed', 'registered', works])
    assert.equal(await act('works', 'finish', id, { result: '已处理' }), 'event.not-found')
  }
  assert.equal(await act('town', 'dispatch', stopped, { departmentId: works }), 'department.unknown')
  assert.equal(await act('town', 'dispatch', stopped, { departmentId: urban }), 'dispatched')
  assert.equal(await act('urban', 'finish', helped, { result: '已清理' }), 'handled', 'nobody waits for its help')
  assert.equal(await act('worker', 'fail', finished, { reason: 'not-done', note: '没有做' }), 'registered')
  assert.ok(await listed(finished), 'nor is it sent back to who is no more')
})
