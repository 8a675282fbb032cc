/** A micro-grid takes the houses that lie in it, and whoever cares for it has those on his phone and no others (G5, W3). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { givePosting } from '@fengge/domain/identity/contract'
import { drawGrid, getBorders, getPlace, listChildren } from '@fengge/domain/places/contract'
import * as net from '@fengge/domain/places/net-contract'
import type { Geometry } from '@fengge/domain/places/terms'
import { placeBuilding } from '@fengge/domain/registry/contract'
import { listGaps } from '@fengge/domain/registry/link-contract'
import { building, house, person } from '@fengge/domain/registry/rows'
import { pull } from '@fengge/domain/sync/contract'
import { freshId } from '../src/kernel/fresh-id.ts'
import { rowsOf, run, sql } from '../src/kernel/db/sql.ts'
import { followMicros } from '../src/registry/homes/follow-micros.ts'
import { insideOf } from '../src/places/geometry.ts'
import { saving, settleHousehold, type Household } from './settling.ts'
import { county, idOf, openWorld, type AskedOf, type Login, type World } from './world.ts'

let world: World
const today = '2026-03-02'
interface Point {
  readonly lng: number
  readonly lat: number
}
const households: (Household & Point)[] = []
/** East of the western edge of the village, in thousandths of a degree: the first grid ends at 20, the second at 40. */
const at = (x: number, y: number): [number, number] => [120.2 + x / 1000, 31.6 + y / 1000]
const box = (x1: number, y1: number, x2: number, y2: number): Geometry => ({
  type: 'MultiPolygon',
  coordinates: [[[at(x1, y1), at(x2, y1), at(x2, y2), at(x1, y2), at(x1, y1)]]],
})

before(async () => {
  world = await openWorld()
  for (const [i, x] of [3, 7, 11, 16, 23, 28, 36].entries()) {
    const [lng, lat] = at(x + 0.3, 5 + i * 4)
    const placeId = world.at[x < 20 ? 'grid1' : 'grid2']!
    const estate = await saving(world, 'village')('estate', { name: `第${i}苑`, kind: 'estate' }, { placeId })
    const point = { lng, lat }
    households.push({ ...point, ...(await settleHousehold(world, 'village', { point, estate, no: `${i + 1}` })) })
  }
})
after(() => world.close())

const versionOf = async (id: string) => (await world.ask(getPlace, 'net', { id })).place.version
const careFor = (login: Login, placeId: string) =>
  world.ask(givePosting, 'secadmin', {
    id: freshId(),
    accountId: idOf(login),
    roleCode: 'liaison',
    placeId,
    departmentId: null,
    fromOn: today,
    toOn: null,
  })
/** What a phone is told: ids of what came, and of what left. */
async function pulled(login: Login, cursor = '') {
  const reply = await world.ask(pull, login, { cursor })
  const { rows, gone } = reply
  return {
    cursor: reply.cursor,
    houses: (rows.house ?? []).map((w) => house.unpack(w).id).toSorted(),
    people: (rows.person ?? []).map((w) => person.unpack(w).id).toSorted(),
    buildings: (rows.building ?? []).map((w) => building.unpack(w).id).toSorted(),
    gone: gone.map(([kind, id]) => `${kind} ${id}`).toSorted(),
  }
}
const idsOf = (kind: keyof Household, ...nth: number[]) => nth.map((n) => households[n]![kind]).toSorted()
const micro = freshId()

test('a micro-grid that is drawn takes the houses in it: counted before, and on the phone of who cares for it', async () => {
  const grid = { id: micro, name: '楼道一', kind: 'micro' as const, geometry: box(1, 0, 9, 40) }
  const carve = { kind: 'carve' as const, parentId: world.at['grid1']!, grid, grids: [], on: today, reason: '划微网格' }
  const { moved } = await world.ask(net.foreseeChange, 'net', { change: carve })
  assert.deepEqual(moved, [{ thing: 'household', from: world.at['grid1'], to: micro, n: 2 }])
  await world.ask(drawGrid, 'net', { parentId: world.at['grid1']!, grid, validFrom: today })
  await careFor('works', micro)
  const first = await pulled('works')
  assert.deepEqual(first.houses, idsOf('house', 0, 1))
  assert.deepEqual(first.people, idsOf('person', 0, 1))
})

