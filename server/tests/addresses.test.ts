import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listBatches, type Batch } from '@fengge/domain/registry/bulk-contract'
import { saveRecord, searchRegistry } from '@fengge/domain/registry/contract'
import { listHeldEstates, settleEstate } from '@fengge/domain/registry/estates-contract'
import { getPlace } from '@fengge/domain/places/contract'
import { freshId } from '../src/kernel/fresh-id.ts'
import { runImports } from '../src/registry/bulk/import-turns.ts'
import { csv, numberOf, sendFile } from './import-files.ts'
import { openWorld, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

let sent = 0
/** A file of the village is taken in; how it ended, as its list says. */
async function take(kind: 'person' | 'house', rows: readonly (readonly (string | number)[])[]): Promise<Batch> {
  sent++
  const { id } = await sendFile(world, 'village', { name: `${sent}.csv`, bytes: csv(rows) }, { kind })
  return batchOf(id)
}
async function batchOf(id: string): Promise<Batch> {
  const { batches } = await world.ask(listBatches, 'village', {})
  return batches.find((b) => b.id === id)!
}
const told = ({ created, changed, same, faults, held }: Batch) => ({ created, changed, same, faults, held })
const housesFor = async (text: string) =>
  (await world.ask(searchRegistry, 'village', { text })).records.filter((r) => r.kind === 'house').map((r) => r.id)

test('houses written in other words are the houses that are there; no second estate is made of them', async () => {
  await take('house', [
    ['小区', '幢号', '单元', '室号'],
    ['阳光花园', 1, 1, 102],
    ['阳光花园', 1, 1, 103],
    ['阳光花园', 3, '', 102],
  ])
  const again = await take('house', [
    ['地址', '用途'],
    ['阳光花园小区1号楼1-102', '自住'],
    ['阳光花园一幢一单元一〇三室', '自住'],
    ['惠山大道18号阳光花园３＃１０２', '自住'],
  ])
  assert.deepEqual(told(again), { created: 0, changed: 0, same: 3, faults: 0, held: 0 })
  const [house, ...more] = await housesFor('阳光花园小区1号楼1-102')
  assert.ok(house && more.length === 0, 'the search reads it alike')
  assert.deepEqual(await housesFor('阳光花园一幢一单元一〇二室'), [house])
})

test('a home in a hamlet or along a road is a home; people of one address are housemates', async () => {
  const batch = await take('person', [
    ['姓名', '证件号码', '地址', '与房屋关系'],
    ['村一', numberOf(1), '新和村三组12号', '户主'],
    ['村二', numberOf(2), '新和村第3村民小组12号', '成员'],
    ['路一', numberOf(3), '惠山大道18-6号', '户主'],
  ])
  assert.deepEqual(told(batch), { created: 3, changed: 0, same: 0, faults: 0, held: 0 })
  assert.equal((await housesFor('新和村3组12号')).length, 1)
  const found = (await world.ask(searchRegistry, 'village', { text: '惠山大道18-6号' })).records
  assert.deepEqual(
    found.map((r) => r.name),
    ['惠山大道18-6号'],
  )
})

test('an estate near a known one waits for an answer: the same, and its rows go on; or another, and it is registered', async () => {
  const rows = [
    ['地址', '用途'],
    ['阳光苑1幢1单元102室', '出租'],
    ['阳光苑1幢1单元201室', '自住'],
    ['阳广花园7幢101室', '自住'],
    ['和平里2幢101室', '自住'],
  ]
  const batch = await take('house', rows)
  assert.deepEqual(told(batch), { created: 1, changed: 0, same: 0, faults: 3, held: 3 })
  assert.deepEqual(await housesFor('阳光苑1幢1单元201室'), [], 'nothing is made of it')
  const { estates } = await world.ask(listHeldEstates, 'village', { id: batch.id })
  assert.deepEqual(
    estates.map((e) => [e.written, e.rows, e.near.map((n) => n.name)]),
    [
      ['阳光苑', 2, ['阳光花园']],
      ['阳广花园', 1, ['阳光花园']],
    ],
  )
  const estateId = estates[0]!.near[0]!.id
  assert.equal((await world.refusal(settleEstate, 'worker', { id: batch.id, written: '阳光苑', estateId })).status, 403)
  assert.deepEqual(await world.ask(settleEstate, 'village', { id: batch.id, written: '阳光苑', estateId }), { rows: 2 })
  assert.deepEqual(await world.ask(settleEstate, 'village', { id: batch.id, written: '阳广花园', estateId: null }), {
    rows: 1,
  })
  await runImports(world.engine)
  assert.deepEqual(told(await batchOf(batch.id)), { created: 1, changed: 0, same: 0, faults: 0, held: 0 })
  assert.equal((await housesFor('阳光花园1幢1单元201室')).length, 1, 'it is one of the estate it is the same as')
  assert.equal((await housesFor('阳广花园7幢101室')).length, 1)
  assert.deepEqual(told(await take('house', rows)), { created: 0, changed: 0, same: 4, faults: 0, held: 0 })
  assert.equal(
    (await world.refusal(settleEstate, 'village', { id: batch.id, written: '阳光苑', estateId })).problem,
    'record.unknown',
    'an answer is given once',
  )
})

test('a room without its unit is the one room of that number; where there are several, the row goes back', async () => {
  const houses = (...texts: string[]) => [['地址', '用途'], ...texts.map((text) => [text, '自住'])]
  await take('house', houses('金桂花园5幢1单元301室', '金桂花园5幢2单元301室', '金桂花园5幢1单元302室'))
  const batch = await take('house', houses('金桂花园5-302', '金桂花园5-301'))
  assert.deepEqual(told(batch), { created: 0, changed: 0, same: 1, faults: 1, held: 0 })
})

test('rows that name no grid, nor a house in one, are counted for whoever sent them', async () => {
  const { code } = (await world.ask(getPlace, 'village', { id: world.at['grid1']! })).place
  const batch = await take('house', [
    ['地址', '网格编码'],
    ['锦绣家园1幢101室', code],
    ['锦绣家园2幢101室', ''],
    ['锦绣家园1幢102室', ''],
  ])
  assert.deepEqual([batch.created, batch.noGrid], [3, 1], 'a building that stands in a grid says it')
})

test('who registers an estate by hand is shown the like ones first, and never makes a known one again', async () => {
  const save = (name: string, isOther = false) => ({
    id: freshId(),
    kind: 'estate' as const,
    version: 0,
    placeId: world.at['village']!,
    values: { name, kind: 'estate' },
    isOther,
  })
  const known = await world.refusal(saveRecord, 'village', save('阳光花园小区', true))
  assert.equal(known.problem, 'estate.known')
  const close = await world.refusal(saveRecord, 'village', save('金桂家园'))
  assert.deepEqual(
    [close.problem, (close.details as { near: { name: string }[] }).near.map((n) => n.name)],
    ['estate.close', ['金桂花园']],
  )
  assert.equal((await world.ask(saveRecord, 'village', save('金桂家园', true))).version, 1)
})
