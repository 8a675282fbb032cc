/** When the net changes, everything that stands somewhere is where its point is, and nothing is lost or doubled (G5). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { listMatters } from '@fengge/domain/matters/contract'
import {
  changeGrid,
  checkNet,
  drawGrid,
  getBorders,
  getPlace,
  getWeights,
  listChildren,
  locatePoint,
  saveWeights,
} from '@fengge/domain/places/contract'
import * as net from '@fengge/domain/places/net-contract'
import type { Geometry, NetFlow } from '@fengge/domain/places/terms'
import { getRecord } from '@fengge/domain/registry/contract'
import * as desk from '@fengge/domain/visits/contract/desk'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { runOrders } from '../src/places/commands/order-change.ts'
import { endPlace } from '../src/places/store/places.ts'
import { sendTo } from '../src/registry/store/rehoming.ts'
import { areaOf, boxOf, differenceOf, intersectionOf, unionOf } from '../src/places/geometry.ts'
import { saving, settleHousehold, type Household } from './settling.ts'
import { county, openWorld, type AskedOf, type World } from './world.ts'

let world: World
const today = '2026-03-02'
interface Point {
  readonly lng: number
  readonly lat: number
}
const households: (Household & Point)[] = []
const estates: string[] = []
let tasks: string[] = []

const save = (...said: Parameters<ReturnType<typeof saving>>) => saving(world, 'village')(...said)

async function settle(no: number, point: Point): Promise<void> {
  const estate = estates[point.lng < 120.22 ? 0 : 1]!
  households.push({ ...point, ...(await settleHousehold(world, 'village', { point, estate, no: `${no}` })) })
}

const points: Point[] = [3, 11, 17, 22, 26, 33, 37, 39].map((x, i) => ({
  lng: 120.2 + x / 1000 + 0.000_317,
  lat: 31.6 + ((i * 13) % 40) / 1000 + 0.000_271,
}))

before(async () => {
  world = await openWorld()
  for (const grid of ['grid1', 'grid2'])
    estates.push(await save('estate', { name: `${grid}花园`, kind: 'estate' }, { placeId: world.at[grid] }))
  for (const [i, point] of points.entries()) await settle(i + 1, point)
  const { matters } = await world.ask(listMatters, 'rules', {})
  await world.ask(desk.saveCampaign, 'village', {
    id: freshId(),
    matterId: matters.find((m) => m.code.endsWith('C02'))!.id,
    name: '出租房专项',
    placeId: world.at['village']!,
    selector: 'house-rental',
    formCode: 'rental',
    fromOn: today,
    toOn: '2026-03-20',
    minutes: 10,
  })
  tasks = (await openTasks()).map((t) => t.id).toSorted()
  assert.equal(tasks.length, points.length)
})
after(() => world.close())

const openTasks = async () => (await world.ask(desk.listTasks, 'village', {})).tasks
const gridOf = async (id: string) => (await world.ask(getRecord, 'village', { id })).record.gridId
const gridAt = async ({ lng, lat }: Point) => (await world.ask(locatePoint, 'net', { lng, lat })).grid?.id ?? null

interface Grid {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly geometry: Geometry
}
async function gridsNow(): Promise<Grid[]> {
  const parentId = world.at['village']!
  const { features } = await world.ask(getBorders, 'net', { parentId })
  const shapes = features as { id: string; geometry: Geometry }[]
  const { places } = await world.ask(listChildren, 'net', { parentId })
  return places.flatMap(({ id, name, version }) => {
    const shape = shapes.find((f) => f.id === id)
    return shape ? [{ id, name, version, geometry: shape.geometry }] : []
  })
}

type Sent = AskedOf<typeof net.foreseeChange>['change']
const foresee = (change: Sent) => world.ask(net.foreseeChange, 'net', { change })

/** Everybody serves on in the first grid that follows his own. */
async function withStaff<C extends Sent>(change: C): Promise<C & { staff: { postingId: string; to: string[] }[] }> {
  const { posts } = await foresee(change)
  return { ...change, staff: posts.map((p) => ({ postingId: p.postingId, to: p.followers.slice(0, 1) })) }
}

async function change(sent: Sent): Promise<NetFlow[]> {
  const { kind, ...ask } = await withStaff(sent)
  const promise = {
    border: net.moveBorder,
    split: net.splitGrid,
    merge: net.mergeGrids,
    close: net.closeGrid,
    carve: net.carveGrid,
  }[kind]
  return (await world.ask(promise, 'net', ask as never)).moved
}