test('its border is moved: who comes in comes to the phone with house and building, who is left leaves it', async () => {
  const { cursor } = await pulled('works')
  const borders = [{ id: micro, version: await versionOf(micro), geometry: box(5, 0, 14, 40) }]
  const change = { borders, on: today, reason: '调整微网格' }
  const { moved } = await world.ask(net.foreseeChange, 'net', { change: { kind: 'border', ...change } })
  assert.deepEqual(moved, [
    { thing: 'household', from: micro, to: micro, n: 1 },
    { thing: 'household', from: world.at['grid1'], to: micro, n: 1 },
  ])
  assert.deepEqual((await world.ask(net.moveBorder, 'net', change)).moved, moved)
  const next = await pulled('works', cursor)
  assert.deepEqual(next.houses, idsOf('house', 2))
  assert.deepEqual(next.people, idsOf('person', 2))
  assert.deepEqual(next.buildings, idsOf('building', 2))
  assert.deepEqual(next.gone, [`house ${households[0]!.house}`, `person ${households[0]!.person}`])
  assert.deepEqual((await pulled('works')).houses, idsOf('house', 1, 2))
})

test('a house written down in it is of it, and a building placed elsewhere takes its houses out', async () => {
  const parentId = households[1]!.building
  const added = await saving(world, 'village')('house', { roomNo: '202', floor: 2, use: 'self' }, { parentId })
  const { cursor, houses } = await pulled('works')
  assert.deepEqual(houses, [...idsOf('house', 1, 2), added].toSorted())
  const [lng, lat] = at(17.1, 30)
  await world.ask(placeBuilding, 'village', { id: parentId, lng, lat })
  Object.assign(households[1]!, { lng, lat })
  const { gone } = await pulled('works', cursor)
  assert.deepEqual(
    gone,
    [`house ${households[1]!.house}`, `house ${added}`, `person ${households[1]!.person}`].toSorted(),
  )
  assert.deepEqual((await pulled('works')).houses, idsOf('house', 2))
})

