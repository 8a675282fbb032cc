import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { read, utils, write } from '@e965/xlsx'
import { identityCheck } from '@fengge/domain/kernel/checksum'
import { freshId } from '../server/src/kernel/fresh-id.ts'
import { runImports } from '../server/src/registry/bulk/import-turns.ts'
import type { Login } from '../server/tests/world.ts'
import { findFaults, hasBrowser, openStage, why, type Stage } from './stage.ts'

let stage: Stage
let house: string
const folder = mkdtempSync(join(tmpdir(), 'fengge-e2e-'))
const numberOf = (seq: number) => {
  const b = `99000119900304${String(seq).padStart(3, '0')}`
  return b + identityCheck(b)
}
const save = async (kind: string, values: object, more: object = {}, login: Login = 'village') => {
  const answer = await stage.world.post(login, '/api/registry/save', {
    requestId: freshId(),
    id: freshId(),
    kind,
    version: 0,
    values,
    placeId: stage.world.at['grid1'],
    ...more,
  })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.id as string
}

before(async () => {
  if (!hasBrowser) return
  stage = await openStage()
  const estate = await save('estate', { name: '阳光花园', kind: 'estate', hasProperty: false })
  const building = await save('building', { no: '3', floors: 6 }, { parentId: estate })
  for (const [floor, room] of [
    [1, '101'],
    [1, '102'],
    [2, '201'],
    [5, '502'],
  ] as const)
    await save('house', { unitNo: '2', roomNo: room, floor, use: 'self' }, { parentId: building })
  house = await save(
    'house',
    { unitNo: '2', roomNo: '501', floor: 5, use: 'rental', areaM2: 40, rooms: 2 },
    { parentId: building },
  )
})
after(async () => {
  await stage?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a household is collected on the phone in few taps, and shown to the desk', { skip: why }, async () => {
  const phone = await stage.page('worker', '/field/#grid', 'phone')
  await phone.getByRole('link', { name: /3 幢/ }).click()
  await stage.shot(phone, 'phone-building')
  await phone.getByRole('link', { name: /501/ }).click()
  await phone.getByRole('button', { name: '新来了人' }).click()
  await phone.getByLabel('姓名').fill('王小芳')
  await phone.getByLabel(/证件号码/).fill(numberOf(1).replace(/.$/, numberOf(1).endsWith('1') ? '2' : '1'))
  await phone.getByRole('button', { name: '保存' }).click()
  await phone.getByRole('alert').filter({ hasText: '校验位' }).waitFor()
  await stage.shot(phone, 'phone-person-fault')
  await phone.getByLabel(/证件号码/).fill(numberOf(1))
  await phone.getByLabel(/联系电话/).fill('19912345678')
  await phone.getByRole('button', { name: '保存' }).click()
  await phone.getByText('王小芳').waitFor()
  await phone.getByLabel('还缺：户籍地').fill('安徽省阜阳市')
  await phone.getByRole('button', { name: '补上' }).click()
  await phone.getByLabel('还缺：户籍地').waitFor({ state: 'detached' })
  await phone.getByRole('button', { name: '问过了，没有变化' }).click()
  await phone.getByRole('status').filter({ hasText: '已确认' }).waitFor()
  await stage.shot(phone, 'phone-household')
  assert.deepEqual(await findFaults(phone), [])
  assert.ok(!(await phone.content()).includes(numberOf(1)), 'the number is masked')
  const desk = await stage.page('village', `/console/registry/house/${house}`)
  await desk.getByRole('heading', { name: /阳光花园3幢2单元501室/ }).waitFor()
  await desk.getByRole('heading', { name: /王小芳/ }).waitFor()
  await stage.shot(desk, 'console-household-masked')
  await desk
    .getByRole('button', { name: '查 看' })
    .or(desk.getByRole('button', { name: '查看' }))
    .first()
    .click()
  await desk.getByLabel('事由').fill('核对租约')
  await desk
    .getByRole('dialog')
    .getByRole('button', { name: /查\s*看/ })
    .click()
  await desk.getByText(numberOf(1)).or(desk.getByText('19912345678')).first().waitFor()
  await desk.getByRole('dialog').waitFor({ state: 'detached' })
  await stage.shot(desk, 'console-household')
  assert.deepEqual(await findFaults(desk), [])
  const en = await stage.page('village', '/console/registry', 'desk', 'en')
  await en.getByRole('tab', { name: 'Buildings' }).waitFor()
  await stage.shot(en, 'console-registry-en')
  assert.deepEqual(await findFaults(en), [])
})

