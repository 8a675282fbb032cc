/** Departments' grids: how many are folded into the net, and one of them beside ours (G6). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { gridsPeopled, staffOfDepartments, type Peopled } from '@fengge/domain/places/facts'
import { likelySame, type AreaShare } from '@fengge/domain/places/folding'
import type * as promises from '@fengge/domain/places/folding-contract'
import type { Geometry } from '@fengge/domain/places/terms'
import type { Asking } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { askAbove } from '../../kernel/reactions.ts'
import { areaOfRow, reachesArea } from '../areas.ts'
import { clipping } from '../clipping/beside.ts'
import { areaOf, boxesMeet, boxOf, isInside } from '../geometry.ts'
import { tolerance, type Shape } from '../net-checks.ts'
import { findAreaRow, listAreaRows, type AreaRow } from '../store/foldings.ts'
import { listPlaces } from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'
import { shapesOf } from './borders.ts'

type Ask<P extends 'listAreas' | 'compareArea'> = AskOf<(typeof promises)[P]>
type Reply<P extends 'listAreas' | 'compareArea'> = Promise<ReplyOf<(typeof promises)[P]>>
type Count = ReplyOf<typeof promises.listAreas>['counts'][number]

export async function listAreas(ctx: Asking, ask: Ask<'listAreas'>): Reply<'listAreas'> {
  const tree = placeTree(ctx)
  const today = dayOf(ctx.now)
  const rows = await listAreaRows(ctx.tx, ctx.caller.countyCode)
  const all = rows.map((r) => areaOfRow(tree, r, today)).filter((a) => reachesArea(ctx, a.townId))
  const counts = [...Map.groupBy(all, (a) => `${a.owner} ${a.townId}`).values()].map((areas): Count => {
    const { owner, townId, town } = areas[0]!
    const n = (state: string) => areas.filter((a) => a.state === state).length
    return { owner, townId, town, all: areas.length, folded: n('folded'), waiting: n('waiting') }
  })
  const wanted = all.filter(
    (a) =>
      (ask.owner === undefined || a.owner === ask.owner) &&
      (ask.townId === undefined || a.townId === ask.townId) &&
      (ask.state === undefined || a.state === ask.state),
  )
  const from = (ask.page - 1) * ask.size
  return { areas: wanted.slice(from, from + ask.size), total: wanted.length, counts }
}

export async function compareArea(ctx: Asking, { id }: Ask<'compareArea'>): Reply<'compareArea'> {
  const tree = placeTree(ctx)
  const county = ctx.caller.countyCode
  const row = (await findAreaRow(ctx.tx, county, id)) ?? refuse('area.unknown', 404)
  const area = areaOfRow(tree, row, dayOf(ctx.now))
  if (!reachesArea(ctx, area.townId)) refuse('area.unknown', 404)
  // Drawn round a few houses, an area tells how many people live in them: whoever compares is written down.
  ctx.look('area.compared', id)
  const { met, bareM2 } = await meeting(ctx, row)
  const shares = await sharesOf(ctx, row, met)
  const shape = row.geometry.type === 'Point' ? null : (row.geometry as Geometry)
  const staff = (await askAbove(ctx, staffOfDepartments, {})).flat()
  return {
    area,
    geometry: row.geometry,
    areaM2: shape && Math.round(areaOf(shape)),
    bareM2,
    shares,
    likely: likelySame(shares),
    staff,
  }
}

interface Meeting {
  readonly grid: Shape
  readonly ofArea: number
  readonly ofGrid: number
}

interface Met {
  readonly met: readonly Meeting[]
  readonly bareM2: number | null
}
/** Grids that have land of an area, those with most of it first. */
async function meeting(ctx: Asking, { geometry }: AreaRow): Promise<Met> {
  if (geometry.type === 'Point') {
    const [lng, lat] = geometry.coordinates
    const held = (await gridsOf(ctx)).filter((g) => isInside(g.geometry, lng, lat))
    return { met: held.map((grid) => ({ grid, ofArea: 1, ofGrid: 0 })), bareM2: null }
  }
  const shape = geometry as Geometry
  const box = boxOf(shape)
  // The borders of a whole county are read by who has his turn, not by who waits for it.
  const { near, both, bare } = await clipping(ctx.caller, 'whole', async (clip) => {
    const found = (await gridsOf(ctx)).filter((g) => boxesMeet(boxOf(g.geometry), box))
    const shapes = found.map((g) => g.geometry)
    return { near: found, ...(await clip('shareOf', shape, shapes)) }
  })
  const size = areaOf(shape)
  const met = near.map((grid, i) => ({
    grid,
    land: both[i]!,
    ofArea: both[i]! / size,
    ofGrid: both[i]! / areaOf(grid.geometry),
  }))
  const kept = met.filter((m) => m.land > tolerance).toSorted((a, b) => b.ofArea - a.ofArea)
  return { met: kept, bareM2: Math.round(bare) }
}

async function gridsOf(ctx: Asking): Promise<Shape[]> {
  const tree = placeTree(ctx)
  const countyId = tree.line(tree.byCode(`${ctx.caller.countyCode}000000`)?.id ?? '')[0]?.id
  return countyId === undefined ? [] : shapesOf(ctx.tx, tree.below(countyId, 'grid'))
}

async function sharesOf(ctx: Asking, { geometry }: AreaRow, met: readonly Meeting[]): Promise<AreaShare[]> {
  const tree = placeTree(ctx)
  const gridIds = met.map((m) => m.grid.id)
  const people = Map.groupBy((await askAbove(ctx, gridsPeopled, { gridIds })).flat(), (p) => p.gridId)
  const rows = new Map((await listPlaces(ctx.tx, gridIds)).map((p) => [p.id, p]))
  const count = (list: readonly Peopled[]) => list.reduce((sum, p) => sum + p.persons, 0)
  const holds = ({ point }: Peopled) =>
    point !== null && geometry.type !== 'Point' && isInside(geometry as Geometry, point.lng, point.lat)
  return met.map(({ grid, ofArea, ofGrid }) => {
    const village = tree.ancestor(grid.id, 'village')
    const there = people.get(grid.id) ?? []
    return {
      gridId: grid.id,
      name: grid.name,
      village: village?.name ?? '',
      villageId: village?.id ?? null,
      version: rows.get(grid.id)?.version ?? 1,
      ofArea: Math.round(ofArea * 1000) / 1000,
      ofGrid: Math.round(ofGrid * 1000) / 1000,
      persons: count(there.filter(holds)),
      gridPersons: count(there),
      pointless: count(there.filter((p) => p.point === null)),
    }
  })
}
