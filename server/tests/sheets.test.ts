/** Each role takes its own list with it: in words, marked, for a purpose, within its place, and in the journal. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { read as readWorkbook, utils } from '@e965/xlsx'
import { listJournal } from '@fengge/domain/audit/contract'
import { actEndpoints } from '@fengge/domain/events/contract/desk'
import { askEventExport, readEventExport } from '@fengge/domain/events/contract/exports'
import type { Endpoint } from '@fengge/domain/kernel/endpoint'
import { askExport, readExport } from '@fengge/domain/registry/bulk-contract'
import { exportCareDue, saveOverlay } from '@fengge/domain/registry/care/contract'
import { saveRecord } from '@fengge/domain/registry/contract'
import { exportRegister } from '@fengge/domain/registry/registers/contract'
import { listMatters } from '@fengge/domain/matters/contract'
import { exportCampaigns, exportTasks, saveCampaign } from '@fengge/domain/visits/contract/desk'
import { freshId } from '../src/kernel/fresh-id.ts'
import { openRegistry, type Registry } from './registry-world.ts'
import { office, type AskedOf, type Login, type World } from './world.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

/** Both sheets of a workbook: rows by their headings, and what it says of itself. */
function opened(raw: Buffer) {
  const { SheetNames, Sheets } = readWorkbook(raw)
  const [list, about] = SheetNames.map((name) => Sheets[name]!)
  const lines = utils.sheet_to_json<string[]>(about!, { header: 1 })
  return {
    rows: utils.sheet_to_json<Record<string, unknown>>(list!),
    about: Object.fromEntries(lines.map(([what, value]) => [what, value])) as Record<string, string | number>,
  }
}
async function taken<E extends Endpoint>(promise: E, login: Login, ask: AskedOf<E>) {
  const answer = await world.post(login, promise.path, { ...ask })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return { ...opened(answer.raw), name: decodeURIComponent(String(answer.headers['content-disposition'])) }
}
const purpose = '月度例会'

test('a department takes its own work list, and the file says by whom, when, what for and what was filtered', async () => {
  const [own, other] = [await world.report('worker', { categoryCode: '5002' }), await world.report('worker')]
  await world.ask(actEndpoints.dispatch, 'town', { eventId: own, version: 1, departmentId: office('town-works') })
  const id = freshId()
  const filter = { queue: 'to-handle', placeId: world.at['village']!, from: '2026-03-01' } as const
  assert.equal((await world.ask(askEventExport, 'works', { id, filter, purpose })).rows, 1)
  const { rows, about } = opened((await world.get('works', readEventExport.path, { id })).raw)
  const { no } = await world.see('works', own)
  assert.deepEqual(
    rows.map((row) => [row['编号'], row['状态']]),
    [[no, '待签收']],
  )
  assert.deepEqual(Object.keys(about), ['导出人', '导出时间', '用途', '筛选条件', '行数'])
  assert.match(String(about['筛选条件']), /^列表：待办理；区域：.+；上报日期自：2026-03-01$/)
  assert.deepEqual([about['用途'], about['行数'], about['导出人']], [purpose, 1, '演员works'])
  assert.ok(!rows.some((row) => row['编号'] === other))
})

