import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { read, utils } from '@e965/xlsx'
import { listBatches, undoBatch, type Batch } from '@fengge/domain/registry/bulk-contract'
import { getHousehold, searchRegistry } from '@fengge/domain/registry/contract'
import type { ownKinds } from '@fengge/domain/registry/documents/document-kinds'
import type { ImportKind } from '@fengge/domain/registry/terms'
import { tracePersons } from '@fengge/domain/registry/trace-contract'
import { csv, numberOf, sendFile } from './import-files.ts'
import { openWorld, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

type Rows = readonly (readonly (string | number)[])[]
async function take(kind: ImportKind, rows: Rows, mode: Batch['mode'] = 'good'): Promise<Batch> {
  const { id } = await sendFile(world, 'village', { name: `${kind}.csv`, bytes: csv(rows) }, { kind, mode })
  const { batches } = await world.ask(listBatches, 'village', {})
  return batches.find((b) => b.id === id)!
}
const told = ({ state, created, changed, same, faults }: Batch) => [state, created, changed, same, faults]
const undo = (batch: Batch) => world.ask(undoBatch, 'village', { id: batch.id, reason: '传错文件' })

const files: Readonly<Record<'estate' | 'building' | 'facility', { rows: Rows; later: Rows }>> = {
  estate: {
    rows: [
      ['名称', '类别', '有物业管理'],
      ['锦绣花园', '小区', '是'],
      ['文惠路', '道路', '否'],
      ['', '小区', '是'],
    ],
    later: [
      ['名称', '有物业管理'],
      ['锦绣花园小区', '否'],
      ['文惠路', '否'],
    ],
  },
  building: {
    rows: [
      ['小区', '幢号', '层数'],
      ['锦绣花园', '一号楼', 11],
      ['锦绣花园小区', '2', 11],
      ['', '3', 11],
    ],
    later: [
      ['小区', '幢号', '层数'],
      ['锦绣花园', '1幢', 12],
      ['锦绣花园', '2', 11],
    ],
  },
  facility: {
    rows: [
      ['名称', '类别', '位置'],
      ['1 幢电梯', '电梯', '锦绣花园'],
      ['东门充电点', '充电点', '锦绣花园'],
      ['', '电梯', '锦绣花园'],
    ],
    later: [
      ['名称', '类别', '位置', '责任单位'],
      ['1 幢电梯', '电梯', '锦绣花园', '锦绣物业'],
      ['东门充电点', '充电点', '锦绣花园', ''],
    ],
  },
}

test('estates, buildings and facilities come in by files: tried first, faults back, the same again changes nothing, undone whole', async () => {
  for (const kind of ['estate', 'building', 'facility'] as const) {
    const { rows, later } = files[kind]
    assert.deepEqual(told(await take(kind, rows, 'trial')), ['done', 2, 0, 0, 1], `${kind} on trial`)
    assert.deepEqual(told(await take(kind, rows, 'all')), ['refused', 0, 0, 0, 1], `${kind}, all or nothing`)
    const first = await take(kind, rows)
    assert.deepEqual(told(first), ['done', 2, 0, 0, 1], kind)
    assert.deepEqual(told(await take(kind, rows)), ['done', 0, 0, 2, 1], `${kind} again`)
    const second = await take(kind, later)
    assert.deepEqual(told(second), ['done', 0, 1, 1, 0], `${kind}, corrected`)
    assert.deepEqual(await undo(second), { removed: 0, restored: 1, kept: 0 }, kind)
    assert.equal((await undo(first)).removed, 2, kind)
    assert.equal((await take(kind, rows)).created, 2, `${kind} are gone by that`)
  }
})

test('people and houses that are registered are linked by a file; who or what is not there is said', async () => {
  await take('house', [
    ['地址', '用途'],
    ['锦绣花园5幢101室', '自住'],
  ])
  await take('person', [
    ['姓名', '证件号码', '手机'],
    ['连一', numberOf(61), '13812340061'],
    ['连二', '', '13812340062'],
  ])
  const rows = [
    ['姓名', '证件号码', '手机', '地址', '与房屋关系'],
    ['连一', numberOf(61), '', '锦绣花园小区5号楼101', '户主'],
    ['连二', '', '13812340062', '锦绣花园5-101', '成员'],
    ['连三', numberOf(63), '', '锦绣花园5-101', '成员'],
    ['连一', numberOf(61), '', '锦绣花园9-901', '房主'],
  ]
  const linked = await take('link', rows)
  assert.deepEqual(told(linked), ['done', 2, 0, 0, 2])
  const book = await world.get('village', '/api/registry/faults', { id: linked.id })
  const said = utils.sheet_to_json<string[]>(read(book.raw).Sheets['Sheet1']!, { header: 1 }).map((r) => r.at(-1))
  assert.deepEqual(said.slice(1), ['姓名：没有登记这个人，请先登记人员', '地址：没有登记这处房屋，请先登记房屋'])
  const [house] = (await world.ask(searchRegistry, 'village', { text: '锦绣花园5-101' })).records
  const living = async () => (await world.ask(getHousehold, 'village', { houseId: house!.id })).living.length
  assert.equal(await living(), 2)
  assert.deepEqual(told(await take('link', rows)), ['done', 0, 0, 2, 2])
  assert.equal((await undo(linked)).removed, 2)
  assert.equal(await living(), 0)
})

test('people with passports and permits come in by files: read by their document, sealed, found by the number, the same again nobody new', async () => {
  const rows = [
    ['姓名', '人口类别', '证件类型', '证件号码'],
    ['安德烈', '境外', '护照', 'fr 8812399'],
    ['何港归', '境外', '港澳居民来往内地通行证', 'H12345678'],
    ['林台生', '境外', '台湾居民来往大陆通行证', '12345678'],
    ['永居一', '境外', '外国人永久居留身份证', 'FRA310012345678'],
    ['错证件', '境外', '港澳居民来往内地通行证', 'E8812399'],
    ['没证件', '流动', '', '无'],
  ]
  assert.deepEqual(told(await take('person', rows)), ['done', 5, 0, 0, 1])
  assert.deepEqual(told(await take('person', rows)), ['done', 0, 0, 5, 1], 'the same again')
  const found = async (text: string) =>
    (await world.ask(searchRegistry, 'village', { text })).records.map((x) => x.name)
  assert.deepEqual(
    [await found('FR8812399'), await found('h12345678'), await found('FRA310012345678')],
    [['安德烈'], ['何港归'], ['永居一']],
  )
  const why = { purpose: 'event', note: '核实报事人的住处' } as const
  const traced = async (idKind: (typeof ownKinds)[number], text: string) =>
    (await world.ask(tracePersons, 'county', { text, idKind, ...why })).persons.map((p) => p.name)
  assert.deepEqual(
    [await traced('passport', 'FR8812399'), await traced('tw-permit', '12345678')],
    [['安德烈'], ['林台生']],
  )
  assert.deepEqual(await traced('other', '12345678'), [], 'the same signs on another document are somebody else')
  const wrong = { text: 'E8812399', idKind: 'hm-permit', ...why } as const
  assert.equal((await world.refusal(tracePersons, 'county', wrong)).problem, 'trace.unclear')
})

test('each kind has its template, and a file without a row is said to be empty', async () => {
  const heads: Readonly<Record<string, string>> = {
    estate: '名称',
    building: '小区',
    facility: '位置',
    link: '与房屋关系',
    person: '证件类型',
  }
  for (const [kind, head] of Object.entries(heads)) {
    const template = await world.get('village', '/api/registry/template', { kind })
    const [first] = utils.sheet_to_json<string[]>(read(template.raw).Sheets['Sheet1']!, { header: 1 })
    assert.ok(first!.includes(head), `${kind}: ${String(first)}`)
  }
  const empty = await take('estate', [['名称', '类别']])
  assert.deepEqual([empty.state, empty.problem], ['failed', 'file.empty'])
})
