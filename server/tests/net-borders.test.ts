/** A border that comes by a file, or a grid that is drawn, takes along what stands there, or waits for a plan (G5). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { drawGrid, importBorders, listChildren } from '@fengge/domain/places/contract'
import { carveGrid, foreseeChange } from '@fengge/domain/places/net-contract'
import { getRecord } from '@fengge/domain/registry/contract'
import { freshId } from '../src/kernel/fresh-id.ts'
import { settleHousehold, type Household } from './settling.ts'
import { openWorld, square, type AskedOf, type Login, type World } from './world.ts'

let world: World
const today = '2026-03-02'
before(async () => {
  world = await openWorld()
})
after(() => world.close())

/** Somebody in a house of a building on a point, and something that was reported there. */
const settle = (login: Login, placeId: string, [x, y]: readonly [number, number]) =>
  settleHousehold(world, login, { placeId, point: { lng: 120.2 + x / 100, lat: 31.6 + y / 100 } })

const gridsOf = async (login: Login, h: Household) => {
  const of = async (id: string) => (await world.ask(getRecord, login, { id })).record.gridId
  return [await of(h.building), await of(h.house), await of(h.person), (await world.see(login, h.event)).gridId]
}
const four = (id: string | null) => [id, id, id, id]

test('a grid that is drawn where people lived in no grid takes them in, with what is open there', async () => {
  const village = world.at['otherVillage']!
  const inside = await settle('othervillage', village, [4.5, 1])
  const beside = await settle('othervillage', village, [6.5, 1])
  assert.deepEqual(await gridsOf('othervillage', inside), four(null))
  const grid = { id: freshId(), name: '新格', kind: 'general' as const, geometry: square(4, 0, 2, 4) }
  const carve = { kind: 'carve' as const, parentId: village, grid, grids: [], on: today, reason: '新建' }
  const { moved } = await world.ask(foreseeChange, 'net', { change: carve })
  const seen = moved.filter((m) => m.to === grid.id).map((m) => [m.thing, m.n])
  assert.deepEqual(Object.fromEntries(seen), { building: 1, house: 1, person: 1, event: 1 })
  await world.ask(drawGrid, 'net', { parentId: village, grid, validFrom: today })
  assert.deepEqual(await gridsOf('othervillage', inside), four(grid.id))
  assert.deepEqual(await gridsOf('othervillage', beside), four(null))
})

test('a grid is carved out of two others: both sides are counted, and each goes where its point lies', async () => {
  const [one, two] = [world.at['grid1']!, world.at['grid2']!]
  const west = await settle('village', one, [0.5, 1])
  const left = await settle('village', one, [1.5, 1])
  const right = await settle('village', two, [2.5, 1])
  const { places } = await world.ask(listChildren, 'net', { parentId: world.at['village']! })
  const grids = places.map(({ id, version }) => ({ id, version }))
  const grid = {
    id: freshId(),
    name: '市场格',
    kind: 'dedicated',
    dedicatedKind: 'market',
    geometry: square(1, 0, 2, 4),
  }
  const asked = { parentId: world.at['village']!, grid, grids, on: today, reason: '设专属网格' } as AskedOf<
    typeof carveGrid
  >
  const over = await world.refusal(drawGrid, 'net', { parentId: asked.parentId, grid: asked.grid, validFrom: today })
  assert.equal(over.problem, 'border.overlap')
  const { moved } = await world.ask(foreseeChange, 'net', { change: { kind: 'carve', ...asked } })
  const people = moved.filter((m) => m.thing === 'person').map((m) => [m.from, m.to, m.n])
  assert.deepEqual(
    new Set(people.map(String)),
    new Set(
      [
        [one, one, 1],
        [one, grid.id, 1],
        [two, grid.id, 1],
      ].map(String),
    ),
  )
  await world.ask(carveGrid, 'net', asked)
  assert.deepEqual(await gridsOf('village', west), four(one))
  for (const h of [left, right]) assert.deepEqual(await gridsOf('village', h), four(grid.id))
})

test('a file moves no border of a grid in which something stands: it says so and leads to the plan', async () => {
  const { places } = await world.ask(listChildren, 'net', { parentId: world.at['village']! })
  const code = (id: string) => places.find((p) => p.id === id)!.code
  const features = [{ code: code(world.at['grid1']!), geometry: square(0, 0, 0.5, 4) }]
  const refused = await world.refusal(importBorders, 'net', { datum: 'wgs84', features, validFrom: today })
  assert.equal(refused.problem, 'border.holds-people')
  const same = [{ code: code(world.at['grid1']!), geometry: square(0, 0, 1, 4) }]
  assert.equal((await world.ask(importBorders, 'net', { datum: 'wgs84', features: same, validFrom: today })).saved, 1)
})

test('the first border of a grid, by a file, brings what stands in it', async () => {
  const village = world.at['otherVillage']!
  const grid = { id: freshId(), name: '待划格', kind: 'general' as const, geometry: null }
  const { code } = await world.ask(drawGrid, 'net', { parentId: village, grid, validFrom: today })
  const household = await settle('othervillage', village, [7, 2])
  const features = [{ code, geometry: square(6, 0, 2, 4) }]
  await world.ask(importBorders, 'net', { datum: 'wgs84', features, validFrom: today })
  assert.deepEqual(await gridsOf('othervillage', household), four(grid.id))
})
