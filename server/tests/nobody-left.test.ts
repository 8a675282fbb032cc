/** Work never waits for somebody who is not there: who handled it himself, whose post ended, a grid that nobody serves. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getEvent, listEvents } from '@fengge/domain/events/contract/desk'
import type { Queue } from '@fengge/domain/events/contract/views'
import { submitTicket } from '@fengge/domain/events/contract/rules'
import { endPosting } from '@fengge/domain/identity/contract'
import { dayLength } from '@fengge/domain/kernel/time'
import { freshId } from '../src/kernel/fresh-id.ts'
import { idOf, office, openWorld, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const isListed = async (login: Login, queue: Queue, id: string) =>
  (await world.ask(listEvents, login, { queue, size: 100 })).events.some((e) => e.id === id)
const act = async (login: Login, action: Parameters<World['act']>[2], id: string, fields: object = {}) => {
  const { status, body } = await world.act(login, id, action, { ...fields })
  return status === 200 ? 'done' : (body.problem as string)
}
/** Handled by the office of the community, whose officer also stands at its desk. */
async function handled(id: string): Promise<string> {
  assert.equal(await act('village', 'dispatch', id, { departmentId: office('village-office') }), 'done')
  assert.equal(await act('village', 'finish', id, { result: '已处理' }), 'done')
  return id
}
const checkedByTown = async (id: string) => {
  assert.ok(!(await isListed('village', 'to-check', id)), 'not by who handled it')
  assert.equal(await act('village', 'pass', id), 'event.own-work')
  assert.ok(await isListed('townchief', 'to-check', id), 'in the list of the town')
  assert.ok((await world.ask(getEvent, 'townchief', { id })).can.includes('pass'))
  assert.equal(await act('townchief', 'pass', id), 'done')
}

test('what its worker settled himself and was done again is checked by the town, since its community handled it', async () => {
  const id = await world.report('worker', { categoryCode: '1002' })
  assert.equal(await act('worker', 'self-close', id, { result: '已劝导' }), 'done')
  assert.equal(await act('village', 'reopen', id, { note: '又吵了' }), 'done')
  await handled(id)
  assert.ok(!(await isListed('worker', 'to-check', id)))
  await checkedByTown(id)
})

test('while a worker serves the grid the check is his and not the town’s', async () => {
  const id = await handled(await world.report('worker', { categoryCode: '1002' }))
  assert.ok(await isListed('worker', 'to-check', id))
  assert.ok(!(await isListed('townchief', 'to-check', id)))
  assert.equal(await act('townchief', 'pass', id), 'not-allowed')
  assert.equal(await act('worker', 'pass', id), 'done')
})

test('when the post of the only worker ends, what waits for him moves to who is left', async () => {
  const gridId = world.at['grid2']!
  const waits = await handled(await world.report('worker2', { categoryCode: '1002', gridId }))
  assert.ok(!(await isListed('townchief', 'to-check', waits)))
  await world.ask(endPosting, 'secadmin', { id: idOf('post1-worker2'), toOn: '2026-03-02' })
  world.clock.pass(2 * dayLength)
  await checkedByTown(waits)
  const later = await world.report('village', { categoryCode: '1002', gridId })
  await checkedByTown(await handled(later))
})

test('in a grid that nobody serves any more the desk looks itself', async () => {
  const { id } = await world.ask(submitTicket, 'hotline', {
    ticketNo: 'T-9901',
    title: '邻里噪声',
    content: '邻居噪声扰民',
    categoryCode: '1002',
    areaCode: '320206001000',
    callerName: '王小芳',
  })
  assert.equal(await act('town', 'place', id, { gridId: world.at['grid2']! }), 'done')
  assert.equal(await act('village', 'ask-verify', id), 'done')
  assert.ok(await isListed('village', 'to-verify', id))
  assert.equal(await act('townchief', 'verify', id, { finding: 'exists' }), 'not-allowed')
  assert.equal(await act('village', 'verify', id, { finding: 'exists' }), 'done')
})

test('a matter is not over while a part of it lies in another matter that is open', async () => {
  const whole = await world.report('worker', { categoryCode: '1002', title: '大事' })
  const part = { title: '其中一件', content: '其中一件', categoryCode: '1002' }
  const children = [0, 1].map(() => ({ ...part, id: freshId(world.clock.now()) }))
  assert.equal(await act('village', 'split', whole, { children }), 'done')
  const other = await world.report('worker', { categoryCode: '1002', title: '别的事' })
  assert.equal(await act('village', 'merge', children[0]!.id, { intoEventId: other }), 'done')
  assert.equal(await act('village', 'merge', children[1]!.id, { intoEventId: whole }), 'done')
  assert.equal(await act('village', 'dispatch', whole, { departmentId: office('village-office') }), 'done')
  assert.equal(await act('village', 'finish', whole, { result: '已处理' }), 'event.open-children')
  await handled(other)
  assert.equal(await act('worker', 'pass', other), 'done')
  assert.equal(await act('village', 'finish', whole, { result: '已处理' }), 'done')
})
