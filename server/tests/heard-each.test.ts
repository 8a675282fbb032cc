/** Several citizens, one matter: each of them is asked, and each may say once that it is not solved. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Action } from '@fengge/domain/events/acts'
import { actEndpoints, getEvent, listEvents } from '@fengge/domain/events/contract/desk'
import { dayLength, hour, minute } from '@fengge/domain/kernel/time'
import { onFile } from '@fengge/domain/kernel/text'
import { freshId } from '../src/kernel/fresh-id.ts'
import { openFollowed, sendForm } from './following.ts'
import { county, office, openWorld, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

interface Told {
  readonly code: string
  readonly id: string
}
async function report(phone: string): Promise<Told> {
  world.clock.pass(minute)
  const id = freshId(world.clock.now())
  const form = { county, title: '邻里吵架', content: '楼上装修，两家吵架', category: '1002', place: '青石巷口', phone }
  const sent = await sendForm(world, '/report', { ...form, grid: world.at['village']!, id })
  return { code: /id="code">(\w{10})</.exec(sent.body)![1]!, id }
}
const see = (id: string, login: Login = 'townchief') => world.ask(getEvent, login, { id })
const act = async (login: Login, action: Action, id: string, fields: object = {}) => {
  world.clock.pass(minute)
  const { status, body } = await world.act(login, id, action, { ...fields })
  return status === 200 ? (body.status as string) : (body.problem as string)
}
const rate = async (code: string, solved: 'yes' | 'no') =>
  (await sendForm(world, '/follow/rate', { code, score: solved === 'yes' ? '5' : '1', solved })).statusCode
const unreached = { outcome: 'unreached', score: null, isSolved: null } as const
const content = { outcome: 'satisfied', score: 5, isSolved: true } as const

/** From the desk round to the passed check. */
async function bringToCall(id: string): Promise<void> {
  const { departmentId: _before, status } = await see(id)
  if (status === 'reported') assert.equal(await act('village', 'register', id), 'registered')
  assert.equal(await act('village', 'dispatch', id, { departmentId: office('village-office') }), 'in-progress')
  assert.equal(await act('village', 'finish', id, { result: '已上门调解', answer: '已经调解，双方和好。' }), 'handled')
  assert.equal(await act('townchief', 'pass', id), 'verified')
}
/** Two who told of one matter, up to the call. */
async function joined(): Promise<readonly [Told, Told]> {
  const [x, y] = [await report('13800001111'), await report('13800002222')]
  assert.equal(await act('village', 'merge', y.id, { intoEventId: x.id }), 'merged')
  await bringToCall(x.id)
  return [x, y]
}
const isToCall = async (id: string) =>
  (await world.ask(listEvents, 'townchief', { queue: 'to-call', size: 100 })).events.some((e) => e.id === id)

test('one who is content speaks for himself: the desk sees who is still to be rung, and the last of them closes it', async () => {
  const [x] = await joined()
  assert.equal(await rate(x.code, 'yes'), 200)
  const seen = await see(x.id)
  assert.equal(seen.status, 'callback')
  assert.deepEqual(
    seen.callList.map((c) => [c.phone, c.state]),
    [
      [onFile, 'heard'],
      [onFile, 'to-ring'],
    ],
    'that a number was left, and no digit of it',
  )
  assert.ok(await isToCall(x.id))
  assert.deepEqual((await see(x.id, 'leader')).callList, [], 'for whoever rings them alone')
  const { version } = seen
  const stranger = { eventId: x.id, version, reporterId: freshId(), ...content }
  assert.equal(
    (await world.refusal(actEndpoints['call-back'], 'townchief', stranger)).problem,
    'event.reporter-unknown',
  )
  assert.equal(await act('townchief', 'call-back', x.id, { ...content, score: 4 }), 'closed')
  const { closeKind, satisfaction } = await see(x.id)
  assert.deepEqual([closeKind, satisfaction], ['normal', 4])
})

test('a call of the desk to one of them leaves the other to be rung', async () => {
  const [x] = await joined()
  const second = (await see(x.id)).callList[1]!
  assert.equal(await act('townchief', 'call-back', x.id, { ...content, reporterId: second.reporterId }), 'callback')
  assert.deepEqual(
    (await see(x.id)).callList.map((c) => c.state),
    ['to-ring', 'heard'],
  )
  assert.equal((await see(x.id)).flow.at(-1)!.detail['nth'], 2)
})

test('three calls within three minutes are one; each is kept, and three half-days end it', async () => {
  world.clock.at('2026-03-04T09:00:00+08:00')
  await world.wake()
  const { id } = await report('13800003333')
  await bringToCall(id)
  for (let i = 0; i < 3; i++) assert.equal(await act('townchief', 'call-back', id, unreached), 'callback')
  const [waiting] = (await see(id)).callList
  assert.deepEqual([waiting!.counted, waiting!.needed, waiting!.tries.length], [1, 3, 3])
  assert.equal(Date.parse(waiting!.countsFrom!), Date.parse('2026-03-04T12:00:00+08:00'))
  world.clock.pass(5 * hour)
  await world.wake()
  assert.equal(await act('townchief', 'call-back', id, unreached), 'callback')
  world.clock.pass(dayLength - 4 * hour)
  await world.wake()
  assert.equal(await act('townchief', 'call-back', id, unreached), 'closed')
  assert.equal((await see(id)).closeKind, 'unreached')
})

test('each reporter may once have it done again, whatever the other did', async () => {
  const [x, y] = await joined()
  const close = async () => {
    for (let i = 0; i < 2 && (await see(x.id)).status !== 'closed'; i++)
      await act('townchief', 'call-back', x.id, content)
    assert.equal((await see(x.id)).status, 'closed')
  }
  await close()
  assert.equal(await rate(x.code, 'no'), 200)
  assert.equal((await see(x.id)).status, 'reopened')
  await bringToCall(x.id)
  await close()
  assert.equal(await rate(x.code, 'no'), 409, 'he has had his time')
  assert.ok((await openFollowed(world, y.code)).includes('action="/follow/rate'))
  assert.equal(await rate(y.code, 'no'), 200)
  assert.equal((await see(x.id)).status, 'reopened')
})
