import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import iconv from 'iconv-lite'
import { read, utils, write } from '@e965/xlsx'
import * as c from '@fengge/domain/registry/bulk-contract'
import { listJournal } from '@fengge/domain/audit/contract'
import { saveRecord, searchRegistry } from '@fengge/domain/registry/contract'
import { openDatabase, type Database } from '../src/kernel/db/pool.ts'
import { rowOf, rowsOf, run, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { beginBatch } from '../src/registry/bulk/store/batches.ts'
import { subjectsInUse } from '../src/visits/door.ts'
import { importJob as jobOf } from '../src/registry/bulk/routes.ts'
import { runImports } from '../src/registry/bulk/import-turns.ts'
import { batchOf, countLive, csv, header, importFile, numberOf, sendFile } from './import-files.ts'
import { county, openWorld, type Login, type World } from './world.ts'

let world: World
let owner: Database
before(async () => {
  world = await openWorld()
  owner = openDatabase(world.ownerUrl, 2)
})
after(async () => {
  await owner.close()
  await world.close()
})

const send = (login: Login, name: string, bytes: Buffer, how: Parameters<typeof sendFile>[3] = {}) =>
  sendFile(world, login, { name, bytes }, how)
const take = async (name: string, bytes: Buffer, how: Parameters<typeof sendFile>[3] = {}) =>
  importFile(world, 'village', { name, bytes }, how)
const count = (kind: string) => countLive(world, kind)
const gridCode = async () =>
  (await rowOf<{ code: string }>(
    world.engine.database.read,
    sql`select code from places.place where id = ${world.at['grid1']}`,
  ))!.code

test('a file in GBK below a title row comes in; the same again changes nothing; a corrected one changes what differs', async () => {
  const grid = await gridCode()
  const rows = (phone: string) => [
    ['惠山区某社区实有人口登记表', '', '', '', '', ''],
    header,
    ['张一', numberOf(1), '13812340001', '阳光花园1幢2单元301室', '户主', grid],
    ['张二', numberOf(2), phone, '阳光花园1幢2单元301室', '成员', grid],
    ['张三', `${numberOf(3).slice(0, 6)}${numberOf(3).slice(8, 17)}`, '', '阳光花园1-2-302', '户主', grid],
  ]
  const first = await take('人口.csv', iconv.encode(csv(rows('13812340002')), 'gb18030'))
  assert.deepEqual([first.state, first.rows, first.created, first.faults], ['done', 3, 3, 0], JSON.stringify(first))
  assert.deepEqual(
    [await count('person'), await count('house'), await count('building'), await count('estate')],
    [3, 2, 1, 1],
  )
  const again = await take('人口.csv', iconv.encode(csv(rows('13812340002')), 'gb18030'))
  assert.deepEqual([again.created, again.changed, again.same], [0, 0, 3])
  const mended = await take('人口.csv', Buffer.from(`\ufeff${csv(rows('13812349999'))}`))
  assert.deepEqual([mended.created, mended.changed, mended.same], [0, 1, 2])
  assert.deepEqual(
    [await count('person'), (await rowsOf(world.engine.database.read, sql`select 1 from registry.link`)).length],
    [3, 3],
  )
  assert.deepEqual(
    await rowsOf(world.engine.database.read, sql`select name from registry.estate`),
    [{ name: '阳光花园' }],
    'as it was written',
  )
  const lead = await rowsOf<{ grid_id: string }>(world.engine.database.read, sql`select grid_id from registry.person`)
  assert.ok(lead.every((r) => r.grid_id === world.at['grid1']))
})

test('faults are named by row and column, come back as a workbook, and mended rows load', async () => {
  const grid = await gridCode()
  const bad = numberOf(20).slice(0, 17) + (numberOf(20)[17] === '1' ? '2' : '1')
  const bytes = Buffer.from(
    csv([
      header,
      ['李一', numberOf(21), '13812340021', '', '户主', grid],
      ['李二', bad, '12', '', '户主', grid],
      ['', numberOf(22), '', '', '户主', grid],
      ['李四', numberOf(21), '', '', '户主', grid],
      ['李五', '', '', '某处', '皇帝', '999999999999'],
      ['李六', numberOf(26), '=1+1', '', '户主', grid],
    ]),
  )
  const all = await take('a.csv', bytes, { mode: 'all' })
  assert.deepEqual([all.state, all.faults, all.created], ['refused', 5, 0], 'all or nothing')
  const trial = await take('a.csv', bytes, { mode: 'trial' })
  assert.deepEqual([trial.state, trial.faults, trial.created], ['done', 5, 1])
  const before_ = await count('person')
  const sent = await send('village', 'a.csv', bytes)
  const good = await batchOf(world, sent.id)
  assert.deepEqual([good.state, good.faults, good.created], ['done', 5, 1])
  assert.equal(await count('person'), before_ + 1)
  const book = await world.get('village', '/api/registry/faults', { id: sent.id })
  const cells = utils.sheet_to_json<string[]>(read(book.raw).Sheets['Sheet1']!, { header: 1 })
  assert.deepEqual(cells[0]!.slice(0, 3), ['姓名', '身份证号', '手机'])
  const said = cells.slice(1).map((r) => r.at(-1)!)
  assert.match(said[0]!, /证件号码：证件号码校验位不对；联系电话：电话有误/)
  assert.match(said[1]!, /姓名：必填/)
  assert.match(said[2]!, /重复/)
  assert.match(said[3]!, /网格编码不存在/)
  assert.match(said[4]!, /公式/)
  const text = JSON.stringify(
    await rowsOf(
      world.engine.database.read,
      sql`select f::text as x from registry.batch_fault f union all select b::text from registry.batch b`,
    ),
  )
  assert.ok(!text.includes(bad), 'what could not be taken is kept sealed')
  const mended = cells.map((r, i) => (i === 1 ? ['李二', numberOf(20), '13812340020', ...r.slice(3)] : r)).slice(0, 2)
  const xlsx = write(
    { SheetNames: ['Sheet1'], Sheets: { Sheet1: utils.aoa_to_sheet(mended) } },
    { type: 'buffer', bookType: 'xlsx' },
  ) as Buffer
  assert.equal((await take('改好.xlsx', xlsx)).created, 1)
})

test('taken whole or not at all, a file changes what is there as it does taken row by row', async () => {
  const grid = await gridCode()
  const rows = (phone: string) => Buffer.from(csv([header, ['王改号', numberOf(61), phone, '', '户主', grid]]))
  assert.equal((await take('a.csv', rows('13812340061'), { mode: 'all' })).created, 1)
  const again = await take('b.csv', rows('13812340062'), { mode: 'all' })
  assert.deepEqual([again.state, again.created, again.changed, again.same], ['done', 0, 1, 0])
})

test('a whole import is undone: what it added goes, what it changed is as before, what people built on stays', async () => {
  const grid = await gridCode()
  const state = () =>
    rowsOf(world.engine.database.read, sql`select id, name, body, state from registry.person order by id`)
  const first = await send(
    'village',
    'a.csv',
    Buffer.from(
      csv([
        header,
        ['周一', numberOf(31), '13812340031', '柳岸新村2幢101室', '户主', grid],
        ['周二', numberOf(32), '', '', '户主', grid],
      ]),
    ),
  )
  const was = await state()
  const second = await send(
    'village',
    'b.csv',
    Buffer.from(
      csv([
        header,
        ['周一改', numberOf(31), '', '', '户主', grid],
        ['周三', numberOf(33), '', '柳岸新村2幢102室', '承租人', grid],
      ]),
    ),
  )
  assert.deepEqual([(await batchOf(world, second.id)).created, (await batchOf(world, second.id)).changed], [1, 1])
  const undone = await world.ask(c.undoBatch, 'village', {
    id: second.id,
    reason: '传错文件',
  })
  assert.deepEqual(undone, { removed: 1, restored: 1, kept: 0 })
  assert.deepEqual(await state(), was)
  const kept = (await world.post('village', searchRegistry.path, { text: '周二' })).body.records[0]
  await world.ask(saveRecord, 'worker', { id: kept.id, kind: 'person', version: 1, values: { remark: '已核实' } })
  const third = await world.ask(c.undoBatch, 'village', {
    id: first.id,
    reason: '再撤',
  })
  assert.deepEqual([third.removed, third.kept >= 1], [1, true], JSON.stringify(third))
  assert.equal(
    (await world.refusal(c.undoBatch, 'village', { id: first.id, reason: '再撤' })).problem,
    'change.not-undoable',
  )
})

test('files that are not what they say, bombs, headless tables and wide rows get their clear answer', async () => {
  assert.equal((await send('village', 'a.xlsx', Buffer.from('not a zip'))).status, 415)
  assert.equal((await send('village', 'a.exe', Buffer.from('MZ'))).status, 415)
  assert.equal((await send('worker', 'a.csv', Buffer.from('x'))).status, 403)
  const bomb = Buffer.concat([
    Buffer.from([0x50, 0x4b, 3, 4]),
    Buffer.from('PK\u0001\u0002', 'latin1'),
    Buffer.alloc(20),
    Buffer.from([0xff, 0xff, 0xff, 0x7f]),
    Buffer.alloc(40),
  ])
  assert.equal((await take('bomb.xlsx', bomb)).problem, 'file.broken', 'sizes that a file declares are not believed')
  const headless = await take('a.csv', Buffer.from('1,2,3\n4,5,6\n'))
  assert.deepEqual([headless.state, headless.problem], ['failed', 'import.no-header'])
  const wide = [
    [...header, ...Array.from({ length: 200 }, (_, i) => `列${i}`)],
    ['吴一', numberOf(41), '', '', '户主', await gridCode(), ...Array.from({ length: 200 }, () => 'x')],
  ]
  assert.equal((await take('a.csv', Buffer.from(csv(wide)))).created, 1, 'columns that mean nothing are passed over')
  const sheet = utils.aoa_to_sheet([
    ['社区人口表', '', ''],
    ['基本信息', '', '联系'],
    ['姓名', '身份证号', '手机'],
    ['合并人', numberOf(42), '13812340042'],
  ])
  sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 2 } }]
  assert.equal(
    (
      await take(
        'm.xlsx',
        write({ SheetNames: ['x'], Sheets: { x: sheet } }, { type: 'buffer', bookType: 'xlsx' }) as Buffer,
      )
    ).created,
    1,
    'merged cells and two header rows',
  )
})

