/** Borders of existing places from GeoJSON (GCJ-02 or WGS-84), and size norms. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type * as promises from '@fengge/domain/places/contract'
import type { Geometry } from '@fengge/domain/places/terms'
import { bordersImported, normSaved, weightsSaved } from '@fengge/domain/places/facts'
import { may, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Prepared } from '../../kernel/run-call.ts'
import { clipping } from '../clipping/beside.ts'
import { holdImported } from '../drawn.ts'
import { mayForCounty } from '../for-county.ts'
import { foresee, holdSettled } from '../foresee.ts'
import type { Shape } from '../net-checks.ts'
import { newsOf } from '../net-news.ts'
import type { Plan } from '../net-plan.ts'
import { planBeside, type Means } from '../outline-change.ts'
import { createSeen, holdSame, type Seen } from '../seen.ts'
import * as store from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'
import { changedIn, tellChanged, tellWider, writePlaces } from './carry-out.ts'

interface ReadBorders {
  /** Of areas above grids, by their ids. */
  readonly areas: ReadonlyMap<string, Geometry>
  /** What the borders of grids change; undefined where they change nothing. */
  readonly grids: Plan | undefined
  readonly seen: Seen
}

export const importBorders: Prepared<typeof promises.importBorders, ReadBorders> = {
  prepare: async (ctx, ask) => {
    const tree = placeTree(ctx)
    const unknown = ask.features.filter((f) => !tree.byCode(f.code)).map((f) => f.code)
    if (unknown.length > 0) refuse('place.unknown', 422, { codes: unknown.slice(0, 50) })
    const ids = ask.features.map((f) => tree.byCode(f.code)!.id)
    if (ctx.caller.kind !== 'system') for (const id of ids) may(ctx, 'net.import', id, tree.contains)
    const drawn = ask.features.map((f) => f.geometry)
    holdImported(drawn)
    return clipping(ctx.caller, 'whole', async (clip) => {
      const read = await clip('readBorders', drawn, ask.datum)
      return reckonImport({ ctx, clip, seen: createSeen() }, new Map(ids.map((id, i) => [id, read[i]!])), ask.validFrom)
    })
  },
  command: async (ctx, ask, { areas, grids, seen }) => {
    await holdSame(ctx.tx, seen, [...areas.keys(), ...(grids ? changedIn(grids) : [])])
    for (const [id, border] of areas) await saveBorder(ctx, id, border, ask.validFrom)
    if (grids) await changeGrids(ctx, grids)
    ctx.tell(bordersImported, { codes: ask.features.length, datum: ask.datum })
    return { saved: ask.features.length, findings: [] }
  },
}

async function saveBorder(ctx: Ctx, id: string, border: Geometry, on: string): Promise<void> {
  await store.saveBoundary(ctx.tx, id, border, on)
  await store.raiseVersion(ctx.tx, id)
}

async function reckonImport(means: Means, read: ReadonlyMap<string, Geometry>, on: string): Promise<ReadBorders> {
  const { ctx, clip, seen } = means
  const rows = await store.listPlaces(ctx.tx, [...read.keys()])
  seen.add(rows)
  const isGrid = ({ tier }: store.PlaceRow) => tier === 'grid' || tier === 'micro'
  const areas = new Map(rows.filter((r) => !isGrid(r)).map((r) => [r.id, read.get(r.id)!]))
  const known = rows.filter((r) => isGrid(r) && r.geometry !== null)
  const same = await clip(
    'areSame',
    known.map((r) => [r.geometry!, read.get(r.id)!] as const),
  )
  const staying = new Set(known.filter((_, i) => same[i]).map((r) => r.id))
  const grids = await planGrids(
    means,
    rows.filter((r) => isGrid(r) && !staying.has(r.id)),
    { read, on },
  )
  await judgeLevels(means, rows, { borders: new Map([...read, ...(grids?.borders ?? [])]), grids })
  return { areas, grids, seen }
}

