/** The check of a net, with the norms and layers that it is held against. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/places/contract'
import { dayOf } from '@fengge/domain/kernel/time'
import { gridsWeighed } from '@fengge/domain/places/facts'
import { readyWeights } from '@fengge/domain/places/load'
import {
  findingKinds,
  type Finding,
  type Geometry,
  type LoadFigures,
  type LoadWeights,
  type SizeNorm,
} from '@fengge/domain/places/terms'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'
import { askAbove } from '../../kernel/reactions.ts'
import { clipping, type Clip } from '../clipping/beside.ts'
import { boxesMeet, boxOf, type Box } from '../geometry.ts'
import { checkLayers, checkLoads, type Layer, type Shape } from '../net-checks.ts'
import { listInForceOf, listPlaces } from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'
import type { Node } from '../tree.ts'
import { shapesOf } from './borders.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

/** Everything that is wrong with the net below a place: counted by kind, and given page by page. */
export async function checkNet(ctx: Asking, ask: Ask<'checkNet'>): Reply<'checkNet'> {
  const { findings, checked } = await findAll(ctx, ask.parentId)
  const counts = findingKinds.flatMap((kind) => {
    const n = findings.filter((f) => f.kind === kind).length
    return n === 0 ? [] : [{ kind, n }]
  })
  const wanted = ask.kind === undefined ? findings : findings.filter((f) => f.kind === ask.kind)
  const from = (ask.page - 1) * ask.size
  return { findings: wanted.slice(from, from + ask.size), total: wanted.length, counts, checked }
}

/** Who finds no room in the line has read nothing yet, and who waits holds no table in memory. */
function findAll(ctx: Asking, parentId: string): Promise<{ findings: Finding[]; checked: number }> {
  const parent = placeTree(ctx).get(parentId) ?? refuse('place.unknown', 404)
  return clipping(ctx.caller, 'whole', (clip) => findBelow(ctx, clip, parent))
}

async function findBelow(ctx: Asking, clip: Clip, parent: Node): Promise<{ findings: Finding[]; checked: number }> {
  const tree = placeTree(ctx)
  const county = parent.countyCode ?? ''
  const norms = await listNorms(ctx.tx, county)
  const below = parent.tier === 'county' || parent.tier === 'town' ? tree.below(parent.id, 'village') : []
  const ids = [parent.id, ...below]
  const rows = new Map((await listPlaces(ctx.tx, ids)).map((p) => [p.id, p]))
  const inside = Map.groupBy(await listInForceOf(ctx.tx, ids), (p) => p.parent_id!)
  const findings: Finding[] = []
  for (const id of ids) {
    const row = rows.get(id)!
    const children = inside.get(id) ?? []
    if (row.tier === 'village' || children.some((c) => c.geometry))
      findings.push(...(await clip('checkLevel', row, children, norms)))
  }
  const [towns, all] = await Promise.all(
    (['town', 'grid'] as const).map((tier) => shapesOf(ctx.tx, tree.below(parent.id, tier))),
  )
  const others = await checkAlong(clip, await listLayers(ctx.tx, county), { grids: all!, towns: towns! })
  const grids = [...inside.values()].flat().filter((p) => p.tier === 'grid')
  const figures = await figuresOf(
    ctx,
    grids.map((g) => g.id),
  )
  const weights = await findWeights(ctx.tx, county, dayOf(ctx.now))
  findings.push(...checkLoads(grids, figures, { norms, weights }), ...others)
  return { findings, checked: [...inside.values()].reduce((sum, list) => sum + list.length, 0) }
}

/** Layers against the net one by one, each against what lies near it: no message is more than a turn's work. */
async function checkAlong(
  clip: Clip,
  layers: readonly Layer[],
  net: { readonly grids: readonly Shape[]; readonly towns: readonly Shape[] },
): Promise<Finding[]> {
  const boxed = (shapes: readonly Shape[]) => shapes.map((shape) => ({ shape, box: boxOf(shape.geometry) }))
  const [grids, towns] = [boxed(net.grids), boxed(net.towns)]
  const near = (shapes: ReturnType<typeof boxed>, box: Box) =>
    shapes.filter((s) => boxesMeet(s.box, box)).map((s) => s.shape)
  const findings: Finding[] = []
  // Beats first, as they are told first.
  for (const layer of layers.toSorted(
    (a, b) => Number(b.layer === 'police-beat') - Number(a.layer === 'police-beat'),
  )) {
    const { geometry } = layer
    if (geometry.type === 'Point') {
      const [lng, lat] = geometry.coordinates
      findings.push(...checkLayers([layer], near(grids, [lng, lat, lng, lat]), []))
    } else {
      const box = boxOf(geometry as Geometry)
      findings.push(...(await clip('checkLayers', [layer], near(grids, box), near(towns, box))))
    }
  }
  return findings
}

/** What the slices above know of each grid, taken together. */
async function figuresOf(ctx: Asking, gridIds: readonly string[]): Promise<Map<string, Partial<LoadFigures>>> {
  const known = new Map<string, Partial<LoadFigures>>()
  for (const { gridId, figures } of (await askAbove(ctx, gridsWeighed, { gridIds })).flat())
    known.set(gridId, { ...known.get(gridId), ...figures })
  return known
}

type WeightRow = Omit<LoadWeights, 'validFrom'> & { readonly valid_from: string }
const weightsOf = ({ valid_from: validFrom, ...weights }: WeightRow): LoadWeights => ({ validFrom, ...weights })

function listWeights(tx: Reading, county: string): Promise<WeightRow[]> {
  return rowsOf<WeightRow>(
    tx,
    sql`
      select valid_from, person, rental, unit, dispute, km2, hill, water, source
      from places.load_weight
      where county_code = ${county}
      order by valid_from desc
    `,
  )
}
async function findWeights(tx: Reading, county: string, on: string): Promise<LoadWeights> {
  const row = (await listWeights(tx, county)).find((w) => w.valid_from <= on)
  return row ? weightsOf(row) : readyWeights
}
export async function getWeights(ctx: Asking, ask: Ask<'getWeights'>): Reply<'getWeights'> {
  const county = placeTree(ctx).get(ask.countyId)?.countyCode ?? ''
  const history = (await listWeights(ctx.tx, county)).map(weightsOf)
  return { inForce: await findWeights(ctx.tx, county, dayOf(ctx.now)), history }
}

function listLayers(tx: Reading, county: string): Promise<Layer[]> {
  return rowsOf<Layer>(
    tx,
    sql`
      select id, layer, owner, name, geometry
      from places.feature
      where county_code = ${county}
      order by name
    `,
  )
}

export function listNorms(tx: Reading, county: string): Promise<SizeNorm[]> {
  return rowsOf<SizeNorm>(
    tx,
    sql`
      select
        kind, least_households as "leastHouseholds", most_households as "mostHouseholds",
        least_people as "leastPeople", most_people as "mostPeople", source
      from places.size_norm
      where county_code = ${county}
    `,
  )
}
export async function getNorms(ctx: Asking, ask: Ask<'getNorms'>): Reply<'getNorms'> {
  return { norms: await listNorms(ctx.tx, placeTree(ctx).get(ask.countyId)?.countyCode ?? '') }
}
