import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { Geometry } from '@fengge/domain/places/terms'
import { actAs } from '../src/kernel/act-as.ts'
import { systemCaller } from '../src/kernel/context.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { rowOf, sql } from '../src/kernel/db/sql.ts'
import { readAreas } from '../src/places/area-files/read-areas.ts'
import { importAreas } from '../src/places/commands/import-areas.ts'
import { placeTree, refreshTree } from '../src/places/door.ts'
import { areaOf, differenceOf, intersectionOf, isInside, tidy, toDatum, unionOf } from '../src/places/geometry.ts'
import { buildTree } from '../src/places/tree.ts'
import { openWorld, square, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())
const shared = join(import.meta.dirname, '../../../shared/data')
const today = '2026-03-02'
const body = (more: Record<string, unknown>) => ({ requestId: freshId(), ...more })

test('all five places import without a miss, and a second time change nothing', async () => {
  const folder = join(import.meta.dirname, '../data/areas')
  const files = readdirSync(folder)
  let rows = 0,
    added = 0
  for (const file of files) {
    const csv = readFileSync(join(folder, file), 'utf8')
    const result = await actAs(world.engine, systemCaller('000000'), 'test', (ctx) =>
      importAreas(ctx, { requestId: ctx.requestId, csv, isTrial: false }),
    )
    assert.deepEqual(result.errors, [])
    rows += result.added + result.unchanged
    added += result.added
    assert.equal(result.renamed, 0)
  }
  assert.equal(rows, 2946)
  assert.equal(added, 2946 - 135 - 1, 'one county was there, and one province occurs twice')
  await refreshTree(world.engine)
  assert.equal(placeTree(world.engine).byCode('511903000000')?.name, '恩阳区')
})

test('a broken file is reported row by row and changes nothing', async () => {
  const csv =
    'code,name,level,parent_code\n990000000000,某省,province,\n320206001999,新村,town,320206001000\n320206001999,,village,320206001000\n320206777001,孤村,village,320206777000\n'
  const answer = await world.post('net', '/api/places/import-areas', body({ csv }))
  assert.equal(answer.status, 422)
  const faults = answer.body.details.errors.map(
    (e: { row: number; column: string; problem: string }) => `${e.row} ${e.column} ${e.problem}`,
  )
  for (const fault of [
    '2 code unknown-code',
    '3 level wrong-level',
    '4 code doubled',
    '4 name wrong-name',
    '5 parent_code parent-missing',
  ])
    assert.ok(faults.includes(fault), `${fault} in ${faults.join(', ')}`)
  assert.equal(placeTree(world.engine).byCode('320206777001'), undefined)
  assert.deepEqual(
    readAreas('a,b\n1,2').faults.map((f) => f.problem),
    ['missing-column', 'missing-column', 'missing-column', 'missing-column'],
  )
  assert.equal(
    (
      await world.post(
        'net',
        '/api/places/import-areas',
        body({ csv: 'code,name,level,parent_code\n370000000000,山东省,province,\n' }),
      )
    ).status,
    422,
    'another county is out of reach',
  )
})

test('a grid is drawn inside its village, kept off its neighbours, and gets a code of its own', async () => {
  const draw = (shape: unknown, name: string, more = {}) =>
    world.post(
      'net',
      '/api/net/draw',
      body({
        parentId: world.at['otherVillage'],
        validFrom: today,
        grid: { id: freshId(), name, kind: 'general', households: 250, people: 500, geometry: shape, ...more },
      }),
    )
  const first = await draw(square(4, 0, 2, 4), '甲')
  assert.equal(first.status, 200, JSON.stringify(first.body))
  assert.equal(first.body.size, 'too-small')
  assert.equal((await draw(square(5, 0, 2, 2), '乙')).body.problem, 'border.overlap')
  const outside = await draw(square(6, 0, 4, 4), '丙')
  assert.equal(outside.body.problem, 'border.outside-parent')
  assert.ok(outside.body.details.geometry, 'the part outside is given for the map')
  assert.equal((await draw(square(6, 0, 2, 4), '甲')).body.problem, 'place.name-taken')
  assert.equal((await draw(square(6, 0, 2, 4), '丁', { kind: 'dedicated' })).body.problem, 'place.parent-wrong')
  assert.equal(
    (
      await draw(
        {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 1],
              [0, 0],
              [0, 0],
            ],
          ],
        },
        '戊',
      )
    ).body.problem,
    'border.invalid',
  )
  const check = (await world.get('net', '/api/places/check', { parentId: world.at['otherVillage'] })).body
  assert.deepEqual(check.findings.map((f: { kind: string }) => f.kind).toSorted(), ['gap', 'too-small'])
})

