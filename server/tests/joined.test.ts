/** Reports that are one matter: joined in chains, parted again, each reporter told what becomes of his own. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actEndpoints, getEvent, reportEvent } from '@fengge/domain/events/contract/desk'
import { findMergeTargets } from '@fengge/domain/events/contract/merging'
import { listTicketChanges, submitTicket } from '@fengge/domain/events/contract/rules'
import { freshId } from '../src/kernel/fresh-id.ts'
import { office, openWorld, type AskedOf, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

let calls = 0
/** A call of the hotline about one and the same road, registered by the town. @returns ticket number and event */
async function call(): Promise<{ ticketNo: string; id: string }> {
  const ticketNo = `T-9${String(++calls).padStart(3, '0')}`
  const { id } = await world.ask(submitTicket, 'hotline', {
    ticketNo,
    title: '村口路面坑洼积水',
    content: '村口道路坑洼积水，出行不便',
    categoryCode: '4012',
    areaCode: '320206001000',
    callerName: '王小芳',
  })
  return { ticketNo, id }
}
const see = (id: string, login: Login = 'town') => world.ask(getEvent, login, { id })
const versionOf = async (id: string) => ({ eventId: id, version: (await see(id)).version })
const merge = async (id: string, intoEventId: string) =>
  world.ask(actEndpoints.merge, 'town', { ...(await versionOf(id)), intoEventId })
const unlink = async (id: string) =>
  world.ask(actEndpoints.unlink, 'town', { ...(await versionOf(id)), note: '并错了' })
const reporters = async (...ids: string[]) => Promise.all(ids.map(async (id) => (await see(id)).reporters))

/**
 * States by ticket, as the hotline is told them, once so many are closed. A change is given out when no older
 * transaction runs on the whole server, and other test files have theirs.
 */
async function toldClosed(tickets: readonly string[]): Promise<string[]> {
  const states: Record<string, string> = {}
  const closed = () => tickets.filter((ticketNo) => states[ticketNo] === 'closed')
  for (let after = '', tries = 0; tries < 500 && closed().length < tickets.length; tries++) {
    const { changes, next } = await world.ask(listTicketChanges, 'hotline', { after })
    for (const c of changes) states[c.ticketNo] = c.status
    after = next
  }
  return closed()
}

/** Takes an event of the town round to its close. */
async function bringToEnd(id: string): Promise<void> {
  const at = () => versionOf(id)
  await world.ask(actEndpoints.register, 'town', await at())
  await world.ask(actEndpoints.dispatch, 'town', { ...(await at()), departmentId: office('town-works') })
  await world.ask(actEndpoints.sign, 'works', await at())
  await world.ask(actEndpoints.finish, 'works', { ...(await at()), result: '已修', answer: '路面已修好，谢谢。' })
  await world.ask(actEndpoints.pass, 'townchief', await at())
  const heard = { outcome: 'satisfied', score: 5, isSolved: true } as const
  // Each who told of it is rung.
  while ((await see(id)).status !== 'closed')
    await world.ask(actEndpoints['call-back'], 'townchief', { ...(await at()), ...heard })
}

test('a chain of links tells every reporter, and unlinking gives back exactly', async () => {
  const [a, b, c] = [await call(), await call(), await call()]
  await merge(a.id, b.id)
  await merge(b.id, c.id)
  assert.deepEqual(await reporters(a.id, b.id, c.id), [0, 0, 3])
  await unlink(b.id)
  assert.deepEqual(await reporters(a.id, b.id, c.id), [0, 2, 1])
  await merge(b.id, c.id)
  await unlink(a.id)
  assert.deepEqual(await reporters(a.id, b.id, c.id), [1, 0, 2])
  await merge(a.id, c.id)
  await unlink(b.id)
  assert.deepEqual(await reporters(a.id, b.id, c.id), [0, 1, 2])
  await unlink(a.id)
  await merge(a.id, b.id)
  await merge(b.id, c.id)
  await bringToEnd(c.id)
  const tickets = [a, b, c].map(({ ticketNo }) => ticketNo)
  assert.deepEqual(await toldClosed(tickets), tickets)
})

