/** The gate before the grid: what is asked must be what its matter states; what comes anyway is refused and counted. Requirements A1, A3. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listMatters, listRefusedOrders, saveMatter } from '@fengge/domain/matters/contract'
import type { Matter } from '@fengge/domain/matters/terms'
import { listJournal } from '@fengge/domain/audit/contract'
import {
  getRota,
  listCampaigns,
  listTasks,
  orderTask,
  saveCampaign,
  weighOrder,
} from '@fengge/domain/visits/contract/desk'
import { listRules, saveRule } from '@fengge/domain/visits/contract/rules'
import { freshId } from '../src/kernel/fresh-id.ts'
import { openWorld, type AskedOf, type World } from './world.ts'

let world: World
let matters: readonly Matter[]
before(async () => {
  world = await openWorld()
  matters = (await world.ask(listMatters, 'rules', {})).matters
})
after(() => world.close())
const matter = (code: string) => matters.find((m) => m.code === `000-${code}`)!

const campaign = (code: string, more: Partial<AskedOf<typeof saveCampaign>>): AskedOf<typeof saveCampaign> => ({
  id: freshId(),
  matterId: matter(code).id,
  name: '消防设施大检查',
  placeId: world.at['village']!,
  selector: 'facility',
  formCode: 'facility',
  fromOn: '2026-03-02',
  toOn: '2026-03-20',
  minutes: 10,
  ...more,
})
const order = (code: string, more: Partial<AskedOf<typeof orderTask>> = {}): AskedOf<typeof orderTask> => ({
  id: freshId(),
  matterId: matter(code).id,
  gridIds: [world.at['grid1']!],
  title: '巡查',
  dueOn: '2026-03-10',
  minutes: 10,
  windowFrom: null,
  windowTo: null,
  ...more,
})

test('a fire campaign does not run under the collecting of people, nor over others or for longer than its matter says', async () => {
  const refused = async (code: string, more: Partial<AskedOf<typeof saveCampaign>> = {}) =>
    (await world.refusal(saveCampaign, 'village', campaign(code, more))).problem
  assert.equal(await refused('A01'), 'matter.other-kind')
  assert.equal(await refused('C02'), 'matter.other-object')
  assert.equal(await refused('C01', { minutes: 45 }), 'matter.more-minutes')
  assert.equal((await world.ask(listCampaigns, 'village', {})).campaigns.length, 0)
  await world.ask(saveCampaign, 'village', campaign('C01', {}))
})

test('an order names what its matter states, a rule too, and what a matter does not state cannot be ordered', async () => {
  const refused = async (code: string, more: Partial<AskedOf<typeof orderTask>> = {}) =>
    (await world.refusal(orderTask, 'village', order(code, more))).problem
  assert.equal(await refused('A02', { taskKind: 'patrol' }), 'matter.other-kind')
  assert.equal(await refused('A02', { taskKind: 'collect', object: 'facility' }), 'matter.other-object')
  assert.equal(await refused('A02', { minutes: 16 }), 'matter.more-minutes')
  const [rule] = (await world.ask(listRules, 'rules', {})).rules.filter((r) => r.selector === 'unit-shop')
  const moved = { rule: { ...rule!, matterId: matter('A03').id } }
  assert.equal((await world.refusal(saveRule, 'rules', moved)).problem, 'matter.other-kind')
  assert.equal((await world.ask(listTasks, 'village', { originId: freshId() })).total, 0)
  assert.equal(
    (await world.ask(orderTask, 'village', order('A02', { taskKind: 'collect', object: 'house-rental' }))).tasks,
    1,
  )
})

test('what was turned away is counted with who asked, and read by the centre above and nobody beside', async () => {
  for (let n = 0; n < 3; n++) await world.refusal(orderTask, 'village', order('B01', { minutes: 200 }))
  const { refused, total } = await world.ask(listRefusedOrders, 'county', {})
  const long = refused.find((r) => r.minutes === 200)!
  assert.deepEqual(
    [long.door, long.matterCode, long.problem, long.times, long.byName !== ''],
    ['order', '000-B01', 'matter.more-minutes', 3, true],
  )
  assert.equal(
    total,
    refused.reduce((n, r) => n + r.times, 0),
  )
  assert.ok((await world.ask(listRefusedOrders, 'town', {})).total >= 3)
  assert.equal((await world.ask(listRefusedOrders, 'othervillage', {})).total, 0)
  const unknown = await world.refusal(orderTask, 'village', { ...order('B01'), matterId: freshId() })
  assert.equal(unknown.problem, 'matter.unknown')
  const after = (await world.ask(listRefusedOrders, 'county', {})).refused
  assert.equal(after.find((r) => r.problem === 'matter.unknown')?.matterCode, '')
})

test('a matter holds its owner, steps, effort, frequency, funding and basis, and stays as it was where a field is left out', async () => {
  const { isReconstructed: _r, setCode: _c, steps: _s, effort: _e, funding: _f, ...known } = matter('C01')
  const { taskKinds, objects: _o, version: _v, ...fields } = known
  const told = { steps: '先查通道，再查设施', effort: '每网格每月 4 小时', funding: '消防专项经费' }
  const saved = await world.ask(saveMatter, 'rules', { ...fields, ...told, version: 1 })
  assert.deepEqual([saved.steps, saved.effort, saved.funding], Object.values(told))
  assert.deepEqual(saved.taskKinds, taskKinds)
  const again = await world.ask(saveMatter, 'rules', { ...fields, version: 2, taskKinds: ['publicise'] })
  assert.deepEqual([again.steps, again.taskKinds], [told.steps, ['publicise']])
  assert.equal((await world.refusal(saveCampaign, 'village', campaign('C01', {}))).problem, 'matter.other-kind')
})

test('what an order adds to each worker is shown before it is given; too heavy a load needs a word, which is kept', async () => {
  const ask = { gridIds: [world.at['grid1']!], minutes: 60, toOn: '2026-03-08' }
  const first = await world.ask(weighOrder, 'village', ask)
  assert.deepEqual([first.tasks, first.workers.length, first.perWeek], [1, 1, 81])
  assert.equal(first.workers[0]!.after - first.workers[0]!.before, 81)
  const rota = async () => (await world.ask(getRota, 'village', {})).grids.find((g) => g.id === world.at['grid1'])!
  const before = await rota()
  const heavy = { minutes: 60, dueOn: '2026-03-08' }
  await world.ask(orderTask, 'village', order('B01', heavy))
  assert.equal((await rota()).asked - before.asked, 81, 'orders count')
  assert.equal((await rota()).ordered.tasks, before.ordered.tasks + 1)
  for (let n = 0; n < 20 && (await world.ask(weighOrder, 'village', ask)).heavy === 0; n++)
    await world.ask(orderTask, 'village', order('B01', heavy))
  const refused = await world.refusal(orderTask, 'village', order('B01', heavy))
  assert.deepEqual([refused.problem, refused['details']], ['order.too-heavy', { workers: 1 }])
  const given = order('B01', { ...heavy, heavyWord: '汛期值守，县里统一部署' })
  assert.equal((await world.ask(orderTask, 'village', given)).tasks, 1)
  const { rows } = await world.ask(listJournal, 'auditor', { fact: 'order.heavy', subject: given.id })
  assert.deepEqual(
    rows.map((r) => r.detail['word']),
    [given.heavyWord],
  )
})

test('whoever serves two grids is counted once, with one week for both', async () => {
  const { people, capacity, grids } = await world.ask(getRota, 'village', { hoursPerWeek: 20 })
  assert.equal(people, 2)
  assert.equal(
    capacity,
    grids.reduce((sum, g) => sum + g.capacity, 0),
  )
  assert.equal(capacity, 2 * 1200)
})