test('a county adds a level of its own, and its worker serves the grids within his grid', async () => {
  const level = (more: object) =>
    world.post(
      'net',
      '/api/places/level',
      body({ code: 'lane', name: '巷格', nameEn: 'Lane grid', tier: 'grid', ordinal: 66, ...more }),
    )
  assert.equal((await level({ code: 'town' })).body.problem, 'level.fixed')
  assert.equal((await level({ ordinal: 64 })).body.problem, 'level.order')
  assert.equal((await level({})).status, 200)
  const grid = { id: freshId(), name: '三巷', level: 'lane', kind: 'general', geometry: square(0, 0, 1, 1) }
  const inner = await world.post('net', '/api/net/draw', body({ parentId: world.at['grid1'], validFrom: today, grid }))
  assert.equal(inner.status, 200, JSON.stringify(inner.body))
  assert.equal(inner.body.code.length, 17)
  assert.equal(
    (
      await world.post(
        'net',
        '/api/net/draw',
        body({
          parentId: grid.id,
          validFrom: today,
          grid: { ...grid, id: freshId(), level: 'rural-grid-2', name: '倒置' },
        }),
      )
    ).body.problem,
    'place.parent-wrong',
    'levels go downwards',
  )
  assert.equal(
    (await world.get('net', '/api/places/locate', { lng: 120.2005, lat: 31.6005 })).body.grid.name,
    '三巷',
    'the deepest grid answers',
  )
  const id = await world.report('liaison', { point: { lng: 120.2005, lat: 31.6005 }, gridId: null })
  const verified = await world.act('worker', id, 'verify', { finding: 'exists' })
  assert.equal(verified.status, 200, JSON.stringify(verified.body))
  const made = (await world.get('net', '/api/places/one', { id: grid.id })).body.place
  assert.equal(
    (
      await world.post(
        'net',
        '/api/net/close',
        body({ id: grid.id, version: made.version, on: today, reason: '试验结束' }),
      )
    ).status,
    200,
  )
})

test('a split re-homes open events and staff, conserves area, and its code is never used again', async () => {
  const [left, right] = [
    await world.report('worker', { point: { lng: 120.205, lat: 31.61 } }),
    await world.report('worker', { point: { lng: 120.205, lat: 31.63 } }),
  ]
  const grid = (await world.get('net', '/api/places/one', { id: world.at['grid1'] })).body.place
  const parts = [
    { id: freshId(), name: '北', kind: 'general', geometry: square(0, 2, 2, 2) },
    { id: freshId(), name: '南', kind: 'general', geometry: square(0, 0, 2, 2) },
  ]
  const wrong = await world.post(
    'net',
    '/api/net/split',
    body({
      id: grid.id,
      version: grid.version,
      on: today,
      reason: '过大',
      parts: [parts[0], { ...parts[1], geometry: square(0, 0, 1, 2) }],
    }),
  )
  assert.equal(wrong.body.problem, 'border.not-cover')
  const asked = { id: grid.id, version: grid.version, on: today, reason: '户数过多', parts }
  const { posts } = (await world.post('net', '/api/net/foresee', { change: { kind: 'split', ...asked } })).body
  const staff = posts.map((p: { postingId: string; followers: string[] }) => ({
    postingId: p.postingId,
    to: p.followers,
  }))
  const answer = await world.post('net', '/api/net/split', body({ ...asked, staff }))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.equal(answer.body.rehomed, 3, 'and what lay in the lane that was closed')
  assert.deepEqual(
    answer.body.codes.map((c: string) => c.slice(-3)),
    ['003', '004'],
  )
  const homes = await Promise.all([left, right].map(async (id) => (await world.see('village', id)).gridName))
  assert.deepEqual(homes, ['南', '北'])
  assert.equal(
    (await world.act('worker', left, 'self-close', { result: '已处理' })).status,
    200,
    'the worker serves on in both new grids, because somebody said so',
  )
  await conserved(parts, square(0, 0, 2, 4))
  const stale = await world.post(
    'net',
    '/api/net/close',
    body({ id: grid.id, version: grid.version, on: today, reason: '再撤' }),
  )
  assert.equal(stale.body.problem, 'place.closed')
  await mergeAgain(parts)
  const closed = await world.see('village', left)
  // One in twenty is looked at again before it is closed.
  if (closed.status !== 'closed') return
  const again = await world.act('village', left, 'reopen', { note: '又堆上了' })
  assert.equal(again.status, 200, JSON.stringify(again.body))
  assert.equal((await world.see('village', left)).gridName, '合一', 'what opens again lies where it happened')
})