test(
  'somebody registered in another grid is asked for at the door, and his own desk agrees',
  { skip: why },
  async () => {
    const idNo = numberOf(31)
    await save('person', { name: '韩搬来', kind: 'floating', idNo, phone: '19900000031' })
    const estate = await save('estate', { name: '湖滨新村', kind: 'estate' }, { placeId: stage.world.at['grid2'] })
    const building = await save('building', { no: '7', floors: 6 }, { parentId: estate })
    await save('house', { roomNo: '701', floor: 7, use: 'rental' }, { parentId: building })
    const phone = await stage.page('worker2', '/field/#grid', 'phone')
    await phone.getByRole('link', { name: /7 幢/ }).click()
    await phone.getByRole('link', { name: /701/ }).click()
    await phone.getByRole('button', { name: '新来了人' }).click()
    await phone.getByLabel('姓名').fill('韩搬来')
    await phone.getByLabel(/证件号码/).fill(idNo)
    await phone.getByText('此人在别处已有登记').waitFor()
    await stage.shot(phone, 'phone-elsewhere')
    assert.deepEqual(await findFaults(phone), [])
    await phone.getByRole('button', { name: '发出核实请求' }).click()
    await phone.getByRole('status').filter({ hasText: '已请其所在社区核实' }).waitFor()
    const desk = await stage.page('village', '/console/registry?tab=requests')
    await desk.getByRole('button', { name: /^同\s*意$/ }).waitFor()
    await stage.shot(desk, 'console-move-in')
    assert.deepEqual(await findFaults(desk), [])
    await desk.setViewportSize({ width: 360, height: 740 })
    await stage.shot(desk, 'console-move-in-narrow')
    await desk.setViewportSize({ width: 1440, height: 900 })
    await desk.getByRole('button', { name: /^同\s*意$/ }).click()
    await desk.getByRole('dialog').waitFor()
    await stage.shot(desk, 'console-move-in-agree')
    await desk
      .getByRole('dialog')
      .getByRole('button', { name: /^同\s*意$/ })
      .click()
    await desk.getByText('已同意').or(desk.getByText('没有入住核实请求')).first().waitFor()
  },
)

test('a duplicate is merged side by side, and taken apart again from the history', { skip: why }, async () => {
  // Written by the worker: of what somebody wrote down himself no number tells him anything.
  const add = async (values: object) =>
    save('person', { name: '李重复', phone: '19900001111', ...values }, {}, 'worker')
  const a = await add({ kind: 'resident', born: '1980-05-06' })
  await add({ kind: 'floating', remark: '第二次登记' })
  const desk = await stage.page('village', '/console/registry?tab=doubles')
  const pair = desk.getByRole('region', { name: '李重复 / 李重复' })
  await pair.waitFor()
  await stage.shot(desk, 'console-duplicates')
  assert.deepEqual(await findFaults(desk), [])
  await pair.getByRole('button', { name: '是同一人，合并' }).click()
  await desk.getByText('已合并，可在历史中拆开').waitFor()
  const merged = (await stage.world.get('village', '/api/registry/doubles')).body.pairs.length
  assert.equal(merged, 0)
  const live = [
    a,
    ...(await stage.world.post('village', '/api/registry/search', { text: '李重复' })).body.records.map(
      (r: { id: string }) => r.id,
    ),
  ].at(-1)!
  await desk.goto(`${stage.url}/console/registry/record/${live}`)
  await desk
    .getByRole('row')
    .filter({ hasText: '合并' })
    .getByRole('button', { name: /撤\s*回/ })
    .click()
  await desk.getByRole('dialog').getByLabel('理由').fill('弄错了')
  await desk
    .getByRole('dialog')
    .getByRole('button', { name: /撤\s*回/ })
    .click()
  await desk.getByRole('row').filter({ hasText: '拆开' }).waitFor()
  await stage.shot(desk, 'console-history')
  assert.equal((await stage.world.post('village', '/api/registry/search', { text: '李重复' })).body.records.length, 2)
})

