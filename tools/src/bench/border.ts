/**
 * People follow the border (G5), at the size of document 000: a split of a grid of 1,500 people with all that follows,
 * and borders moved through fifty grids at once while others work.
 */
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { foreseeChange } from '@fengge/domain/places/net-contract'
import type { Geometry } from '@fengge/domain/places/terms'
import { freshId } from '@fengge/server/kernel/fresh-id'
import { rowOf, rowsOf, run, sql } from '@fengge/server/kernel/db/sql'
import { placeTree, refreshTree } from '@fengge/server/places/door'
import { boxOf, differenceOf, intersectionOf, isInside } from '@fengge/server/places/geometry'
import { runOrders } from '@fengge/server/places/commands/order-change'
import { createDice } from '../demo/random.ts'
import { county } from './registry.ts'
import type { Stage } from './stage.ts'
import { vacuum } from './fill.ts'

interface Grid {
  readonly id: string
  readonly village: string
  readonly version: number
  readonly kind: string
  readonly geometry: Geometry
  readonly persons: number
}

export async function measureBorder(stage: Stage): Promise<void> {
  await placeBuildings(stage)
  const { headers } = await stage.enter('net')
  const asked = askerOf(await stage.product(), headers)
  await measureSplit(stage, asked)
  await measureMove(stage, asked)
}

type Asked = <R>(path: string, body: object) => Promise<R>
const askerOf =
  (url: string, headers: Record<string, string>): Asked =>
  async (path, body) => {
    const method = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } }
    const answer = await fetch(url + path, { ...method, body: JSON.stringify({ requestId: freshId(), ...body }) })
    if (!answer.ok) throw new Error(`${path} ${answer.status}: ${await answer.text()}`)
    return answer.json() as never
  }

function gridsOf({ engine }: Stage): Promise<Grid[]> {
  return rowsOf<Grid>(
    engine.database.read,
    sql`
      select
        p.id, p.parent_id as village, p.version, p.kind, b.geometry,
        (select count(*)::int from registry.person r where r.county_code = ${county} and r.grid_id = p.id) as persons
      from places.place p
        join places.boundary b on b.place_id = p.id
        and b.valid_to is null
      where p.county_code = ${county} and p.level = 'grid' and p.kind = 'general' and p.valid_to is null
      order by p.code
    `,
  )
}

/** Every building somewhere in its grid. */
async function placeBuildings(stage: Stage): Promise<void> {
  const dice = createDice(5)
  const buildings = await rowsOf<{ id: string; grid_id: string }>(
    stage.engine.database.read,
    sql`select id, grid_id from registry.building where county_code = ${county} and grid_id is not null`,
  )
  const shapes = new Map((await gridsOf(stage)).map((g) => [g.id, g.geometry]))
  const placed = buildings.flatMap(({ id, grid_id: grid }) => {
    const shape = shapes.get(grid)
    if (!shape) return []
    const [west, south, east, north] = boxOf(shape)
    for (let i = 0; i < 200; i++) {
      const [lng, lat] = [west + dice.next() * (east - west), south + dice.next() * (north - south)]
      if (isInside(shape, lng, lat)) return [{ id, lng, lat }]
    }
    return []
  })
  await stage.engine.database.write((tx) =>
    run(
      tx,
      sql`
        update registry.building b
        set lng = p.lng, lat = p.lat
        from unnest(
          ${placed.map((p) => p.id)}::uuid[], ${placed.map((p) => p.lng)}::float8[], ${placed.map((p) => p.lat)}::float8[]
        ) p (id, lng, lat)
        where b.county_code = ${county} and b.id = p.id
      `,
    ),
  )
  await vacuum(stage.engine.database.url, ['registry.building'])
}

async function measureSplit(stage: Stage, asked: Asked): Promise<void> {
  const grid = (await gridsOf(stage)).toSorted((a, b) => Math.abs(a.persons - 1500) - Math.abs(b.persons - 1500))[0]!
  const [west, south, east, north] = boxOf(grid.geometry)
  const middle = (west + east) / 2
  const half: Geometry = {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [west, south],
          [middle, south],
          [middle, north],
          [west, north],
          [west, south],
        ],
      ],
    ],
  }
  const parts = [intersectionOf(grid.geometry, half), differenceOf(grid.geometry, [half])].map((geometry, i) => ({
    id: freshId(),
    name: `对半${i + 1}`,
    kind: 'general',
    geometry,
  }))
  const said = { on: dayOf(Date.now()), reason: '试', rest: parts[0]!.id }
  const change = { kind: 'split', id: grid.id, version: grid.version, parts, ...said }
  const looked = performance.now()
  const { posts } = await asked<ReplyOf<typeof foreseeChange>>('/api/net/foresee', { change, requestId: undefined })
  stage.print('split of a grid of 1,500 people, looked ahead: ms', performance.now() - looked, 'stated')
  const staff = posts.map((p) => ({ postingId: p.postingId, to: p.followers.slice(0, 1) }))
  const { kind: _, ...ask } = change
  const began = performance.now()
  await asked('/api/net/split', { ...ask, staff })
  const more = { people: grid.persons }
  stage.print('split of a grid of 1,500 people with everything moved: ms', performance.now() - began, '< 1000', more)
}

/** Neighbours give each other all their land, so that everybody in fifty grids changes his grid. */
async function measureMove(stage: Stage, asked: Asked): Promise<void> {
  await refreshTree(stage.engine)
  const byVillage = Map.groupBy(await gridsOf(stage), (g) => g.village)
  const pairs = [...byVillage.values()].flatMap((grids) =>
    Array.from({ length: Math.floor(grids.length / 2) }, (_, i) => [grids[2 * i]!, grids[2 * i + 1]!] as const),
  )
  const chosen = pairs.toSorted((a, b) => b[0].persons + b[1].persons - a[0].persons - a[1].persons).slice(0, 25)
  const people = chosen.reduce((sum, [a, b]) => sum + a.persons + b.persons, 0)
  const borders = chosen.flatMap(([a, b]) => [
    { id: a.id, version: a.version, geometry: b.geometry },
    { id: b.id, version: b.version, geometry: a.geometry },
  ])
  const change = { kind: 'border', borders, on: dayOf(Date.now()), reason: '试', rest: 'stay' }
  await asked('/api/net/order', { id: freshId(), change })
  const { headers } = await stage.enter('town')
  const list = { url: `${await stage.product()}/api/events?isOpen=yes&size=25`, headers: [headers], connections: 4 }
  const quiet = await stage.play({ ...list, seconds: 4 })
  const began = performance.now()
  const done = runOrders(stage.engine).then(() => performance.now() - began)
  const busy = await stage.play({ ...list, seconds: 4 })
  const seconds = (await done) / 1000
  const order = await rowOf<{ state: string; problem: string | null }>(
    stage.engine.database.read,
    sql`select state, problem from places.net_order order by asked_at desc limit 1`,
  )
  const grids = placeTree(stage.engine).size
  const after = new Map((await gridsOf(stage)).map((g) => [g.id, g.persons]))
  const swapped = chosen.filter(([a, b]) => after.get(a.id) === b.persons && after.get(b.id) === a.persons).length
  const more = { people, swapped, grids: borders.length, places: grids, ...order }
  stage.print('borders moved through 50 grids, everybody moved, in one transaction: seconds', seconds, '< 30', more)
  stage.print('lists of others meanwhile: p99 over that of before', busy.p99 / quiet.p99, '< 2', {
    before: quiet.p99,
    meanwhile: busy.p99,
  })
}
