/** The check of a net, with the norms and layers that it is held against. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/places/contract'
import { dayOf } from '@fengge/domain/kernel/time'
import { gridsWeighed } from '@fengge/domain/places/facts'
import { readyWeights } from '@fengge/domain/places/load'
import {
  findingKinds,
  type Finding,
  type LoadFigures,
  type LoadWeights,
  type SizeNorm,
} from '@fengge/domain/places/terms'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'
import { askAbove } from '../../kernel/reactions.ts'
import { checkLayers, checkLevel, checkLoads, type Layer } from '../net-checks.ts'
import { listInForceOf, listPlaces } from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'
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

async function findAll(ctx: Asking, parentId: string): Promise<{ findings: Finding[]; checked: number }> {
  const tree = placeTree(ctx)
  const parent = tree.get(parentId) ?? refuse('place.unknown', 404)
  const county = parent.countyCode ?? ''
  const norms = await listNorms(ctx.tx, county)
  const below = parent.tier === 'county' || parent.tier === 'town' ? tree.below(parent.id, 'village') : []
  const ids = [parent.id, ...below]
  const rows = new Map((await listPlaces(ctx.tx, ids)).map((p) => [p.id, p]))
  const inside = Map.groupBy(await listInForceOf(ctx.tx, ids), (p) => p.parent_id!)
  const findings = ids.flatMap((id) => {
    const row = rows.get(id)!
    const children = inside.get(id) ?? []
    return row.tier === 'village' || children.some((c) => c.geometry) ? checkLevel(row, children, norms) : []
  })
  const grids = [...inside.values()].flat().filter((p) => p.tier === 'grid')
  const figures = await figuresOf(
    ctx,
    grids.map((g) => g.id),
  )
  const weights = await findWeights(ctx.tx, county, dayOf(ctx.now))
  findings.push(...checkLoads(grids, figures, { norms, weights }))
  const [towns, all] = [tree.below(parent.id, 'town'), tree.below(parent.id, 'grid')]
  const layers = await listLayers(ctx.tx, county)
  findings.push(...checkLayers(layers, await shapesOf(ctx.tx, all), await shapesOf(ctx.tx, towns)))
  return { findings, checked: [...inside.values()].reduce((sum, list) => sum + list.length, 0) }
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
      select valid_from, person, rental, unit, dispute, km2, source
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