test('people of whom nothing but the name is known come in once, however often the file is sent', async () => {
  const bytes = Buffer.from(`姓名,地址\n无号一,文汇苑1幢101室\n无号二,\n`)
  const first = await take('n.csv', bytes),
    again = await take('n.csv', bytes)
  assert.deepEqual([first.created, again.created, again.same], [2, 0, 2])
})

test('templates carry their drop-downs; houses and units come in by kind', async () => {
  const template = await world.get('village', '/api/registry/template', { kind: 'house' })
  const sheet = read(template.raw).Sheets['Sheet1']!
  assert.ok(utils.sheet_to_json<string[]>(sheet, { header: 1 })[0]!.includes('用途'))
  const houses = await take(
    'h.csv',
    Buffer.from(
      '小区,幢号,单元,室号,用途,面积\n和平里,5,1,101,出租,60\n和平里,5幢,1,102,自住,80\n和平里,5,1,101,出租,60\n',
    ),
    { kind: 'house' },
  )
  assert.deepEqual([houses.created, houses.faults], [2, 1])
  const units = await take(
    'u.csv',
    Buffer.from('单位名称,类别,统一社会信用代码,从业人数\n某厂,企业,91350100M000100Y43,12\n某店,沿街商铺,,2\n'),
    { kind: 'unit' },
  )
  assert.equal(units.created, 2)
})

