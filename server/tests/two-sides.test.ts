/** What is asked and answered in the loop, by the roles a county has: never by one person, never without an end. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actEndpoints, getEvent, listEvents, listNotices } from '@fengge/domain/events/contract/desk'
import type { Queue } from '@fengge/domain/events/contract/views'
import { dayLength, hour } from '@fengge/domain/kernel/time'
import { fireAlarms } from '../src/events/jobs.ts'
import { office, openWorld, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const see = (id: string, login: Login = 'county') => world.ask(getEvent, login, { id })
const at = async (id: string) => ({ eventId: id, version: (await see(id)).version })
const isListed = async (login: Login, queue: Queue, id: string) =>
  (await world.ask(listEvents, login, { queue, size: 100 })).events.some((e) => e.id === id)
const isTold = async (login: Login, id: string) =>
  (await world.ask(listNotices, login, {})).notices.some((n) => n.eventId === id && n.kind === 'to-decide')
const act = async (login: Login, action: Parameters<World['act']>[2], id: string, fields: object = {}) => {
  const { status, body } = await world.act(login, id, action, { ...fields })
  return status === 200 ? 'done' : (body.problem as string)
}
/** In the hands of a community whose one officer is its office too. */
async function inVillage(): Promise<string> {
  const id = await world.report('worker', { categoryCode: '1002' })
  assert.equal(await act('village', 'dispatch', id, { departmentId: office('village-office') }), 'done')
  return id
}
const askLonger = async (id: string) => {
  const until = new Date(Date.parse((await see(id)).handleDueAt!) + hour).toISOString()
  return act('village', 'ask-extension', id, { until, note: '双方外出', plan: '返回后三日内调解' })
}

test('the one officer of a community asks, and the town answers; a second time its leader', async () => {
  const id = await inVillage()
  assert.equal(await askLonger(id), 'done')
  assert.equal(await act('village', 'agree-extension', id), 'event.second-person')
  assert.ok(!(await isListed('village', 'to-decide', id)))
  assert.ok(await isListed('townchief', 'to-decide', id))
  assert.ok(await isTold('townchief', id))
  assert.ok(!(await isListed('townleader', 'to-decide', id)))
  assert.ok(!(await isTold('townleader', id)))
  assert.equal(await act('townchief', 'agree-extension', id), 'done')
  assert.equal(await askLonger(id), 'done')
  assert.equal(await act('townchief', 'agree-extension', id), 'event.leader-only')
  assert.ok(!(await isListed('townchief', 'to-decide', id)))
  assert.ok(await isListed('townleader', 'to-decide', id))
  assert.ok(await isTold('townleader', id))
  assert.equal(await act('townleader', 'agree-extension', id), 'done')
})

test('a stop that was agreed late ends at once, and one that ran out stands among what is late', async () => {
  const id = await inVillage()
  const stop = (days: number) => ({
    reason: 'season',
    until: new Date(world.clock.now() + days * dayLength).toISOString(),
    note: '雨季',
  })
  assert.equal(await act('village', 'ask-suspension', id, stop(1)), 'done')
  world.clock.pass(2 * dayLength)
  assert.equal(await act('townchief', 'agree-suspension', id), 'done')
  world.clock.pass(hour)
  assert.ok(await isListed('townchief', 'late', id))
  await fireAlarms(world.engine)
  assert.equal((await see(id)).status, 'in-progress')
  assert.ok(!(await isListed('townchief', 'late', id)))
})

test('after a standstill of days who did not sign is still counted as having signed', async () => {
  world.clock.at('2026-03-06T16:00:00+08:00')
  const id = await world.report('worker', { categoryCode: '3003' })
  assert.equal(await act('town', 'dispatch', id, { departmentId: office('town-works') }), 'done')
  world.clock.at('2026-03-11T10:00:00+08:00')
  for (let i = 0; i < 8; i++) {
    await fireAlarms(world.engine)
    world.clock.pass(1000)
  }
  const seen = await see(id)
  assert.deepEqual([seen.status, seen.isUnsignedFlagged], ['in-progress', true])
})

test('a red card names its leader, and neither a supervisor nor a lower leader lifts it', async () => {
  const id = await inVillage()
  assert.equal(await act('leader', 'supervise', id, { grade: 3, note: '限期' }), 'event.leader-needed')
  assert.equal(await act('leader', 'supervise', id, { grade: 3, note: '限期', leader: '李副区长' }), 'done')
  assert.equal((await see(id)).redLeader, '李副区长')
  assert.equal(await act('supervisor', 'lift-supervision', id, { note: '已整改' }), 'event.leader-only')
  assert.equal(await act('townleader', 'lift-supervision', id, { note: '已整改' }), 'event.card-above')
  assert.equal(await act('leader', 'lift-supervision', id, { note: '已整改' }), 'done')
})

test('a forced close is turned down by who asked or by who stands above, and dies when the matter moves on', async () => {
  const id = await inVillage()
  assert.equal(await act('village', 'force-close', id, { note: '无法联系' }), 'done')
  assert.equal(await act('chief', 'withdraw-force-close', id), 'event.asker-only')
  assert.equal(await act('townleader', 'withdraw-force-close', id), 'done')
  assert.equal(await act('village', 'force-close', id, { note: '无法联系' }), 'done')
  assert.equal(await act('village', 'finish', id, { result: '已调解' }), 'done')
  assert.equal(await act('townleader', 'confirm-force-close', id), 'event.out-of-turn')
})

test('a recode takes a matter to the desk, urgency and clock of its new category', async () => {
  const id = await world.report('worker', { categoryCode: '4012' })
  const before = await see(id)
  world.clock.pass(hour / 2)
  await world.ask(actEndpoints.recode, 'village', { ...(await at(id)), categoryCode: '3003', note: '有燃气味' })
  const seen = await see(id, 'town')
  assert.deepEqual([seen.level, seen.urgency, seen.deskPlaceId], [2, 2, world.at['town']])
  assert.equal(seen.stageStartedAt, before.stageStartedAt)
  assert.equal(Date.parse(seen.dueAt!) - Date.parse(seen.stageStartedAt), hour)
  assert.ok(await isListed('town', 'to-dispatch', id))
  assert.ok(!(await isListed('village', 'to-dispatch', id)))
})
