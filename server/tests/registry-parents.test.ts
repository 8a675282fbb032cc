/** A live record stands in a live one: no undo leaves the rooms of a building in the air (R8). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { rowsOf, run, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { body, openRegistry, type Registry } from './registry-world.ts'
import { county } from './world.ts'

let world: Registry['world']
let r: Registry

before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

const made = async (kind: string, values: object, parentId: string): Promise<string> =>
  (await r.save('worker', kind, values, { parentId })).body.id
const creation = async (id: string) =>
  (await world.get('village', '/api/registry/history', { id })).body.changes.find(
    (c: { what: string }) => c.what === 'create',
  )
const undo = async (id: string) =>
  world.post('village', '/api/registry/undo', body({ changeId: (await creation(id)).id, reason: '录错' }))

test('a building is not taken back while a room of it is live, nor a room with a firm in it', async () => {
  const building = await made('building', { no: '21' }, r.estate)
  const house = await made('house', { roomNo: '101', use: 'shop' }, building)
  const shop = await made('unit', { name: '小店', kind: 'shop' }, house)
  for (const [id, inside] of [
    [building, house],
    [house, shop],
  ] as const) {
    assert.equal((await creation(id)).canUndo, false, 'it is not offered')
    assert.equal((await undo(id)).body.problem, 'record.has-children', `${inside} is live`)
  }
  for (const id of [shop, house, building]) {
    assert.equal((await creation(id)).canUndo, true)
    assert.equal((await undo(id)).status, 200, 'from the inside out everything goes')
  }
  const late = await r.save('worker', 'house', { roomNo: '102', use: 'self' }, { parentId: building })
  assert.equal(late.body.problem, 'record.out-of-place', 'nothing is registered in a building that is gone')
})

const insertHouse = (building: string) => sql`
  insert into registry.house (county_code, id, name, parent_id, grid_id, body, origin, created_at, changed_at)
  values
    (${county}, ${freshId()}, '999', ${building}, ${world.at['grid1']}, '{}'::jsonb, '{}'::jsonb, now(), now())
`
const liveIn = (building: string) =>
  rowsOf<{ state: string; houses: number }>(
    world.engine.database.read,
    sql`
      select
        b.state,
        (select count(*)::int from registry.house h where h.parent_id = b.id and h.state = 'live') as houses
      from registry.building b
      where b.id = ${building}
    `,
  )

/** Opens a gate when it is called. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

test('a room that is being registered while its building is taken back wins, or is refused; never is one left in the air', async () => {
  const building = await made('building', { no: '22' }, r.estate)
  const change = await creation(building)
  // The room first: it is written and not yet committed, the undo has to wait and is refused.
  const [written, committed] = [gate(), gate()]
  const registering = world.engine.database.write(async (tx) => {
    await run(tx, insertHouse(building))
    written.open()
    await committed.opened
  })
  await written.opened
  const undoing = world.post('village', '/api/registry/undo', body({ changeId: change.id, reason: '录错' }))
  await waitsFor('registry.building')
  committed.open()
  await registering
  assert.equal((await undoing).body.problem, 'record.has-children')
  assert.deepEqual(await liveIn(building), [{ state: 'live', houses: 1 }])
})

test('a building that is being taken back lets no room in', async () => {
  const building = await made('building', { no: '23' }, r.estate)
  const [gone, committed] = [gate(), gate()]
  const taking = world.engine.database.write(async (tx) => {
    await run(tx, sql`update registry.building set state = 'gone' where id = ${building}`)
    gone.open()
    await committed.opened
  })
  await gone.opened
  const registering = world.engine.database
    .write((tx) => run(tx, insertHouse(building)))
    .then(
      () => 'registered',
      (error: { constraint?: string }) => error.constraint,
    )
  await waitsFor('registry.house')
  committed.open()
  await taking
  assert.equal(await registering, 'record_parent_live')
  assert.deepEqual(await liveIn(building), [{ state: 'gone', houses: 0 }])
})

/** Until some session of this database waits for another one's lock. */
async function waitsFor(what: string): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    const waiting = await rowsOf(
      world.engine.database.read,
      sql`
        select 1 as one
        from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'
      `,
    )
    if (waiting.length > 0) return
  }
  assert.fail(`nobody waits for a lock on ${what}`)
}