test('what citizens reported is joined to nothing that is over, of another matter, or in a circle', async () => {
  const [a, b] = [await call(), await call()]
  const refusal = async (id: string, intoEventId: string) =>
    (await world.refusal(actEndpoints.merge, 'town', { ...(await versionOf(id)), intoEventId })).problem
  await bringToEnd(b.id)
  assert.equal(await refusal(a.id, b.id), 'event.not-mergeable')
  const other = await world.report('worker', { categoryCode: '5003' })
  await world.ask(actEndpoints['report-up'], 'village', { ...(await versionOf(other)), note: '需镇里处理' })
  assert.equal(await refusal(a.id, other), 'event.not-mergeable')
  const c = await call()
  const send = async (id: string, intoEventId: string) =>
    world.post('town', '/api/events/act/merge', {
      requestId: freshId(),
      ...(await versionOf(id)),
      intoEventId,
    })
  const both = await Promise.all([send(a.id, c.id), send(c.id, a.id)])
  assert.deepEqual(
    both.map((r) => r.status).toSorted((x, y) => x - y),
    [200, 409],
  )
})

test('a worker does not settle himself what a citizen was joined to: the citizen is answered and called', async () => {
  const own = await world.report('worker', { categoryCode: '4012' })
  const { id } = await call()
  await world.ask(actEndpoints['report-up'], 'village', { ...(await versionOf(own)), note: '一并办理' })
  await merge(id, own)
  await world.ask(actEndpoints['assign-down'], 'townchief', { ...(await versionOf(own)), note: '由村办理' })
  const seen = await see(own, 'worker')
  assert.ok(!seen.can.includes('self-close'))
  await world.ask(actEndpoints.dispatch, 'village', {
    ...(await versionOf(own)),
    departmentId: office('village-office'),
  })
  const finish = { result: '已修', answer: '路面已修好。' }
  await world.ask(actEndpoints.finish, 'village', { ...(await versionOf(own)), ...finish })
  const passed = await world.ask(actEndpoints.pass, 'worker', await versionOf(own))
  assert.equal(passed.status, 'verified')
})

test('what an event may be joined to is found by number, words and nearness, with reasons, and is what may be joined', async () => {
  const point = { lng: 120.205, lat: 31.61 }
  const caller = { name: '林小雨', phone: '13800003333' }
  const told = async (more: Partial<AskedOf<typeof reportEvent>>) => {
    const id = freshId(world.clock.now())
    const text = { title: '路灯不亮', content: '三幢东侧路灯整夜不亮' }
    const where = { categoryCode: '4012', gridId: world.at['grid1']!, point, source: 'hotline' as const, caller }
    await world.ask(reportEvent, 'hotline', { id, ...text, ...where, ...more })
    return id
  }
  const self = await told({})
  const near = await told({ point: { lng: 120.2053, lat: 31.61 }, caller: { name: '', phone: '13800004444' } })
  const again = await told({ title: '灯又坏了', content: '没有光', point: { lng: 120.215, lat: 31.61 } })
  const other = await told({ categoryCode: '5002' })
  const over = await told({})
  await world.act('village', over, 'refuse', { reason: 'untrue', note: '未见' })
  const ask = async (text = '') =>
    (await world.ask(findMergeTargets, 'village', { eventId: self, text })).targets.map(
      (e) => [e.id, e.reasons] as const,
    )
  const found = new Map(await ask())
  assert.ok(!found.has(self) && !found.has(other) && !found.has(over), 'open, of the same category, another')
  assert.match(found.get(near)!.join(), /^near:\d+,words:/)
  assert.ok(found.get(again)!.includes('caller') && !found.get(again)!.some((r) => r.startsWith('near')))
  const { no } = await world.see('village', again)
  assert.deepEqual(
    (await ask(no)).map(([id]) => id),
    [again],
  )
  assert.deepEqual(
    (await ask('没有光')).map(([id]) => id),
    [again],
  )
  assert.equal((await world.refusal(findMergeTargets, 'othervillage', { eventId: self })).problem, 'event.not-found')
  const joined = await world.act('village', self, 'merge', { intoEventId: near })
  assert.equal(joined.status, 200, 'what is offered may be joined')
})
