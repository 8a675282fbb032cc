/** A report that was a slip: its reporter takes it back, or asks the desk that has taken it up, and is told what it says. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Action } from '@fengge/domain/events/acts'
import {
  actEndpoints,
  countQueues,
  getEvent,
  listEvents,
  listNotices,
  reportEvent,
} from '@fengge/domain/events/contract/desk'
import { push } from '@fengge/domain/sync/contract'
import { freshId } from '../src/kernel/fresh-id.ts'
import { office, openWorld, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const see = (login: Login, id: string) => world.ask(getEvent, login, { id })
const act = async (login: Login, action: Action, id: string, fields: object = {}) => {
  world.clock.pass(60_000)
  const { status, body } = await world.act(login, id, action, { ...fields })
  return status === 200 ? (body.status as string) : (body.problem as string)
}
const toDecide = async (login: Login, id: string) =>
  (await world.ask(listEvents, login, { queue: 'to-decide', size: 100 })).events.some((e) => e.id === id)
/** What somebody is told of an event and has not yet seen settled. */
const told = async (login: Login, id: string) =>
  (await world.ask(listNotices, login, {})).notices.filter((n) => n.eventId === id && !n.isRead).map((n) => n.kind)
const fateOf = async (name: 'act.cancel' | 'act.ask-cancel', id: string, note: string) => {
  const { version } = await see('worker', id)
  const ask = { requestId: freshId(), eventId: id, version, note }
  const madeAt = new Date(world.clock.now()).toISOString()
  const { fates } = await world.ask(push, 'worker', {
    device: '',
    acts: [{ requestId: ask.requestId, seq: 0, name, ask, madeAt }],
  })
  return [fates[0]!.fate, fates[0]!.problem]
}

test('what was tapped by mistake is taken back by its reporter until a desk takes it up, with his reason in its history', async () => {
  const id = await world.report('worker')
  assert.ok((await see('worker', id)).can.includes('cancel'))
  assert.equal(await act('worker', 'cancel', id), 'ask.invalid', 'not without a reason')
  assert.equal(await act('town', 'cancel', id, { note: '不办' }), 'not-allowed')
  assert.equal(await act('worker', 'cancel', id, { note: '点错了，是隔壁网格的事' }), 'cancelled')
  const { flow, can } = await see('town', id)
  assert.equal(flow.at(-1)!.reason, '点错了，是隔壁网格的事')
  assert.deepEqual(can, [])
})

test('taken up, it is asked back from the phone; the desk has it in its list, agrees, and all who had it are told', async () => {
  const id = await world.report('worker', { categoryCode: '5002' })
  const before = (await world.ask(countQueues, 'town', {})).counts['to-decide']!
  assert.equal(await act('town', 'dispatch', id, { departmentId: office('town-works') }), 'dispatched')
  assert.deepEqual(await fateOf('act.cancel', id, '点错了'), ['refused', 'event.out-of-turn'])
  assert.deepEqual(await fateOf('act.ask-cancel', id, '点错了，已有人报过'), ['done', undefined])
  const { cancelReason, can } = await see('town', id)
  assert.equal(cancelReason, '点错了，已有人报过')
  assert.ok(can.includes('agree-cancel') && can.includes('refuse-cancel'))
  assert.ok((await toDecide('town', id)) && !(await toDecide('worker', id)) && !(await toDecide('works', id)))
  assert.equal((await world.ask(countQueues, 'town', {})).counts['to-decide'], before + 1)
  assert.deepEqual(await told('town', id), ['cancel-asked'])
  assert.equal(await act('works', 'agree-cancel', id), 'not-allowed')
  assert.equal(await act('town', 'agree-cancel', id), 'cancelled')
  assert.deepEqual(await told('worker', id), ['cancel-agreed'])
  assert.deepEqual(await told('works', id), ['cancelled'])
  assert.deepEqual(await told('town', id), [])
})

test('the desk refuses: the matter goes on, its reporter is told, and his words stay in its history', async () => {
  const id = await world.report('worker', { categoryCode: '5002' })
  assert.equal(await act('town', 'dispatch', id, { departmentId: office('town-works') }), 'dispatched')
  assert.equal(await act('worker', 'ask-cancel', id, { note: '看错了，没有堆放' }), 'dispatched')
  assert.equal(await act('town', 'refuse-cancel', id, { note: '照片可见，请继续' }), 'dispatched')
  assert.deepEqual(await told('worker', id), ['cancel-refused'])
  assert.deepEqual(await told('town', id), [])
  assert.ok(!(await toDecide('town', id)))
  const words = (await see('worker', id)).flow.map((f) => f.reason)
  assert.ok(words.includes('看错了，没有堆放') && words.includes('照片可见，请继续'))
})

test('a report that others joined, and one for a citizen, is nobody’s slip', async () => {
  const [one, other] = [
    await world.report('worker', { categoryCode: '4012' }),
    await world.report('worker2', { categoryCode: '4012', gridId: world.at['grid2']! }),
  ]
  assert.equal(await act('village', 'merge', other, { intoEventId: one }), 'merged')
  const { version } = await see('worker', one)
  const ask = { eventId: one, version, note: '点错了' }
  for (const way of ['cancel', 'ask-cancel'] as const)
    assert.equal((await world.refusal(actEndpoints[way], 'worker', ask)).problem, 'event.joined')
  const id = freshId(world.clock.now())
  const text = { title: '路灯不亮', content: '三幢东侧路灯整夜不亮', categoryCode: '4012', gridId: world.at['grid1']! }
  await world.ask(reportEvent, 'worker', { id, ...text, onBehalfOf: '王大妈' })
  assert.equal(await act('worker', 'cancel', id, { note: '点错了' }), 'event.of-citizen')
  const typed = freshId(world.clock.now())
  await world.ask(reportEvent, 'village', {
    id: typed,
    ...text,
    source: 'window',
    caller: { name: '王大妈', phone: '13800001234' },
  })
  assert.equal(await act('village', 'cancel', typed, { note: '不办了' }), 'not-allowed')
})