test('an export asks for a purpose, a second person above two hundred rows, and carries its mark', async () => {
  const rows = [
    header,
    ...Array.from({ length: 205 }, (_, i) => [
      `郑${String.fromCodePoint(0x4e00 + i)}`,
      numberOf(500 + i),
      '13812340500',
      '',
      '户主',
      '',
    ]),
  ]
  await send('village', 'many.csv', Buffer.from(csv(rows)))
  const id = freshId()
  const placeId = world.at['village']!
  const asked = await world.ask(c.askExport, 'village', { id, kind: 'person', placeId, purpose: '年度核对台账' })
  assert.equal(asked.state, 'asked')
  assert.equal((await world.get('village', '/api/registry/export', { id })).body.problem, 'export.not-agreed')
  await world.ask(c.decideExport, 'chief', { id, isAgreed: true })
  const file = await world.get('village', '/api/registry/export', { id })
  const book = read(file.raw)
  const cells = utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1 })
  assert.ok(cells.length > 200)
  assert.match(String(cells[1]!.at(-1)), /演员village .*仅用于：年度核对台账/)
  assert.ok(!JSON.stringify(cells).includes(numberOf(500)), 'masked on the screen is masked in the file')
  world.clock.pass(8 * 86_400_000)
  await world.wake()
  assert.equal((await world.get('village', '/api/registry/export', { id })).body.problem, 'export.expired')
  const foreign = { id: freshId(), kind: 'person', placeId, purpose: '看看别人' } as const
  assert.equal((await world.refusal(c.askExport, 'othervillage', foreign)).status, 404)
})

test('a file during which the server ended again and again is not begun once more', async () => {
  const { id } = await sendFile(world, 'village', { name: 'a.csv', bytes: `姓名,证件号码\n反复,${numberOf(990)}\n` })
  const batch = { county_code: county, id }
  for (let starts = 0; starts < 5; starts++) await world.engine.database.write((tx) => beginBatch(tx, batch))
  await runImports(world.engine)
  const { state, problem } = await batchOf(world, id)
  assert.deepEqual([state, problem], ['failed', 'import.broken-off'])
})

