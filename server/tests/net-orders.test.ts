/** Ordered changes of the net: none against another that waits, and each is judged again on its day (G5). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { endPosting, givePosting, readMessages, whoAmI } from '@fengge/domain/identity/contract'
import { listAccounts } from '@fengge/domain/identity/contract/accounts'
import { getBorders, getPlace } from '@fengge/domain/places/contract'
import * as net from '@fengge/domain/places/net-contract'
import type { Geometry } from '@fengge/domain/places/terms'
import { freshId } from '../src/kernel/fresh-id.ts'
import { runOrders } from '../src/places/commands/order-change.ts'
import { idOf, openWorld, type AskedOf, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

type Change = AskedOf<typeof net.orderChange>['change']
const versionOf = async (id: string, login: Login = 'net') => (await world.ask(getPlace, login, { id })).place.version
/** The border that a grid has, once more. */
async function again(grid: 'grid1' | 'grid2', on: string, login: Login = 'net'): Promise<Change> {
  const id = world.at[grid]!
  const { features } = await world.ask(getBorders, login, { parentId: world.at['village']! })
  const { geometry } = (features as { id: string; geometry: Geometry }[]).find((f) => f.id === id)!
  return { kind: 'border', borders: [{ id, version: await versionOf(id, login), geometry }], on, reason: '核对' }
}
const order = (login: Login, change: Change, id = freshId()) => world.ask(net.orderChange, login, { id, change })
const stateOf = async (login: Login, id: string) => {
  const { orders } = await world.ask(net.listNetOrders, login, {})
  const { state, problem } = orders.find((o) => o.id === id)!
  return [state, problem]
}

test('a grid that one order waits to change gets no second one, by whatever kind; the first is named', async () => {
  const first = freshId()
  await order('net', await again('grid1', '2026-03-05'), first)
  const grids = await Promise.all(
    (['grid1', 'grid2'] as const).map(async (g) => ({ id: world.at[g]!, version: await versionOf(world.at[g]!) })),
  )
  const both: Change = { kind: 'merge', grids, into: { id: freshId(), name: '合' }, on: '2026-03-04', reason: '合并' }
  const { posts } = await world.ask(net.foreseeChange, 'net', { change: both })
  const staff = posts.map((p) => ({ postingId: p.postingId, to: p.followers }))
  const change: Change = { ...both, staff, rest: both.into.id }
  const refused = await world.refusal(net.orderChange, 'net', { id: freshId(), change })
  assert.equal(refused.problem, 'net.ordered-before')
  assert.equal((refused['details'] as { id: string }).id, first)
  const other = await order('net', await again('grid2', '2026-03-05'))
  for (const { id } of [{ id: first }, other]) await world.ask(net.withdrawOrder, 'net', { id })
})

test('two that order for the same grid at once: one does', async () => {
  const change = await again('grid1', '2026-03-04')
  const sent = () => world.post('net', net.orderChange.path, { requestId: freshId(), id: freshId(), change })
  const answers = await Promise.all([sent(), sent(), sent()])
  assert.deepEqual(
    answers.map((a) => a.status).toSorted((a, b) => a - b),
    [200, 409, 409],
  )
  await world.ask(net.withdrawOrder, 'net', { id: answers.find((a) => a.status === 200)!.body.id })
})

test('an order is not carried out when who gave it serves there no more; who does may give it again', async () => {
  const given = freshId()
  await order('net', await again('grid1', '2026-03-03'), given)
  const { accounts } = await world.ask(listAccounts, 'secadmin', { text: 'net', roleCode: '', page: 1 })
  const [post] = accounts.find((a) => a.login === 'net')!.postings
  const next = { accountId: idOf('rules'), roleCode: 'net-editor', placeId: world.at['county']!, departmentId: null }
  await world.ask(givePosting, 'secadmin', { id: freshId(), ...next, fromOn: '2026-03-02', toOn: null })
  const change = await again('grid1', '2026-03-04')
  await world.ask(endPosting, 'secadmin', { id: post!.id, toOn: '2026-03-02' })
  world.clock.at('2026-03-03T00:01:00+08:00')
  await world.wake()
  assert.equal(await runOrders(world.engine), 1)
  assert.deepEqual(await stateOf('rules', given), ['refused', 'net.giver-gone'])
  const second = freshId()
  await order('rules', change, second)
  world.clock.at('2026-03-04T00:01:00+08:00')
  await world.wake()
  assert.equal(await runOrders(world.engine), 1)
  assert.deepEqual(await stateOf('rules', second), ['done', null])
})

test('an order that is refused on its day is told to who gave it and to the desks of its grids, with what to do, until they have read it', async () => {
  const told = async (login: Login) => (await world.ask(whoAmI, login, {})).messages ?? []
  assert.deepEqual(
    (await told('rules')).map((m) => m.problem),
    ['net.giver-gone'],
    'of the order before, which he may give again',
  )
  for (const login of ['rules', 'village', 'chief', 'town', 'townchief'] as const)
    await world.ask(readMessages, login, { ids: (await told(login)).map((m) => m.id) })
  const given = freshId()
  await order('rules', await again('grid1', '2026-03-06', 'rules'), given)
  const { kind: _kind, ...now } = (await again('grid1', '2026-03-04', 'rules')) as Extract<Change, { kind: 'border' }>
  await world.ask(net.moveBorder, 'rules', now)
  world.clock.at('2026-03-06T00:01:00+08:00')
  await world.wake()
  assert.equal(await runOrders(world.engine), 1)
  assert.deepEqual(await stateOf('rules', given), ['refused', 'place.stale'])
  for (const login of ['rules', 'village', 'chief', 'town', 'townchief'] as const) {
    const [message, ...others] = await told(login)
    assert.deepEqual(others, [], login)
    const { id: _id, ...said } = message!
    const about = { kind: 'net-refused', about: '第1网格', change: 'border', on: '2026-03-06', problem: 'place.stale' }
    assert.deepEqual(said, { ...about, at: '2026-03-05T16:01:00.000Z' }, login)
  }
  for (const login of ['worker', 'othervillage', 'works', 'county'] as const) assert.deepEqual(await told(login), [])
  const ids = (await told('village')).map((m) => m.id)
  await world.ask(readMessages, 'town', { ids })
  assert.equal((await told('village')).length, 1, 'nobody reads for another')
  await world.ask(readMessages, 'village', { ids })
  assert.deepEqual([(await told('village')).length, (await told('rules')).length], [0, 1])
  world.clock.at('2026-04-10T00:01:00+08:00')
  await world.wake()
  assert.deepEqual(await told('rules'), [], 'it is told for a month')
})
