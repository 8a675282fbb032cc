/** Shops, homes, buildings that are there no more are counted nowhere, and come back exactly as they were. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as c from '@fengge/domain/registry/contract'
import { closeRecord, listClosings, reopenRecord } from '@fengge/domain/registry/closing/contract'
import { leavePerson } from '@fengge/domain/registry/leaving/contract'
import { listRegister } from '@fengge/domain/registry/registers/contract'
import { listMatters } from '@fengge/domain/matters/contract'
import { listHazards, listTasks } from '@fengge/domain/visits/contract/desk'
import { recordVisit } from '@fengge/domain/visits/contract/worker'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { freshId } from '../src/kernel/fresh-id.ts'
import { openRegistry, type Registry } from './registry-world.ts'
import type { AskedOf, Login, World } from './world.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

type Kind = AskedOf<typeof closeRecord>['kind']
const today = () => dayOf(world.clock.now())
const closing = (recordId: string, kind: Kind, more: object = {}) => ({
  id: freshId(),
  recordId,
  kind,
  onDay: today(),
  reason: '上门核实',
  ...more,
})
const refusal = async (login: Login, recordId: string, kind: Kind, more = {}) =>
  (await world.refusal(closeRecord, login, closing(recordId, kind, more))).problem
const made = async (kind: string, values: object, more: object = {}): Promise<string> => {
  const { status, body } = await r.save('village', kind, values, more)
  assert.equal(status, 200, JSON.stringify(body))
  return body.id
}
const inGrid = () => ({ placeId: world.at['grid1'] })
const units = async () => (await world.ask(c.getComposition, 'village', {})).units
const shops = async () => (await world.ask(listRegister, 'village', { register: 'shops' })).total

test('a worker passes a shop that is shut: it stands in no figure, list or search, and its page says since when', async () => {
  const shop = await made('unit', { name: '老李五金', kind: 'shop', status: 'open' }, inGrid())
  const before = [await units(), await shops()]
  const asked = closing(shop, 'out-of-business', { onDay: addDays(today(), -3) })
  const done = await world.ask(closeRecord, 'worker', asked)
  assert.equal(done.rooms, 0)
  assert.deepEqual([await units(), await shops()], [before[0]! - 1, before[1]! - 1])
  const found = await world.ask(c.searchRegistry, 'village', { text: '老李五金' })
  assert.equal(found.records.length, 0)
  assert.equal((await r.see('village', shop)).state, 'gone')
  const of = await world.ask(listClosings, 'village', { recordId: shop })
  assert.deepEqual(
    of.closings.map((x) => [x.name, x.kind, x.onDay, x.state, x.can]),
    [['老李五金', 'out-of-business', addDays(today(), -3), 'open', ['reopen']]],
  )
  assert.equal(await refusal('worker', shop, 'moved'), 'record.closed')
  await world.ask(reopenRecord, 'worker', { id: asked.id, recordId: shop, reason: '看错了' })
  assert.deepEqual([await units(), await shops()], before)
  const again = await world.refusal(reopenRecord, 'village', { id: asked.id, recordId: shop, reason: '再来' })
  assert.equal(again.problem, 'record.not-closed')
  const all = await world.ask(listClosings, 'village', {})
  assert.deepEqual([all.total, all.closings[0]?.state], [1, 'undone'])
})

test('what a worker may not say, and nobody: pulled down by the desk, tomorrow, a shop as a house, in another place', async () => {
  const shop = await made('unit', { name: '老王修车', kind: 'shop' }, inGrid())
  assert.equal(await refusal('worker', shop, 'wrong'), 'leaving.desk')
  assert.equal(await refusal('worker', r.other, 'demolished'), 'leaving.desk')
  assert.equal(await refusal('village', shop, 'demolished'), 'closing.kind')
  assert.equal(await refusal('worker', shop, 'moved', { onDay: addDays(today(), 1) }), 'leaving.day')
  for (const login of ['worker2', 'othervillage'] as const)
    assert.equal(await refusal(login, shop, 'moved'), 'record.unknown')
  assert.equal((await world.refusal(listClosings, 'othervillage', { recordId: shop })).problem, 'record.unknown')
  assert.equal((await world.ask(listClosings, 'othervillage', {})).total, 0)
})

test('nothing is pulled down over somebody’s head; a building goes with its rooms and owners, and comes back with them', async () => {
  const building = await made('building', { no: '9' }, { parentId: r.estate })
  const [first, second] = [
    await made('house', { unitNo: '1', roomNo: '101', use: 'self' }, { parentId: building }),
    await made('house', { unitNo: '1', roomNo: '102', use: 'rental' }, { parentId: building }),
  ]
  const owner = await r.person({ name: '房东甲' })
  const tenant = await r.person({ name: '租户乙' })
  assert.equal((await r.link(owner, first, { role: 'owner' })).status, 200)
  assert.equal((await r.link(tenant, second)).status, 200)
  assert.equal(await refusal('village', second, 'demolished'), 'closing.lived-in')
  assert.equal(await refusal('village', building, 'demolished'), 'closing.lived-in')
  assert.equal(await refusal('village', r.estate, 'demolished'), 'record.has-children')
  const gone = { id: freshId(), personId: tenant, kind: 'moved', onDay: today(), seenBy: 'self' } as const
  await world.ask(leavePerson, 'worker', gone)
  const inside = await made('unit', { name: '楼下小卖部', kind: 'shop' }, { parentId: building })
  assert.equal(await refusal('village', building, 'demolished'), 'record.has-children')
  await world.ask(closeRecord, 'village', closing(inside, 'moved'))

  const figures = await r.figures()
  const down = closing(building, 'demolished')
  assert.equal((await world.ask(closeRecord, 'village', down)).rooms, 2)
  assert.notDeepEqual(await r.figures(), figures)
  assert.deepEqual(await r.figures(), await r.recount(), 'figures say what a recount says')
  for (const id of [building, first, second]) assert.equal((await r.see('village', id)).state, 'gone')
  const homes = async () => (await world.ask(c.getRecord, 'village', { id: owner })).homes
  assert.deepEqual(
    (await homes()).map((h) => h.toOn),
    [today()],
    'nobody owns what is pulled down',
  )
  const room = await world.refusal(reopenRecord, 'village', { id: down.id, recordId: first, reason: '只恢复一间' })
  assert.equal(room.problem, 'record.unknown', 'a closing is taken back whole')
  const back = await world.refusal(reopenRecord, 'worker2', { id: down.id, recordId: building, reason: '别处' })
  assert.equal(back.problem, 'record.unknown')
  await world.ask(reopenRecord, 'village', { id: down.id, recordId: building, reason: '并未拆除' })
  assert.deepEqual(await r.figures(), figures)
  assert.deepEqual(
    (await homes()).map((h) => h.toOn),
    [null],
  )
})

test('a shop in a house that is closed itself comes back after the house, not before', async () => {
  const house = await made('house', { roomNo: '1', use: 'self' }, { parentId: r.estate })
  const shop = await made('unit', { name: '门面店', kind: 'shop' }, { parentId: house })
  const shut = closing(shop, 'out-of-business')
  await world.ask(closeRecord, 'worker', shut)
  const down = closing(house, 'demolished')
  await world.ask(closeRecord, 'village', down)
  const asked = { id: shut.id, recordId: shop, reason: '又开了' }
  assert.equal((await world.refusal(reopenRecord, 'village', asked)).problem, 'record.parent-gone')
  await world.ask(reopenRecord, 'village', { id: down.id, recordId: house, reason: '没拆' })
  await world.ask(reopenRecord, 'village', asked)
  assert.equal((await r.see('village', shop)).state, 'live')
})

test('whoever writes there takes it back in its term, the desk after it', async () => {
  const shop = await made('unit', { name: '过期店', kind: 'shop' }, inGrid())
  const shut = closing(shop, 'moved')
  await world.ask(closeRecord, 'worker', shut)
  world.clock.pass(16 * 86_400_000)
  await world.wake()
  const asked = { id: shut.id, recordId: shop, reason: '又开了' }
  assert.equal((await world.refusal(reopenRecord, 'worker', asked)).problem, 'leaving.term')
  await world.ask(reopenRecord, 'village', asked)
})

test('nobody is sent to a shop that is shut, and what was found there ends with it, until it is there after all', async () => {
  const shop = await made('unit', { name: '隐患店', kind: 'shop' }, inGrid())
  const matterId = (await world.ask(listMatters, 'rules', {})).matters[0]!.id
  const hazard = { id: freshId(), what: '灭火器过期', orderedText: '请更换', fixBy: addDays(today(), 5) }
  await world.ask(recordVisit, 'worker', {
    id: freshId(),
    taskId: null,
    matterId,
    formCode: 'errand',
    subjectKind: 'unit',
    subjectId: shop,
    outcome: 'met',
    madeAt: new Date(world.clock.now()).toISOString(),
    hazards: [{ ...hazard, recheckDays: 3, eventId: null }],
  })
  const waits = async () => {
    const { tasks } = await world.ask(listTasks, 'village', {})
    const { hazards } = await world.ask(listHazards, 'village', { state: 'open' })
    return [tasks.some((t) => t.originId === hazard.id), hazards.some((h) => h.id === hazard.id)]
  }
  assert.deepEqual(await waits(), [true, true])
  const shut = closing(shop, 'moved')
  await world.ask(closeRecord, 'worker', shut)
  assert.deepEqual(await waits(), [false, false])
  await world.ask(reopenRecord, 'worker', { id: shut.id, recordId: shop, reason: '还在营业' })
  assert.deepEqual(await waits(), [true, true])
})
