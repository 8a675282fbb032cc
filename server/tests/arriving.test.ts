/** Somebody moves within the county: offered to the grid there, found or not; and leavings that are said ahead. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { whoAmI } from '@fengge/domain/identity/contract'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import * as a from '@fengge/domain/registry/arriving/contract'
import * as c from '@fengge/domain/registry/contract'
import * as d from '@fengge/domain/registry/doubles-contract'
import * as l from '@fengge/domain/registry/leaving/contract'
import { freshId } from '../src/kernel/fresh-id.ts'
import { passLateArrivals } from '../src/registry/arriving/pass-late.ts'
import { leaveAsPlanned } from '../src/registry/leaving/plan-leaving.ts'
import { openRegistry, type Registry } from './registry-world.ts'
import type { AskedOf, Login, World } from './world.ts'

let r: Registry
let world: World
/** 9 幢 101 of 梧桐苑, in the grid beside. */
let newHouse: string
before(async () => {
  r = await openRegistry()
  world = r.world
  const made = async (...args: Parameters<Registry['save']>) => String((await r.save(...args)).body.id)
  const estate = await made('village', 'estate', { name: '梧桐苑', kind: 'estate' }, { placeId: world.at['grid2'] })
  const building = await made('worker2', 'building', { no: '9', floors: 6 }, { parentId: estate })
  newHouse = await made('worker2', 'house', { roomNo: '101', use: 'self' }, { parentId: building })
})
after(() => world.close())

const today = () => dayOf(world.clock.now())
async function living(name: string, role: 'head' | 'member' = 'member'): Promise<string> {
  const id = await r.person({ name, phone: '13812345678' })
  assert.equal((await r.link(id, r.house, { role })).status, 200)
  return id
}
const offer = (personId: string, toWhere = '梧桐苑9幢101室', more: Partial<AskedOf<typeof a.offerMover>> = {}) => ({
  id: freshId(),
  personId,
  toWhere,
  onDay: today(),
  ...more,
})
const waiting = async (login: Login) => (await world.ask(a.listArrivals, login, {})).arrivals
const names = async (login: Login) => (await waiting(login)).map((x) => x.name)
const take = (id: string, more: Partial<AskedOf<typeof a.takeArrival>> = {}) => ({
  id,
  linkId: freshId(),
  houseId: newHouse,
  role: 'tenant' as const,
  fromOn: today(),
  ...more,
})

test('who moves within the county is offered to the grid there alone, which finds him; neither place is told of the other', async () => {
  const wife = await living('迁一妻')
  const id = await living('迁一人', 'head')
  const gone = offer(id)
  await world.ask(a.offerMover, 'worker', gone)
  assert.equal((await world.refusal(a.offerMover, 'worker', offer(id))).problem, 'arrival.there')
  assert.deepEqual(await names('worker'), [], 'the old grid has no list of it')
  const [seen] = await waiting('worker2')
  assert.deepEqual(Object.keys(seen!).toSorted(), [
    'address',
    'can',
    'dueOn',
    'gridId',
    'gridName',
    'id',
    'name',
    'note',
    'onDay',
    'state',
    'toWhere',
  ])
  assert.deepEqual(
    [seen!.name, seen!.toWhere, seen!.state, seen!.can],
    ['迁一人', '梧桐苑9幢101室', 'offered', ['take']],
  )
  world.clock.pass(60_000)
  assert.equal((await world.refusal(a.takeArrival, 'worker', take(gone.id, { houseId: r.house }))).status, 404)
  await world.ask(a.takeArrival, 'worker2', take(gone.id))
  assert.equal((await world.refusal(a.takeArrival, 'worker2', take(gone.id))).problem, 'arrival.answered')
  const { record, homes } = await world.ask(c.getRecord, 'worker2', { id })
  assert.deepEqual(
    homes.map((h) => [h.houseId, h.isLead]),
    [[newHouse, true]],
    'of his former home the new grid hears nothing',
  )
  const { changes } = await world.ask(c.getHistory, 'worker2', { id })
  const writers = [...changes.map((x) => x.by), ...Object.values(record.origin).map((o) => o.by)]
  const [old] = (await world.ask(c.getHistory, 'worker', { id: wife })).changes
  assert.ok(!writers.includes(old!.by), 'nor who wrote him down there')
  assert.equal((await world.refusal(c.getRecord, 'worker', { id })).problem, 'record.unknown')
  const { living: left } = await world.ask(c.getHousehold, 'worker', { houseId: r.house })
  assert.deepEqual(
    left.filter((p) => p.record.name.startsWith('迁一')).map((p) => [p.record.name, p.role]),
    [['迁一妻', 'head']],
  )
  assert.equal(
    (await world.ask(c.getHistory, 'village', { id })).changes.at(-1)!.by,
    old!.by,
    'the desk of both reads on',
  )
})