/** Where each thing has to be: in the grid that holds its point. */
async function checkAll(): Promise<void> {
  const at = new Map<string, string | null>()
  for (const h of households) {
    const grid = await gridAt(h)
    assert.notEqual(grid, null)
    at.set(h.house, grid)
    for (const id of [h.building, h.house, h.person]) assert.equal(await gridOf(id), grid)
    const event = await world.see('village', h.event)
    assert.equal(event.gridId, grid, 'an open event lies where it happened')
  }
  const open = await openTasks()
  assert.deepEqual(open.map((t) => t.id).toSorted(), tasks, 'no task is lost or doubled')
  for (const t of open) assert.equal(t.gridId, at.get(t.subjectId!), 'a task goes with its house')
}

/** A part of a grid's land, from one of its sides. */
function slice(geometry: Geometry, share: number, side: number): Geometry {
  const [west, south, east, north] = boxOf(geometry)
  const [w, h] = [(east - west) * share, (north - south) * share]
  const [x1, x2] = [
    [west, west + w],
    [east - w, east],
    [west, east],
    [west, east],
  ][side]!
  const [y1, y2] = [
    [south, north],
    [south, north],
    [south, south + h],
    [north - h, north],
  ][side]!
  const ring: [number, number][] = [
    [x1!, y1!],
    [x2!, y1!],
    [x2!, y2!],
    [x1!, y2!],
    [x1!, y1!],
  ]
  return intersectionOf(geometry, { type: 'MultiPolygon', coordinates: [[ring]] })
}

interface Step {
  readonly kind: 'split' | 'merge' | 'border'
  readonly which: number
  readonly other: number
  readonly share: number
  readonly side: number
}
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('split', 'merge', 'border'),
  which: fc.nat(9),
  other: fc.nat(9),
  share: fc.double({ min: 0.15, max: 0.85, noNaN: true }),
  side: fc.nat(3),
})

async function take({ kind, which, other, share, side }: Step): Promise<void> {
  const grids = await gridsNow()
  const a = grids[which % grids.length]!
  const b = grids[other % grids.length]!
  const part = slice(a.geometry, share, side)
  const rest = differenceOf(a.geometry, [part])
  const said = { on: today, reason: '试调整' }
  if (areaOf(part) < 5000 || areaOf(rest) < 5000) return
  if (kind === 'split') {
    const parts = [part, rest].map((geometry, i) => ({
      id: freshId(),
      name: `格${freshId().slice(-6)}${i}`,
      kind: 'general' as const,
      geometry,
    }))
    await change({ kind, id: a.id, version: a.version, parts, ...said })
  } else if (a !== b && kind === 'merge')
    await change({
      kind,
      grids: [a, b].map(({ id, version }) => ({ id, version })),
      into: { id: freshId(), name: `格${freshId().slice(-6)}` },
      ...said,
    })
  else if (a !== b)
    await change({
      kind: 'border',
      borders: [
        { id: a.id, version: a.version, geometry: rest },
        { id: b.id, version: b.version, geometry: unionOf([b.geometry, part]) },
      ],
      ...said,
    })
}

test('over random changes of the net, nothing is lost and each thing lies in the grid its point lies in', async () => {
  await checkAll()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 2 }), async (steps) => {
      for (const s of steps) await take(s)
      await checkAll()
    }),
    { numRuns: 3, endOnFailure: true },
  )
})

/** Whatever the random changes left: all land of the village in one grid again, and every grid of before has ended. */
async function joinAll(): Promise<Grid> {
  const grids = (await gridsNow()).map(({ id, version }) => ({ id, version }))
  const into = { id: freshId(), name: '合一' }
  if (grids.length > 1) await change({ kind: 'merge', grids, into, on: today, reason: '合并' })
  return (await gridsNow())[0]!
}

test('a split cuts the micro-grids along the new border, and who cares for one goes where he is sent', async () => {
  const grid = await joinAll()
  const band = (from: number, to: number) =>
    intersectionOf(slice(grid.geometry, to, 0), slice(grid.geometry, 1 - from, 1))
  const drawn = [
    { id: freshId(), name: '楼道一', geometry: band(0.02, 0.3) },
    { id: freshId(), name: '楼道二', geometry: band(0.4, 0.8) },
    { id: freshId(), name: '无界', geometry: null },
  ]
  for (const micro of drawn)
    await world.ask(drawGrid, 'net', { parentId: grid.id, grid: { ...micro, kind: 'micro' }, validFrom: today })
  const half = slice(grid.geometry, 0.6, 0)
  const parts = [half, differenceOf(grid.geometry, [half])].map((geometry, i) => ({
    id: freshId(),
    name: ['甲半', '乙半'][i]!,
    kind: 'general' as const,
    geometry,
  }))
  const [a, b] = [parts[0]!.id, parts[1]!.id]
  const asked = { kind: 'split' as const, id: grid.id, version: grid.version, on: today, reason: '过大', parts }
  const seen = await foresee(asked)
  assert.deepEqual(
    seen.loose.map((l) => [l.thing, l.name]),
    [['place', '无界']],
  )
  assert.deepEqual(
    seen.below.map((m) => [m.name, m.to.length]),
    [
      ['楼道一', 1],
      ['楼道二', 2],
    ],
  )
  await change({ ...asked, settled: [{ id: drawn[2]!.id, to: b }] })
  const namesIn = async (parentId: string) => (await world.ask(listChildren, 'net', { parentId })).places
  assert.deepEqual((await namesIn(a)).map((m) => m.name).toSorted(), ['楼道一', '楼道二'])
  assert.deepEqual((await namesIn(b)).map((m) => m.name).toSorted(), ['无界', '楼道二'])
  for (const m of [...(await namesIn(a)), ...(await namesIn(b))]) assert.equal(m.code.length, 17)
  await checkAll()
})

