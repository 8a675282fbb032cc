import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { read, utils } from '@e965/xlsx'
import fc from 'fast-check'
import { readFaults } from '@fengge/domain/registry/bulk-contract'
import { rowsOf, sql } from '../src/kernel/db/sql.ts'
import { batchOf, countLive, csv, header, importFile, numberOf, sendFile, type Ended } from './import-files.ts'
import { openWorld, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const counts = (b: Ended) => ({ created: b.created, changed: b.changed, same: b.same, faults: b.faults })
const take = (rows: readonly (readonly (string | number)[])[]) =>
  importFile(world, 'village', { name: '人口.csv', bytes: csv(rows) })

test('three thousand people of a few names, with nothing but an address, come in as three thousand', async () => {
  const surnames = ['王', '李', '张', '刘', '陈', '杨']
  const given = ['伟', '芳', '娜', '敏', '静']
  const rows = Array.from({ length: 3000 }, (_, i) => [
    surnames[i % 6]! + given[Math.floor(i / 6) % 5]!,
    `柳岸花园${1 + Math.floor(i / 60)}幢${1 + (i % 3)}单元${101 + Math.floor((i % 60) / 3)}室`,
  ])
  const was = await countLive(world, 'person')
  const first = await take([['姓名', '地址'], ...rows])
  assert.deepEqual(counts(first), { created: 3000, changed: 0, same: 0, faults: 0 })
  assert.equal((await countLive(world, 'person')) - was, 3000)
  const again = await take([['姓名', '地址'], ...rows])
  assert.deepEqual(counts(again), { created: 0, changed: 0, same: 3000, faults: 0 })
  const homes = await rowsOf<{ n: number }>(
    world.engine.database.read,
    sql`
      select count(*) as n
      from registry.person p
        join registry.link l on l.county_code = p.county_code and l.person_id = p.id
        join registry.house h on h.county_code = l.county_code and h.id = l.house_id
      group by p.id
      having count(*) > 1
    `,
  )
  assert.deepEqual(homes, [], 'nobody was given the room of a namesake')
})

test('father and son of one name in one room: told apart by any key, else the second line is returned to be mended', async () => {
  const room = '父子苑1幢1单元101室'
  const columns = ['姓名', '地址', '与房屋关系', '出生日期']
  const alike = [columns, ['罗大成', room, '户主', ''], ['罗大成', room, '成员', '']]
  const sent = await sendFile(world, 'village', { name: 'a.csv', bytes: csv(alike) })
  assert.deepEqual(counts(await batchOf(world, sent.id)), { created: 1, changed: 0, same: 0, faults: 1 })
  const book = await world.get('village', readFaults.path, { id: sent.id })
  const lines = utils.sheet_to_json<string[]>(read(book.raw).Sheets['Sheet1']!, { header: 1 })
  assert.match(lines[1]!.at(-1)!, /姓名：.*同名同住址.*出生日期/)

  const next = '父子苑1幢1单元102室'
  const told = [columns, ['罗小成', next, '户主', '1962-03-04'], ['罗小成', next, '成员', '1990-01-02']]
  assert.deepEqual(counts(await take(told)), { created: 2, changed: 0, same: 0, faults: 0 })
  assert.deepEqual(counts(await take(told)), { created: 0, changed: 0, same: 2, faults: 0 })
  const third = '父子苑1幢1单元103室'
  const owner = [columns, ['罗业主', third, '房主', ''], ['罗业主', third, '户主', '']]
  assert.deepEqual(counts(await take(owner)), { created: 1, changed: 0, same: 1, faults: 0 }, 'who owns lives there')
})

test('addresses without a room are no reason to take two people for one; a list of names comes in once', async () => {
  const rows = [
    ['姓名', '地址'],
    ['钱多', '东村12号'],
    ['钱多', '东村35号'],
    ['钱多', ''],
    ['钱多', ''],
  ]
  assert.deepEqual(counts(await take(rows)), { created: 3, changed: 0, same: 0, faults: 1 })
  assert.deepEqual(counts(await take(rows)), { created: 0, changed: 0, same: 3, faults: 1 })
})

test('a row of name and room finds who is known by more, and leaves him what he has', async () => {
  const room = '已知苑1幢1单元101室'
  const full = [header, ['沈已知', numberOf(61), '13812340061', room, '户主', '']]
  await take(full)
  const bare = [
    ['姓名', '地址', '服务备注'],
    ['沈已知', room, '独居'],
  ]
  assert.deepEqual(counts(await take(bare)), { created: 0, changed: 1, same: 0, faults: 0 })
  assert.deepEqual(counts(await take(full)), { created: 0, changed: 0, same: 1, faults: 0 })
})

test('shops of one name in two grids are two', async () => {
  const [one, other] = await rowsOf<{ code: string }>(
    world.engine.database.read,
    sql`select code from places.place where id = any(${[world.at['grid1'], world.at['grid2']]}::uuid[]) order by code`,
  )
  const rows = csv([
    ['单位名称', '类别', '网格编码'],
    ['惠民便利店', '沿街商铺', one!.code],
    ['惠民便利店', '沿街商铺', other!.code],
  ])
  const file = { name: 'u.csv', bytes: rows }
  assert.deepEqual(counts(await importFile(world, 'village', file, { kind: 'unit' })), {
    created: 2,
    changed: 0,
    same: 0,
    faults: 0,
  })
  assert.deepEqual(counts(await importFile(world, 'village', file, { kind: 'unit' })), {
    created: 0,
    changed: 0,
    same: 2,
    faults: 0,
  })
})

/** A line of a file, by small alphabets so that lines meet; `run` keeps the files of one check apart from another's. */
const anyLine = fc.record({
  name: fc.nat(2),
  room: fc.option(fc.nat(3), { nil: undefined }),
  role: fc.constantFrom('户主', '成员', '承租人', '房主', ''),
  number: fc.option(fc.nat(1), { nil: undefined, freq: 4 }),
  phone: fc.option(fc.nat(1), { nil: undefined, freq: 3 }),
  born: fc.option(fc.nat(1), { nil: undefined, freq: 3 }),
  remark: fc.constantFrom('', '', '独居', '已走访'),
})
type Line = typeof anyLine extends fc.Arbitrary<infer L> ? L : never
const columns = ['姓名', '地址', '与房屋关系', '身份证号', '手机', '出生日期', '服务备注']
let runs = 0
const fileOf = (lines: readonly Line[], run: number) =>
  csv([
    columns,
    ...lines.map((l) => [
      `王${['伟', '芳', '静'][l.name]!}${String.fromCodePoint(0x4e00 + run)}`,
      l.room === undefined ? '' : `第${run}花园${1 + l.room}幢1单元101室`,
      l.role,
      l.number === undefined ? '' : numberOf(100 + run * 2 + l.number),
      l.phone === undefined ? '' : `138${String(run * 2 + l.phone).padStart(8, '0')}`,
      l.born === undefined ? '' : ['1990-01-02', '1962-03-04'][l.born]!,
      l.remark,
    ]),
  ])
const everything = (run: number) =>
  rowsOf(
    world.engine.database.read,
    sql`
      select p.id, p.version, p.body, p.phone_index, p.id_index, l.id as link, l.house_id, l.role
      from registry.person p
        left join registry.link l on l.county_code = p.county_code and l.person_id = p.id
      where p.name like ${`%${String.fromCodePoint(0x4e00 + run)}`}
      order by p.id, l.id
    `,
  )

test('whatever a file says, the same file again changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyLine, { minLength: 1, maxLength: 12 }), async (lines) => {
      const run = ++runs
      const bytes = fileOf(lines, run)
      const first = await importFile(world, 'village', { name: 'a.csv', bytes })
      assert.equal(first.created + first.changed + first.same + first.faults, lines.length)
      const was = await everything(run)
      const again = await importFile(world, 'village', { name: 'a.csv', bytes })
      assert.deepEqual(counts(again), {
        created: 0,
        changed: 0,
        same: lines.length - first.faults,
        faults: first.faults,
      })
      assert.deepEqual(await everything(run), was)
    }),
    { numRuns: 60 },
  )
})

test('however many share a name, nobody is lost: there are never fewer people than names in rooms', async () => {
  // A second head of a household is returned to be mended (heads.test.ts).
  const bare = anyLine.map((l) => ({
    ...l,
    number: undefined,
    phone: undefined,
    born: undefined,
    role: l.role === '户主' ? '成员' : l.role,
  }))
  const homed = fc.record({ line: bare, room: fc.nat(9) }).map(({ line, room }) => ({ ...line, room }))
  await fc.assert(
    fc.asyncProperty(fc.array(homed, { minLength: 1, maxLength: 30 }), async (lines) => {
      const was = await countLive(world, 'person')
      const batch = await importFile(world, 'village', { name: 'b.csv', bytes: fileOf(lines, ++runs) })
      const pairs = new Set(lines.map((l) => `${l.name}/${l.room}`)).size
      assert.equal((await countLive(world, 'person')) - was, pairs)
      assert.equal(batch.created, pairs)
    }),
    { numRuns: 25 },
  )
})