test('who is not found goes to the desk of that place, which sends him to another grid or gives it up; then a desk looks first', async () => {
  const id = await living('迁二人')
  const gone = offer(id)
  await world.ask(a.offerMover, 'worker', gone)
  await world.ask(a.missArrival, 'worker2', { id: gone.id, note: '敲门三次，住户称无此人' })
  assert.deepEqual(await names('worker2'), [])
  assert.equal((await world.refusal(a.missArrival, 'worker2', { id: gone.id })).problem, 'arrival.answered')
  assert.deepEqual(await names('worker'), [], 'nor does it come back to the grid that said so')
  const at = async (login: Login) => (await waiting(login)).map((x) => [x.name, x.state, x.note, x.can])
  assert.deepEqual(await at('village'), [['迁二人', 'desk', '敲门三次，住户称无此人', ['decide']]])
  const decide = { id: gone.id, gridId: world.at['grid2']!, reason: '' }
  await world.ask(a.decideArrival, 'village', decide)
  assert.deepEqual(await names('worker2'), ['迁二人'])
  await world.ask(a.missArrival, 'worker2', { id: gone.id })
  assert.equal((await world.refusal(a.decideArrival, 'village', { ...decide, gridId: null })).problem, 'arrival.reason')
  await world.ask(a.decideArrival, 'village', { ...decide, gridId: null, reason: '多次查找无果' })
  assert.deepEqual(await names('village'), [])
  await world.ask(a.offerMover, 'worker', offer(id))
  assert.deepEqual([await names('worker2'), await names('village')], [[], ['迁二人']], 'nobody finds out by trying')
})

test('words that name no estate stand before the county’s desk; one’s own grid links itself; who lives somewhere again is looked for no more', async () => {
  const id = await living('迁三人')
  assert.equal((await world.refusal(a.offerMover, 'worker', offer(id, '阳光花园3幢2单元502'))).problem, 'arrival.own')
  assert.equal((await world.refusal(a.offerMover, 'worker2', offer(id))).problem, 'record.unknown')
  const late = offer(id, '梧桐苑', { onDay: addDays(today(), 91) })
  assert.equal((await world.refusal(a.offerMover, 'worker', late)).problem, 'leaving.day')
  const lost = offer(id, '堰桥那边，具体不清楚')
  await world.ask(a.offerMover, 'worker', lost)
  assert.ok(!(await names('village')).includes('迁三人'))
  const county = (await world.ask(a.listArrivals, 'county', {})).arrivals
  assert.deepEqual(
    county.filter((x) => x.name === '迁三人').map((x) => [x.state, x.gridName]),
    [['desk', null]],
  )
  await world.ask(a.decideArrival, 'county', { id: lost.id, gridId: world.at['grid2']!, reason: '' })
  assert.ok((await names('worker2')).includes('迁三人'))
  await r.link(id, r.other, { role: 'member' })
  assert.ok(!(await names('worker2')).includes('迁三人'))
})

test('a leaving said ahead happens on its day, by whoever said it, and is taken back until then', async () => {
  const [stays, goes, dies] = [await living('先说回'), await living('先说走'), await living('先说亡')]
  const onDay = addDays(today(), 10)
  const plan = (personId: string) => ({
    id: freshId(),
    personId,
    kind: 'moved' as const,
    onDay,
    toWhere: '南京市',
    seenBy: 'self' as const,
  })
  const [slip, real] = [plan(stays), plan(goes)]
  for (const p of [slip, real, plan(dies)]) await world.ask(l.leavePerson, 'worker', p)
  const people = async () => (await world.ask(c.getComposition, 'village', {})).persons
  const before_ = await people()
  const of = async (personId: string) => (await world.ask(l.listLeavings, 'worker', { personId })).leavings
  assert.deepEqual(
    (await of(goes)).map((x) => [x.state, x.onDay, x.can]),
    [['planned', onDay, ['undo']]],
  )
  assert.equal((await world.refusal(l.leavePerson, 'worker', { ...plan(dies), kind: 'died' })).problem, 'leaving.day')
  await world.ask(l.undoLeaving, 'worker', { id: slip.id, personId: stays, reason: '不搬了' })
  await world.ask(l.leavePerson, 'worker', { ...plan(dies), kind: 'died', onDay: today() })
  assert.equal(await people(), before_ - 1)
  await leaveAsPlanned(world.engine)
  assert.equal(await people(), before_ - 1, 'not before its day')
  world.clock.pass(10 * 86_400_000)
  await world.wake()
  await leaveAsPlanned(world.engine)
  await leaveAsPlanned(world.engine)
  assert.equal(await people(), before_ - 2)
  const [done] = await of(goes)
  assert.deepEqual([done!.state, done!.onDay, done!.toWhere, done!.id], ['open', onDay, '***', real.id])
  assert.deepEqual(
    (await of(stays)).map((x) => x.state),
    ['undone'],
  )
  assert.deepEqual((await of(dies)).map((x) => x.state).toSorted(), ['open', 'undone'])
  await world.ask(l.undoLeaving, 'worker', { id: real.id, personId: goes, reason: '没有搬成' })
  assert.equal((await world.ask(c.getRecord, 'worker', { id: goes })).homes[0]!.toOn, null)
})