test('nothing is left in a grid that ends, and nothing comes into one that has ended: the database holds it', async () => {
  const full = (await gridAt(households[0]!))!
  const { engine } = world
  const constraint = (error: unknown) => (error as { constraint?: string }).constraint
  const end = engine.database.write((tx) => endPlace(tx, full, today))
  await assert.rejects(end, (error) => constraint(error) === 'net_left_behind')
  const gone = world.at['grid1']!
  const place = { gridId: gone, villageId: null, townId: null }
  const moves = [{ id: households[0]!.building, place }]
  const into = engine.database.write((tx) => sendTo(tx, county, { kind: 'building', moves }))
  await assert.rejects(into, (error) => constraint(error) === 'grid_in_force')
})

test('a border that loses land to nobody leaves what stood there to be settled', async () => {
  const [house] = households
  const at = await gridAt(house!)
  const grid = (await gridsNow()).find((g) => g.id === at)
  const [west, , east] = boxOf(grid!.geometry)
  const share = (house!.lng - west) / (east - west)
  const [side, most] = share > 0.5 ? [1, 1 - share] : [0, share]
  const kept = differenceOf(grid!.geometry, [slice(grid!.geometry, most + 0.02, side)])
  const borders = [{ id: grid!.id, version: grid!.version, geometry: kept }]
  const asked = { on: today, reason: '缩界', borders }
  const { loose } = await foresee({ kind: 'border', ...asked })
  const named = loose.map((l) => l.id)
  assert.ok(named.includes(house!.building) && named.includes(house!.event))
  assert.equal((await world.refusal(net.moveBorder, 'net', asked)).problem, 'net.unsettled')
})

test('the check of the net counts every finding by kind, gives them page by page, and weighs more than heads', async () => {
  const parentId = world.at['village']!
  const heavy = {
    validFrom: today,
    person: 9000,
    rental: 1,
    unit: 3,
    dispute: 20,
    km2: 100,
    hill: 100,
    water: 50,
    source: '试',
  }
  await world.ask(saveWeights, 'net', { countyId: world.at['county']!, weights: heavy })
  assert.deepEqual((await world.ask(getWeights, 'net', { countyId: world.at['county']! })).inForce, heavy)
  const all = await world.ask(checkNet, 'net', { parentId })
  const sum = all.counts.reduce((n, c) => n + c.n, 0)
  assert.equal(all.total, sum)
  const lived = new Set(await Promise.all(households.map(gridAt)))
  const tooHeavy = await world.ask(checkNet, 'net', { parentId, kind: 'too-heavy' })
  assert.deepEqual(new Set(tooHeavy.findings.map((f) => f.placeIds[0])), lived)
  assert.match(tooHeavy.findings[0]!.note, /^折算 .*人口 .*出租 .*单位 .*矛盾纠纷 .*面积/)
  const paged = []
  for (let page = 1; page <= sum; page++)
    paged.push(...(await world.ask(checkNet, 'net', { parentId, page, size: 1 })).findings)
  assert.deepEqual(paged, all.findings, 'nothing is cut')
})

