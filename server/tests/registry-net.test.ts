/** When the net changes: buildings stand where they stand, and what is in them goes with them (G5). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closeGrid, foreseeChange, splitGrid } from '@fengge/domain/places/net-contract'
import { rowsOf, run, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { body, openRegistry, type Registry } from './registry-world.ts'
import { county, square } from './world.ts'

let world: Registry['world']
let r: Registry
/** For somebody who is registered. */
const service = freshId()

before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

interface Household {
  readonly building: string
  readonly house: string
  readonly person: string
  readonly unit: string
}

/** A building with a room, somebody who lives in it and a firm that sits in it. */
async function household(no: string, point: { lng: number; lat: number } | null): Promise<Household> {
  const made = async (kind: string, values: object, parentId: string) =>
    (await r.save('worker', kind, values, { parentId })).body.id as string
  const building = await made('building', { no }, r.estate)
  const house = await made('house', { roomNo: '101', use: 'rental' }, building)
  const unit = await made('unit', { name: `${no}幢小店`, kind: 'shop' }, house)
  const person = await r.person({ name: '住户' })
  assert.equal((await r.link(person, house)).status, 200)
  if (point) {
    const placed = await world.post('worker', '/api/registry/place-building', body({ id: building, ...point }))
    assert.equal(placed.status, 200, JSON.stringify(placed.body))
  }
  return { building, house, person, unit }
}

async function gridsOf(ids: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string; grid_id: string | null }>(
    world.engine.database.read,
    sql`
      select id, grid_id from registry.estate
      union all
      select id, grid_id from registry.building
      union all
      select id, grid_id from registry.house
      union all
      select id, grid_id from registry.person
      union all
      select id, grid_id from registry.unit
      union all
      select subject_id, grid_id from visits.task where state = 'open'
      union all
      select id, grid_id from visits.service
    `,
  )
  return ids.flatMap((id) => rows.filter((row) => row.id === id).map((row) => row.grid_id ?? ''))
}

const taskFor = (personId: string) =>
  world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into visits.task (
            county_code, id, matter_id, origin, origin_name, subject_kind, subject_id, grid_id, form_code, title,
            earliest_on, due_on, minutes, priority, made_at
          )
        select
          ${county}, ${freshId()}, id, 'order', '', 'person', ${personId}, ${world.at['grid1']}, 'care', '走访',
          '2026-03-02', '2026-03-09', 10, 5, now()
        from matters.matter
        where county_code = ${county}
        limit 1
      `,
    ),
  )

const serviceFor = (personId: string, id: string) =>
  world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into visits.service (
            county_code, id, no, matter_id, what, person_id, asked_by_sealed, grid_id, account_id, taken_by, due_on,
            steps
          )
        select
          ${county}, ${id}, ${id}, id, '代办', ${personId}, '', ${world.at['grid1']}, id, '', '2026-03-09', '[]'::jsonb
        from matters.matter
        where county_code = ${county}
        limit 1
      `,
    ),
  )

test('a split sends each building to the grid it stands in, with its rooms, people, firms and their tasks', async () => {
  const west = await household('11', { lng: 120.205, lat: 31.61 })
  const east = await household('12', { lng: 120.215, lat: 31.61 })
  const nowhere = await household('13', null)
  const homeless = await r.person({ name: '无房' })
  await taskFor(east.person)
  await taskFor(west.person)
  await serviceFor(east.person, service)
  const grid = (await world.get('net', '/api/places/one', { id: world.at['grid1'] })).body.place
  const [heir, other] = [freshId(), freshId()] as const
  const asked = {
    id: grid.id as string,
    version: grid.version as number,
    on: '2026-03-02',
    reason: '户数过多',
    parts: [
      { id: heir, name: '西', kind: 'general' as const, geometry: square(0, 0, 1, 4) },
      { id: other, name: '东', kind: 'general' as const, geometry: square(1, 0, 1, 4) },
    ],
  }
  const { posts, loose } = await world.ask(foreseeChange, 'net', { change: { kind: 'split', ...asked } })
  assert.deepEqual(
    loose.map((l) => [l.thing, l.id, l.n]),
    [
      ['building', nowhere.building, 1],
      ['building', r.building, 1],
      ['person', null, 1],
    ],
    'what has no point is to be settled',
  )
  const staff = posts.map(({ postingId }) => ({ postingId, to: [heir] }))
  assert.equal((await world.refusal(splitGrid, 'net', { ...asked, staff })).problem, 'net.unsettled')
  assert.equal((await world.refusal(splitGrid, 'net', { ...asked, rest: heir })).problem, 'net.staff-unchosen')
  const settled = [{ id: nowhere.building, to: other }]
  const { moved } = await world.ask(splitGrid, 'net', { ...asked, settled, rest: heir, staff })
  const sum = (to: string) => Object.fromEntries(moved.filter((m) => m.to === to).map((m) => [m.thing, m.n]))
  assert.deepEqual(sum(heir), { building: 2, estate: 1, house: 3, person: 2, unit: 1 })
  assert.deepEqual(sum(other), { building: 2, house: 2, person: 2, unit: 2 })
  const all = (h: Household) => [h.building, h.house, h.person, h.unit]
  assert.deepEqual(await gridsOf(all(west)), [heir, heir, heir, heir, heir], 'the task of the person too')
  assert.deepEqual(await gridsOf(all(east)), [other, other, other, other, other], 'the task of the person too')
  assert.deepEqual(await gridsOf(all(nowhere)), [other, other, other, other], 'without a point, where somebody said')
  assert.deepEqual(await gridsOf([r.estate, r.building, r.house, homeless]), [heir, heir, heir, heir])
  assert.deepEqual(await gridsOf([service]), [other], 'a service follows whom it is for')
  assert.deepEqual(await r.recount(), await r.figures())
})

test('two grids that become one bring everything along; a closed one leaves it to the village', async () => {
  const parts = await rowsOf<{ id: string; version: number }>(
    world.engine.database.read,
    sql`select id, version from places.place where name = any('{西,东}'::text[]) and valid_to is null`,
  )
  const whole = freshId()
  const merged = await world.post(
    'net',
    '/api/net/merge',
    body({ grids: parts, into: { id: whole, name: '合' }, on: '2026-03-02', reason: '合并' }),
  )
  assert.equal(merged.status, 200, JSON.stringify(merged.body))
  const count = async () =>
    (
      await rowsOf<{ kind: string; grid_id: string | null; n: number }>(
        world.engine.database.read,
        sql`
          select 'building' as kind, grid_id, count(*) as n from registry.building where state = 'live' group by 2
          union all
          select 'person', grid_id, count(*) from registry.person where state = 'live' group by 2
        `,
      )
    ).map((row) => [row.kind, row.grid_id, Number(row.n)])
  assert.deepEqual(await count(), [
    ['building', whole, 4],
    ['person', whole, 4],
  ])
  const closing = { id: whole, version: 1, on: '2026-03-02', reason: '撤销' }
  assert.equal(
    (await world.refusal(closeGrid, 'net', closing)).problem,
    'net.unsettled',
    'a service is always a grid’s',
  )
  await world.ask(closeGrid, 'net', { ...closing, settled: [{ id: service, to: world.at['grid2']! }] })
  assert.deepEqual(await gridsOf([service]), [world.at['grid2']])
  assert.deepEqual(await count(), [
    ['building', null, 4],
    ['person', null, 4],
  ])
})