const bring = async (rows: readonly (readonly string[])[]): Promise<string> =>
  (await send('village', 'a.csv', Buffer.from(csv([header, ...rows])))).id
const seen = async (id: string) =>
  (await world.ask(c.listBatches, 'village', {})).batches.find((batch) => batch.id === id)!
const undonesOf = async (id: string) =>
  (await world.ask(listJournal, 'auditor', { fact: 'registry.batch-undone' })).rows.filter((e) => e.subject === id)

/** No house can go: a way back ends in the middle, as it does with a server that is killed. @returns what lets them go again */
async function breakAtHouses(): Promise<() => Promise<void>> {
  await owner.write(async (tx) => {
    await run(
      tx,
      sql`
        create function broken_off() returns trigger language plpgsql as $$ begin raise exception 'broken off'; end $$
      `,
    )
    await run(tx, sql`create trigger broken before delete on registry.house for each row execute function broken_off()`)
  })
  return () => owner.write(async (tx) => void (await run(tx, sql`drop function broken_off() cascade`)))
}

test('an import is taken back two hundred rows at a time, and says what came of it', async () => {
  const grid = await gridCode()
  const people = (mark: string) =>
    Array.from({ length: 210 }, (_, i) => [`钱某${mark}`, numberOf(100 + i), '', '', '', grid])
  await bring(people(''))
  const id = await bring(people('改'))
  assert.equal((await seen(id)).changed, 210)
  const ask = { requestId: freshId(), id, reason: '传错文件' }
  const undone = await world.ask(c.undoBatch, 'village', ask)
  assert.deepEqual(undone, { removed: 0, restored: 210, kept: 0 })
  assert.deepEqual(await world.ask(c.undoBatch, 'village', ask), undone, 'the same request has its answer')
  const pieces = await rowOf<{ n: number }>(
    world.engine.database.read,
    sql`select count(distinct wrote_in::text)::int as n from registry.person where name = '钱某'`,
  )
  assert.equal(pieces!.n, 2)
  const { state, restored } = await seen(id)
  assert.deepEqual([state, restored, (await undonesOf(id)).length], ['undone', 210, 1])
})

test('one that broke off half way is told with its progress, and goes on by itself, each row once', async () => {
  const grid = await gridCode()
  const id = await bring([
    ['赵一', numberOf(431), '13812340431', '柳浪新村2幢101室', '户主', grid],
    ['赵二', numberOf(432), '', '柳浪新村2幢102室', '户主', grid],
  ])
  const [people, houses] = [await countLive(world, 'person'), await countLive(world, 'house')]
  const letGo = await breakAtHouses()
  const ask = { id, reason: '传错文件' }
  assert.equal((await world.refusal(c.undoBatch, 'village', ask)).status, 500)
  const half = await seen(id)
  assert.deepEqual([half.state, half.removed], ['undoing', 2])
  assert.deepEqual([await countLive(world, 'person'), await countLive(world, 'house')], [people - 2, houses])
  await letGo()
  await jobOf(subjectsInUse).run(world.engine)
  assert.equal((await seen(id)).state, 'undoing', 'whoever is at it is left alone for a minute')
  world.clock.at(new Date(world.clock.now() + 61_000).toISOString())
  await jobOf(subjectsInUse).run(world.engine)
  const { state, removed, kept } = await seen(id)
  assert.deepEqual([state, removed, kept], ['undone', 2, 0])
  assert.equal(await countLive(world, 'house'), houses - 2)
  assert.equal((await undonesOf(id)).length, 1)
  assert.equal((await world.refusal(c.undoBatch, 'village', ask)).problem, 'change.not-undoable')
})

test('whoever serves elsewhere by now takes no import back where he served', async () => {
  const bytes = '名称,类型\n撤回花园,小区\n'
  const { id } = await sendFile(world, 'village', { name: 'a.csv', bytes }, { kind: 'estate', mode: 'good' })
  assert.equal((await batchOf(world, id)).state, 'done')
  const undo = () => world.post('village', '/api/registry/undo-batch', { requestId: freshId(), id, reason: '撤回' })
  const serveAt = async (place: string) => {
    const account = sql`(select id from identity.account where login = 'village')`
    await world.engine.database.write((tx) =>
      run(
        tx,
        sql`update identity.posting set place_id = ${world.at[place]!} where account_id = ${account} and department_id is null`,
      ),
    )
    world.engine.sessions.forget()
  }
  await serveAt('otherVillage')
  const refused = await undo()
  await serveAt('village')
  assert.deepEqual([refused.status, refused.body.problem], [404, 'record.unknown'])
  assert.equal((await undo()).status, 200)
})