test('tasks and results of campaigns leave in words, for a purpose, by whom they concern', async () => {
  const matter = (await world.ask(listMatters, 'rules', {})).matters.find((m) => m.code === '000-C02')!
  await world.ask(saveCampaign, 'village', {
    id: freshId(),
    matterId: matter.id,
    name: '=1+1出租房专项',
    placeId: world.at['village']!,
    selector: 'house-rental',
    formCode: 'rental',
    fromOn: '2026-03-02',
    toOn: '2026-03-20',
    minutes: 10,
  })
  const tasks = await taken(exportTasks, 'village', { purpose })
  assert.match(tasks.name, /任务清单-2026/)
  assert.deepEqual(
    tasks.rows.map((row) => [row['依据事项'], row['状态'], row['期限']]),
    [[matter.name, '待做', '2026-03-20']],
  )
  assert.equal(tasks.about['筛选条件'], '状态：待做')
  const results = await taken(exportCampaigns, 'village', { purpose })
  assert.deepEqual(
    results.rows.map((row) => [row['专项行动'], row['应走访'], row['完成率']]),
    [
      ['=1+1出租房专项', 1, '0%'],
      ['=1+1出租房专项', 1, '0%'],
    ],
    'its grid, and all; a name that begins like a formula stays a name',
  )
  assert.deepEqual((await taken(exportTasks, 'othervillage', { purpose })).rows, [], 'each his own')
  assert.equal((await world.refusal(exportTasks, 'village', { purpose: '' })).problem, 'ask.invalid')
  assert.equal((await world.refusal(exportTasks, 'works', { purpose })).problem, 'not-allowed')
  const { rows } = await world.ask(listJournal, 'auditor', { fact: 'tasks.exported' })
  const looked = rows.map((row) => row.detail['rows'])
  assert.deepEqual(
    looked.map(Number).toSorted((a, b) => a - b),
    [0, 1],
  )
  assert.deepEqual(rows[0]!.detail['filter'], { 状态: '待做' })
})

test('registers of shops and of estates without management leave with what is due and missing in words', async () => {
  const values = { name: '小王面馆', kind: 'shop' }
  const shop = { id: freshId(), kind: 'unit', version: 0, placeId: world.at['grid1']!, values } as const
  await world.ask(saveRecord, 'village', shop)
  const shops = await taken(exportRegister, 'village', { register: 'shops', purpose })
  assert.deepEqual(
    shops.rows.map((row) => row['名称']),
    ['小王面馆'],
  )
  assert.doesNotMatch(String(shops.rows[0]!['待补项目']), /[a-z]/i, 'fields by their names')
  const estates = await taken(exportRegister, 'village', { register: 'unmanaged-estates', purpose })
  assert.deepEqual(
    estates.rows.map((row) => row['名称']),
    ['阳光花园'],
  )
  assert.equal((await world.refusal(exportRegister, 'worker', { register: 'shops', purpose })).problem, 'not-allowed')
})

test('visits due to those cared for leave masked and without a reason, for their keeper alone', async () => {
  const personId = await r.person({ name: '欧阳被护' })
  const care = { kind: 'released', facts: '某年释放', visitDays: 10, endedOn: null } as const
  const overlay: AskedOf<typeof saveOverlay> = {
    ...care,
    cautions: ['in-pairs'],
    id: freshId(),
    personId,
    values: {},
    startedOn: '2026-02-01',
  }
  await world.ask(saveOverlay, 'keeper', overlay)
  await world.ask(saveOverlay, 'keeper', { ...overlay, id: freshId(), kind: 'drug', cautions: ['daytime'] })
  const { rows, name } = await taken(exportCareDue, 'keeper', { purpose })
  assert.deepEqual(
    rows.map((row) => [row['姓名'], row['应走访日期'], row['是否超期'], row['上门注意']]),
    [['欧**护', '2026-02-11', '超期', '两人同行、白天上门']],
  )
  assert.doesNotMatch(JSON.stringify([rows, name]), /释放|矫正|吸毒|戒毒|特殊|重点/)
  assert.equal((await world.refusal(exportCareDue, 'village', { purpose })).problem, 'not-allowed')
})

test('an export of records says on a sheet of its own what it holds', async () => {
  const id = freshId()
  await world.ask(askExport, 'village', { id, kind: 'house', placeId: world.at['grid1']!, purpose: '月度核对' })
  const { about, rows } = opened((await world.get('village', readExport.path, { id })).raw)
  assert.match(String(about['筛选条件']), /^内容：房屋；范围：.+/)
  assert.equal(rows.length, about['行数'])
})