test('houses of a micro-grid that was drawn before it took any come into it at night, and on the phone', async () => {
  const { cursor, houses } = await pulled('works')
  // As a micro-grid of before migration 0090 stands: drawn, and nobody in it; another house was put into it by hand.
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        update registry.house
        set micro_id = case when id = ${households[4]!.house} then ${micro}::uuid end
        where county_code = ${county}
      `,
    ),
  )
  assert.deepEqual((await pulled('works', cursor)).gone.length, 2)
  await followMicros(world.engine)
  assert.deepEqual((await pulled('works')).houses, houses)
  await checkAll()
  const versions = () =>
    rowsOf(world.engine.database.read, sql<object>`select id, version from registry.house order by id`)
  const before = await versions()
  await followMicros(world.engine)
  assert.deepEqual(await versions(), before, 'and once only')
})

test('houses without a point in a grid that has micro-grids are listed until somebody places their building', async () => {
  const unplaced = async (login: Login = 'village') => {
    const { unplaced: list, totals } = await world.ask(listGaps, login, { gap: 'unplaced' })
    assert.equal(list.length, totals.unplaced)
    return list.map((h) => h.id)
  }
  assert.deepEqual(await unplaced(), [])
  const save = saving(world, 'village')
  const [inGrid1, inGrid2] = [world.at['grid1']!, world.at['grid2']!].map(async (placeId, i) => {
    const estate = await save('estate', { name: `无点${i}苑`, kind: 'estate' }, { placeId })
    const parentId = await save('building', { no: '9' }, { parentId: estate })
    return { parentId, house: await save('house', { roomNo: '101', floor: 1, use: 'self' }, { parentId }) }
  })
  const { parentId, house: lost } = await inGrid1!
  await inGrid2
  assert.deepEqual(await unplaced(), [lost], 'the other grid has no micro-grids')
  assert.deepEqual(await unplaced('othervillage'), [])
  const [lng, lat] = at(7.1, 11)
  await world.ask(placeBuilding, 'village', { id: parentId, lng, lat })
  assert.deepEqual(await unplaced(), [])
  assert.ok((await pulled('works')).houses.includes(lost))
})

type Sent = AskedOf<typeof net.foreseeChange>['change']
async function change(sent: Sent): Promise<void> {
  const { posts } = await world.ask(net.foreseeChange, 'net', { change: sent })
  const { kind, ...ask } = {
    ...sent,
    staff: posts.map((p) => ({ postingId: p.postingId, to: p.followers.slice(0, 1) })),
  }
  const promise = { border: net.moveBorder, split: net.splitGrid, merge: net.mergeGrids, close: net.closeGrid }
  await world.ask(promise[kind as 'split'], 'net', ask as never)
}

interface Shape {
  readonly id: string
  readonly version: number
  readonly geometry: Geometry
}
async function shapesIn(parentId: string): Promise<Shape[]> {
  const { features } = await world.ask(getBorders, 'net', { parentId })
  const { places } = await world.ask(listChildren, 'net', { parentId })
  return (features as { id: string; geometry: Geometry }[]).flatMap(({ id, geometry }) => {
    const place = places.find((p) => p.id === id)
    return place ? [{ id, version: place.version, geometry }] : []
  })
}

/** Each house lies in the micro-grid in force that holds the point of its building, or in none where none does. */
async function checkAll(): Promise<number> {
  const micros: Shape[] = []
  for (const grid of await shapesIn(world.at['village']!)) micros.push(...(await shapesIn(grid.id)))
  const rows = await rowsOf<{ id: string; micro_id: string | null }>(
    world.engine.database.read,
    sql`select id, micro_id from registry.house where county_code = ${county} and state = 'live'`,
  )
  const inMicro = new Map(rows.map((r) => [r.id, r.micro_id]))
  for (const h of households) {
    const wanted = micros.find((m) => insideOf(m.geometry)(h.lng, h.lat))?.id ?? null
    assert.equal(inMicro.get(h.house), wanted)
  }
  const known = new Set(micros.map((m) => m.id))
  for (const r of rows) assert.ok(r.micro_id === null || known.has(r.micro_id), 'none lies in one that has ended')
  return rows.filter((r) => r.micro_id !== null).length
}

interface Step {
  readonly kind: 'draw' | 'border' | 'split' | 'merge' | 'close'
  readonly which: number
  readonly from: number
  readonly width: number
}
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('draw', 'border', 'split', 'merge', 'close'),
  which: fc.nat(9),
  from: fc.integer({ min: 0, max: 38 }),
  width: fc.integer({ min: 2, max: 12 }),
})

/** One change by chance; what the borders do not allow is refused, and nothing is changed by it. */
async function take({ kind, which, from, width }: Step): Promise<void> {
  const grids = await shapesIn(world.at['village']!)
  const grid = grids[which % grids.length]!
  const micros = await shapesIn(grid.id)
  const said = { on: today, reason: '试调整' }
  const band = box(from, 0, from + width, 40)
  const { id, version } = grid
  if (kind === 'draw')
    await world.ask(drawGrid, 'net', {
      parentId: id,
      grid: { id: freshId(), name: `楼道${freshId().slice(-6)}`, kind: 'micro', geometry: band },
      validFrom: today,
    })
  const own = micros[which % micros.length]
  if (kind === 'border' && own) await change({ kind, borders: [{ ...own, geometry: band }], ...said })
  if (kind === 'close' && own) await change({ kind, id: own.id, version: own.version, ...said })
  if (kind === 'split') {
    const parts = [box(0, 0, from + 1, 40), box(from + 1, 0, 40, 40)].map((geometry, i) => ({
      id: freshId(),
      name: `格${freshId().slice(-6)}${i}`,
      kind: 'general' as const,
      geometry,
    }))
    await change({ kind, id, version, parts, ...said })
  }
  if (kind === 'merge' && grids.length > 1)
    await change({
      kind,
      grids: grids.map((g) => ({ id: g.id, version: g.version })),
      into: { id: freshId(), name: `格${freshId().slice(-6)}` },
      ...said,
    })
}

test('over random changes of micro-grids and of their grids, each house lies in the micro-grid that its point lies in', async () => {
  let done = 0
  let inside = 0
  await change({
    kind: 'merge',
    grids: (await shapesIn(world.at['village']!)).map(({ id, version }) => ({ id, version })),
    into: { id: freshId(), name: '合一' },
    on: today,
    reason: '合并',
  })
  await checkAll()
  await fc.assert(
    fc.asyncProperty(step, async (s) => {
      const isDone = await take(s).then(
        () => true,
        (error: Error) => assert.match(error.message, /border\.|net\.|place\./) ?? false,
      )
      if (isDone) done++
      inside += await checkAll()
    }),
    { numRuns: 24, endOnFailure: true, seed: 20261128 },
  )
  assert.ok(done >= 8 && inside > 20, `${done} changes were done, ${inside} houses lay in micro-grids`)
})
