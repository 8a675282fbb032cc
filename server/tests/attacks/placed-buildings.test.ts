/** Where a building stands says whose its people are when a border moves: nobody moves it by the way, and what it was is kept. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listJournal } from '@fengge/domain/audit/contract'
import { getHistory, placeBuilding, undoChange } from '@fengge/domain/registry/contract'
import { openRegistry, type Registry } from '../registry-world.ts'
import type { World } from '../world.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

const own = { lng: 120.2051, lat: 31.6123 }
const near = { lng: 120.2053, lat: 31.6124 }
const next = { lng: 120.225, lat: 31.61 }
const placed = async () =>
  (await world.ask(getHistory, 'village', { id: r.building })).changes.filter((c) =>
    c.fields.some((f) => f.field === 'point'),
  )

test('a building is placed once at the door, in its own grid; to move it is the desk’s, and what stood there is kept', async () => {
  const at = (point: object) => ({ id: r.building, ...own, ...point })
  assert.equal((await world.refusal(placeBuilding, 'liaison', at(next))).problem, 'record.out-of-place')
  await world.ask(placeBuilding, 'worker', at(own))
  await world.ask(placeBuilding, 'liaison', at(own))
  for (const point of [next, near])
    for (const login of ['liaison', 'worker'] as const)
      assert.equal((await world.refusal(placeBuilding, login, at(point))).problem, 'building.placed')
  await world.ask(placeBuilding, 'village', at(near))
  const [from, to] = ['120.205100,31.612300', '120.205300,31.612400']
  assert.deepEqual(
    (await placed()).flatMap((c) => c.fields),
    [
      { field: 'point', from, to },
      { field: 'point', from: null, to: from },
    ],
  )
  const { rows } = await world.ask(listJournal, 'auditor', { subject: r.building, fact: 'registry.building-placed' })
  const told = rows.map((row) => JSON.stringify(row.detail))
  assert.deepEqual(new Set(told.map((text) => text.includes('null'))), new Set([true, false]))
  assert.ok(told.length === 2 && told.every((text) => text.includes(from)) && told.some((text) => text.includes(to)))
})

test('a moved building is moved back by its desk, and stands where it stood', async () => {
  const [last, first] = await placed()
  assert.deepEqual([last!.canUndo, first!.canUndo], [true, false], 'the last one alone')
  await world.ask(undoChange, 'village', { changeId: last!.id, reason: '标错楼' })
  const [undone] = await placed()
  assert.deepEqual(undone!.fields, [{ field: 'point', from: '120.205300,31.612400', to: '120.205100,31.612300' }])
  assert.equal((await placed()).at(-1)!.canUndo, true, 'where it stands by the first again, that can be taken back too')
  await world.ask(undoChange, 'village', { changeId: first!.id, reason: '标错楼' })
  await world.ask(placeBuilding, 'worker', { id: r.building, ...own })
})