test('an import is tried, its faulty rows come back as a workbook, and load when mended', { skip: why }, async () => {
  const file = join(folder, '人口.csv')
  writeFileSync(
    file,
    `姓名,身份证号,手机,人口类别\n周一,${numberOf(21)},19900000021,流动\n周二,${numberOf(22).slice(0, 17)}${numberOf(22).endsWith('5') ? '6' : '5'},19900000022,流动\n`,
  )
  const desk = await stage.page('village', '/console/registry?tab=imports')
  const send = async (path: string, mode: string) => {
    await desk.getByText(mode, { exact: true }).first().click()
    const sent = desk.waitForResponse((r) => r.url().endsWith('/api/registry/import'))
    await desk.getByLabel('导入文件').setInputFiles(path)
    await sent
    await runImports(stage.world.engine)
    await desk.reload()
  }
  await send(file, '只导入正确的行')
  await desk.getByText('2 行：新增 1，更新 0，相同 0，有误 1').waitFor()
  await stage.shot(desk, 'console-imports')
  assert.deepEqual(await findFaults(desk), [])
  const waiting = desk.waitForEvent('download')
  await desk.getByRole('link', { name: '下载待改行' }).click()
  const book = read(readFileSync(await (await waiting).path()))
  const cells = utils.sheet_to_json<string[]>(book.Sheets['Sheet1']!, { header: 1 })
  assert.match(cells[1]!.at(-1)!, /校验位不对/)
  cells[1]![1] = numberOf(22)
  const mended = join(folder, '改好.xlsx')
  writeFileSync(
    mended,
    write(
      { SheetNames: ['Sheet1'], Sheets: { Sheet1: utils.aoa_to_sheet(cells) } },
      { type: 'buffer', bookType: 'xlsx' },
    ) as Buffer,
  )
  await send(mended, '全部正确才导入')
  await desk.getByText('1 行：新增 1，更新 0，相同 0，有误 0').waitFor()
})

test('two ledgers are compared, and a doubtful pair is judged side by side', { skip: why }, async () => {
  const people = Array.from({ length: 60 }, (_, i) => ({
    name: `孙${String.fromCodePoint(0x4f00 + i * 3)}${String.fromCodePoint(0x5f00 + i * 5)}`,
    id: numberOf(300 + i),
    phone: `1990000${String(2000 + i)}`,
  }))
  writeFileSync(
    join(folder, 'a.csv'),
    `姓名,身份证号,手机,地址\n${people.map((p, i) => `${p.name},${i === 7 ? '' : p.id},${i === 7 ? '' : p.phone},`).join('\n')}\n`,
  )
  writeFileSync(
    join(folder, 'b.csv'),
    `承租人,证件号码,联系电话,房屋地址\n${people.map((p, i) => `${p.name},${i === 7 ? '' : p.id},,阳光花园3幢${i % 2 === 0 ? '501' : '101'}`).join('\n')}\n`,
  )
  const desk = await stage.page('village', '/console/registry?tab=ledgers')
  await desk.getByLabel('用工台账').setInputFiles(join(folder, 'a.csv'))
  await desk.getByLabel('租房台账').setInputFiles(join(folder, 'b.csv'))
  await desk.getByRole('button', { name: '开始比对' }).click()
  await desk.getByText(/已对上 \d+/).waitFor()
  await desk.getByText(/已对上 \d+/).click()
  await desk.getByText('相同且校验通过').first().waitFor()
  await desk.getByRole('button', { name: '是同一人', exact: true }).first().click()
  await desk.getByText('已认定同一人').first().waitFor()
  await stage.shot(desk, 'console-ledgers')
  assert.deepEqual(await findFaults(desk), [])
  await desk.getByRole('tab', { name: '构成' }).click()
  await desk.getByText('实有人口').first().waitFor()
  await stage.shot(desk, 'console-figures')
  const building = (await stage.world.get('village', '/api/registry/household', { houseId: house })).body.building.id
  await desk.goto(`${stage.url}/console/registry/building/${building}`)
  await desk.getByRole('link', { name: /501/ }).waitFor()
  await stage.shot(desk, 'console-building')
  assert.deepEqual(await findFaults(desk), [])
})