async function conserved(parts: readonly { readonly id: string }[], whole: Geometry): Promise<void> {
  const areas = await rowOf<{ n: number }>(
    world.engine.database.read,
    sql`select sum(area_m2) as n from places.boundary where place_id = any(${parts.map((p) => p.id)}::uuid[])`,
  )
  assert.ok(Math.abs(areas!.n - areaOf(whole)) < areas!.n * 1e-4)
}

async function mergeAgain(parts: readonly { readonly id: string }[]): Promise<void> {
  const merged = await world.post(
    'net',
    '/api/net/merge',
    body({
      grids: parts.map((p) => ({ id: p.id, version: 1 })),
      into: { id: freshId(), name: '合一' },
      on: today,
      reason: '试合并',
    }),
  )
  assert.equal(merged.body.code.slice(-3), '005', JSON.stringify(merged.body))
  assert.equal((await world.get('net', '/api/places/locate', { lng: 120.205, lat: 31.63 })).body.grid.name, '合一')
}

test(
  'borders come and go in GCJ-02 and land where they belong',
  { skip: existsSync(shared) ? false : 'the shared borders are not here' },
  () => {
    for (const file of readdirSync(join(shared, 'boundaries'))) {
      const feature = (
        JSON.parse(readFileSync(join(shared, 'boundaries', file), 'utf8')) as {
          features: { geometry: unknown; properties: { center: [number, number] } }[]
        }
      ).features[0]!
      const gcj = Geometry.parse(feature.geometry)
      const wgs = tidy(toDatum(gcj, 'gcj02', 'wgs84'))!
      assert.ok(areaOf(wgs) > 1e8, file)
      const back = toDatum(wgs, 'wgs84', 'gcj02')
      const drift = areaOf(differenceOf(back, [gcj])) + areaOf(differenceOf(gcj, [back]))
      assert.ok(drift < areaOf(gcj) * 1e-4, `${file} comes back within a ten-thousandth`)
      const [a, b] = [gcj.coordinates[0]![0]![0]!, toDatum(gcj, 'gcj02', 'wgs84').coordinates[0]![0]![0]!]
      const metres = Math.hypot((a[0] - b[0]) * 95_000, (a[1] - b[1]) * 110_574)
      assert.ok(metres > 100 && metres < 900, `${file} moves by ${Math.round(metres)} m`)
    }
  },
)

test('whatever is drawn, the parts of a cut are the whole and lie nowhere twice', () => {
  const part = fc
    .tuple(
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
    )
    .map(([x, y, w, h]) => square(x, y, w, h))
  fc.assert(
    fc.property(part, part, (whole, knife) => {
      const inside = intersectionOf(whole, knife)
      const rest = differenceOf(whole, [knife])
      assert.ok(Math.abs(areaOf(inside) + areaOf(rest) - areaOf(whole)) < areaOf(whole) * 0.002 + 1)
      if (inside.coordinates.length > 0 && rest.coordinates.length > 0)
        assert.ok(areaOf(intersectionOf(inside, rest)) < 1)
      assert.ok(areaOf(unionOf([whole, knife])) + 1 >= areaOf(whole))
    }),
    { numRuns: 150 },
  )
})

test('a point is in exactly one grid of a divided village', () => {
  const rows = Array.from({ length: 16 }, (_, i) => ({
    id: `g${i}`,
    code: `g${i}`,
    name: `${i}`,
    level: 'grid',
    tier: 'grid' as const,
    parent_id: null,
    county_code: '320206',
    geometry: square(i % 4, Math.floor(i / 4), 1, 1),
  }))
  const tree = buildTree(rows)
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 3.999, noNaN: true }),
      fc.double({ min: 0.001, max: 3.999, noNaN: true }),
      (x, y) => {
        const [lng, lat] = [120.2 + x / 100, 31.6 + y / 100]
        const holders = rows.filter((r) => isInside(r.geometry, lng, lat))
        if (holders.length === 1) assert.equal(tree.locate(lng, lat)?.id, holders[0]!.id)
      },
    ),
  )
})

test('a place is found by name, pinyin, initials and code', async () => {
  for (const text of ['堰桥', 'yanqiao', 'yqjd', '320206001']) {
    const found = (await world.get('town', '/api/places/search', { text })).body.places
    assert.ok(
      found.some((p: { name: string }) => p.name === '堰桥街道'),
      text,
    )
  }
})