async function planGrids(
  { ctx, clip, seen }: Means,
  grids: readonly store.PlaceRow[],
  { read, on }: { readonly read: ReadonlyMap<string, Geometry>; readonly on: string },
): Promise<Plan | undefined> {
  if (grids.length === 0) return undefined
  if (on > dayOf(ctx.now)) refuse('place.dates', 422)
  const asked = new Set(grids.map((g) => g.id))
  const inside = await store.listPlaces(ctx.tx, await store.listBelow(ctx.tx, [...asked]))
  seen.add(inside)
  seen.addHolders([...asked, ...inside.map((p) => p.id)])
  const below = inside.filter((p) => !asked.has(p.id))
  const borders = new Map(grids.map((g) => [g.id, read.get(g.id)!]))
  const ask = { kind: 'border' as const, on, reason: '', settled: [], rest: undefined, staff: [] }
  return planBeside(clip, { ask, grids, host: null, below, opened: [], borders })
}

/** @throws Refusal where a border lies over another one or outside of its parent, as they will be together */
async function judgeLevels(
  { ctx, clip, seen }: Means,
  rows: readonly store.PlaceRow[],
  { borders, grids }: { readonly borders: ReadonlyMap<string, Geometry>; readonly grids: Plan | undefined },
): Promise<void> {
  const parentIds = [...new Set(rows.flatMap((r) => r.parent_id ?? []))]
  const inside = await store.listInForceOf(ctx.tx, parentIds)
  const parents = await store.listPlaces(ctx.tx, parentIds)
  const ended = new Set(grids?.ended.map((p) => p.id))
  const shapeOf = ({ id, name, geometry }: store.PlaceRow): Shape[] => {
    const border = borders.get(id) ?? geometry
    return border && !ended.has(id) ? [{ id, name, geometry: border }] : []
  }
  seen.add([...parents, ...inside])
  seen.addHolders(parentIds)
  const children = Map.groupBy(inside, (p) => p.parent_id!)
  const read = new Set(rows.map((r) => r.id))
  for (const parent of parents)
    await clip('holdLevel', shapeOf(parent)[0] ?? null, (children.get(parent.id) ?? []).flatMap(shapeOf), read)
}

/**
 * What stands in a grid that gets its first border follows it. A grid that has one, and in which something stands,
 * changes it only by a plan that somebody has looked at.
 */
async function changeGrids(ctx: Ctx, plan: Plan): Promise<void> {
  const news = newsOf(placeTree(ctx), plan)
  const foreseen = await foresee(ctx, plan, news)
  const filled = new Set([...foreseen.moved, ...foreseen.loose].map((m) => m.from))
  const names = plan.grids.flatMap((g) => (g.geometry !== null && filled.has(g.id) ? [g.name] : []))
  if (names.length > 0) refuse('border.holds-people', 409, { names: names.slice(0, 20), count: names.length })
  holdSettled(foreseen)
  if (plan.opened.length > 0 || plan.ended.length > 0) await writePlaces(ctx, plan)
  else for (const [id, border] of plan.borders) await saveBorder(ctx, id, border, plan.ask.on)
  tellWider(ctx, plan, foreseen, null)
  await tellChanged(ctx, plan, news)
}

export async function saveWeights(
  ctx: Ctx,
  ask: AskOf<typeof promises.saveWeights>,
): Promise<ReplyOf<typeof promises.saveWeights>> {
  mayForCounty(ctx, 'net.edit')
  const tree = placeTree(ctx)
  const post = may(ctx, 'net.edit', ask.countyId, tree.contains)
  await store.saveWeightRow(ctx.tx, tree.get(ask.countyId)?.countyCode ?? refuse('not-found', 404), ask.weights)
  ctx.tell(weightsSaved, { ...ask.weights }, ask.countyId, post)
  return { done: true }
}

export async function saveNorm(
  ctx: Ctx,
  ask: AskOf<typeof promises.saveNorm>,
): Promise<ReplyOf<typeof promises.saveNorm>> {
  mayForCounty(ctx, 'net.edit')
  const tree = placeTree(ctx)
  const post = may(ctx, 'net.edit', ask.countyId, tree.contains)
  await store.saveNormRow(ctx.tx, tree.get(ask.countyId)?.countyCode ?? refuse('not-found', 404), ask.norm)
  ctx.tell(normSaved, { ...ask.norm }, ask.countyId, post)
  return { done: true }
}