test('a grid in the hills weighs more than it did on the plain, and its parts and what is merged of them stay hills', async () => {
  const id = (await gridAt(households[0]!))!
  const weighed = async () => {
    const { findings } = await world.ask(checkNet, 'net', { parentId: world.at['village']!, kind: 'too-heavy' })
    const { note } = findings.find((f) => f.placeIds[0] === id)!
    return { load: Number(/^折算 (\d+) 人/.exec(note)![1]), land: /面积 ([\d.]+) km²（(.+?)）/.exec(note)!.slice(1) }
  }
  const plain = await weighed()
  const { place } = await world.ask(getPlace, 'net', { id })
  const { name, version, households: homes, people } = place
  const said = { id, name, kind: 'general', dedicatedKind: null, households: homes, people, normReason: null } as const
  await world.ask(changeGrid, 'net', { ...said, version, terrain: 'hill' })
  assert.equal((await world.refusal(changeGrid, 'net', { ...said, version })).problem, 'place.stale')
  await world.ask(changeGrid, 'net', { ...said, version: version + 1 })
  const hilly = await weighed()
  assert.deepEqual([plain.land[1], hilly.land[1]], ['平原', '丘陵山地'], 'who does not name the terrain leaves it')
  assert.ok(Math.abs(hilly.load - plain.load - Number(plain.land[0]) * 100) <= 2, 'as much again for its land')

  const grid = (await gridsNow()).find((g) => g.id === id)!
  const half = slice(grid.geometry, 0.4, 0)
  const parts = [half, differenceOf(grid.geometry, [half])].map((geometry, i) => ({
    id: freshId(),
    name: `山上${i}`,
    kind: 'general' as const,
    geometry,
  }))
  const on = { on: today, reason: '山高路远' }
  await change({ kind: 'split', id, version: grid.version, parts, ...on })
  const terrainOf = async (of: string) => (await world.ask(getPlace, 'net', { id: of })).place.terrain
  assert.deepEqual(await Promise.all(parts.map((p) => terrainOf(p.id))), ['hill', 'hill'])
  await world.ask(changeGrid, 'net', { ...said, id: parts[0]!.id, name: '水边', version: 1, terrain: 'water' })
  const carved = { id: freshId(), name: '坡上', kind: 'general' as const, geometry: slice(parts[1]!.geometry, 0.3, 2) }
  const parentId = world.at['village']!
  await change({ kind: 'carve', parentId, grids: [{ id: parts[1]!.id, version: 1 }], grid: carved, ...on })
  assert.equal(await terrainOf(carved.id), 'hill', 'what is taken of hills is hills')
  const fresh = (await gridsNow()).filter((g) => [parts[0]!.id, parts[1]!.id].includes(g.id))
  const whole = freshId()
  const grids = fresh.map((g) => ({ id: g.id, version: g.version }))
  await change({ kind: 'merge', grids, into: { id: whole, name: '山水之间' }, ...on })
  const largest = fresh.toSorted((a, b) => areaOf(b.geometry) - areaOf(a.geometry))[0]!.id
  assert.equal(await terrainOf(whole), largest === parts[0]!.id ? 'water' : 'hill', 'as the largest of them was')
  await checkAll()
})

test('a change for a day to come is settled today, withdrawn or carried out on its day, and tells what it moved', async () => {
  const at = (await gridAt(households[0]!))!
  const grid = (await gridsNow()).find((g) => g.id === at)!
  const half = slice(grid.geometry, 0.5, 2)
  const parts = [half, differenceOf(grid.geometry, [half])].map((geometry, i) => ({
    id: freshId(),
    name: `明天${i + 1}`,
    kind: 'general' as const,
    geometry,
  }))
  const asked = { kind: 'split' as const, id: at, version: grid.version, on: '2026-03-03', reason: '过大', parts }
  const { kind: _, ...ask } = asked
  assert.equal(
    (await world.refusal(net.splitGrid, 'net', ask)).problem,
    'place.dates',
    'nothing happens before its day',
  )
  assert.equal((await foresee(asked)).isOrder, true)
  const { staff } = await withStaff(asked)
  if ((await foresee(asked)).posts.length > 0)
    assert.equal(
      (await world.refusal(net.orderChange, 'net', { id: freshId(), change: asked })).problem,
      'net.staff-unchosen',
    )
  const [first, second] = [freshId(), freshId()]
  const give = (id: string) => ({ id, change: { ...asked, staff } })
  await world.ask(net.orderChange, 'net', give(first))
  const twice = await world.refusal(net.orderChange, 'net', give(second))
  assert.deepEqual(
    [twice.problem, twice['details']],
    ['net.ordered-before', { id: first, kind: 'split', on: '2026-03-03', byName: '演员net' }],
  )
  assert.match(sentenceFor(twice.problem, 'zh', twice['details'] as never), /演员net预定于 2026-03-03/)
  await world.ask(net.withdrawOrder, 'net', { id: first })
  await world.ask(net.orderChange, 'net', give(second))
  assert.equal(await runOrders(world.engine), 0, 'not before its day')
  world.clock.at('2026-03-03T00:01:00+08:00')
  assert.equal(await runOrders(world.engine), 1)
  const { orders } = await world.ask(net.listNetOrders, 'net', {})
  const of = (id: string) => orders.find((o) => o.id === id)!
  assert.deepEqual([of(first).state, of(second).state], ['withdrawn', 'done'])
  assert.ok(of(second).moved.some((m) => m.thing === 'person' && m.n > 0))
  assert.equal((await world.refusal(net.withdrawOrder, 'net', { id: second })).problem, 'net.order-done')
  await checkAll()
  const was = await world.ask(getBorders, 'net', { parentId: world.at['village']!, on: today })
  assert.ok(
    (was.features as { id: string }[]).some((f) => f.id === at),
    'as of the day before, the old border stands',
  )
})