const planOf = (personId: string, days: number) => ({
  id: freshId(),
  personId,
  kind: 'moved' as const,
  onDay: addDays(today(), days),
  toWhere: '南京市',
  seenBy: 'self' as const,
})
const plansOf = async (personId: string) =>
  (await world.ask(l.listLeavings, 'worker', { personId })).leavings
    .filter((x) => x.state === 'planned')
    .map((x) => x.onDay)
async function merge(keepId: string, dropId: string) {
  const [keep, drop] = [await r.see('village', keepId), await r.see('village', dropId)]
  return world.ask(d.mergePersons, 'village', {
    keepId,
    keepVersion: keep.version,
    dropId,
    dropVersion: drop.version,
    reason: '同一人',
  })
}

test('a leaving said ahead of a record goes with it into the one it is merged into, and back', async () => {
  const [kept, dropped, second] = [await living('并甲'), await living('并甲'), await living('并甲')]
  const plan = planOf(dropped, 5)
  await world.ask(l.leavePerson, 'worker', plan)
  const merged = await merge(kept, dropped)
  assert.deepEqual(merged.plan, { onDay: plan.onDay, isCarried: true })
  assert.deepEqual(await plansOf(kept), [plan.onDay])
  await world.ask(d.unmergePersons, 'village', { changeId: merged.changeId, reason: '不是一人' })
  assert.deepEqual([await plansOf(kept), await plansOf(dropped)], [[], [plan.onDay]])

  await merge(kept, dropped)
  const later = planOf(second, 9)
  await world.ask(l.leavePerson, 'worker', later)
  assert.deepEqual((await merge(kept, second)).plan, { onDay: later.onDay, isCarried: false })
  assert.deepEqual(await plansOf(kept), [plan.onDay], 'the day of the kept record stands')
  world.clock.pass(5 * 86_400_000)
  await world.wake()
  await leaveAsPlanned(world.engine)
  assert.equal((await r.see('worker', kept)).state, 'gone')
})

test('whoever is to leave on a day and finds another home is asked about: it is off, or stays so', async () => {
  const room = await r.save('worker', 'house', { roomNo: '871', use: 'self' }, { parentId: r.building })
  const link = (personId: string) => ({
    id: freshId(),
    personId,
    houseId: room.body.id as string,
    role: 'member' as const,
    fromOn: today(),
    basis: '自述',
  })
  for (const [plan, left] of [
    ['off', 0],
    ['stays', 1],
  ] as const) {
    const id = await living(`还搬${plan}`)
    const planned = planOf(id, 3)
    await world.ask(l.leavePerson, 'worker', planned)
    const refused = await world.refusal(c.linkPerson, 'worker', link(id))
    assert.deepEqual(
      [refused.status, refused.problem, refused['details']],
      [409, 'link.planned', { onDay: planned.onDay }],
    )
    await world.ask(c.linkPerson, 'worker', { ...link(id), plan })
    assert.equal((await plansOf(id)).length, left)
  }
  const owner = await living('只买房')
  await world.ask(l.leavePerson, 'worker', planOf(owner, 3))
  await world.ask(c.linkPerson, 'worker', { ...link(owner), role: 'owner' })
})

test('the grid where somebody is to be found is told, and has the days of the county for it; after them the desk there has it, and is told', async () => {
  const told = async (login: Login) =>
    ((await world.ask(whoAmI, login, {})).told ?? [])
      .map((m) => [m.kind, m.about, m.on])
      .filter(([, , on]) => on === dueOn)
  const dueOn = addDays(today(), 30)
  const id = await living('迁限人')
  await world.ask(a.offerMover, 'worker', offer(id))
  assert.deepEqual(
    (await waiting('worker2')).filter((x) => x.name === '迁限人').map((x) => [x.state, x.dueOn]),
    [['offered', dueOn]],
  )
  assert.deepEqual(await told('worker2'), [['arrival-offered', '第2网格', dueOn]], 'without a name')
  for (const login of ['worker', 'village'] as const) assert.deepEqual(await told(login), [])
  const states = async () => (await waiting('village')).filter((x) => x.name === '迁限人').map((x) => x.state)
  world.clock.pass(29 * 86_400_000)
  await world.wake()
  await passLateArrivals(world.engine)
  assert.deepEqual(await states(), ['offered'])
  world.clock.pass(86_400_000)
  await world.wake()
  await passLateArrivals(world.engine)
  await passLateArrivals(world.engine)
  assert.deepEqual(await states(), ['desk'])
  assert.deepEqual(await told('village'), [['arrival-desk', '第2网格', dueOn]])
  assert.ok(!(await names('worker2')).includes('迁限人'))
})
