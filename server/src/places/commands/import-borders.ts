/** Borders of existing places from GeoJSON (GCJ-02 or WGS-84), layers, and size norms. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type * as promises from '@fengge/domain/places/contract'
import type { Finding, Geometry } from '@fengge/domain/places/terms'
import { bordersImported, layerImported, normSaved, weightsSaved } from '@fengge/domain/places/facts'
import { may, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { foresee, holdSettled } from '../foresee.ts'
import { areaOf, differenceOf, toDatum } from '../geometry.ts'
import { checkLevel, tolerance } from '../net-checks.ts'
import { newsOf, planChange } from '../net-plan.ts'
import * as store from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'
import { tellChanged, writePlaces } from './carry-out.ts'
import { holdImported, readBorder } from './open-grid.ts'

export async function importBorders(
  ctx: Ctx,
  ask: AskOf<typeof promises.importBorders>,
): Promise<ReplyOf<typeof promises.importBorders>> {
  const tree = placeTree(ctx)
  const unknown = ask.features.filter((f) => !tree.byCode(f.code)).map((f) => f.code)
  if (unknown.length > 0) refuse('place.unknown', 422, { codes: unknown.slice(0, 50) })
  holdImported(ask.features.map((f) => f.geometry))
  const parents = new Set<string>()
  const ofGrids = new Map<string, Geometry>()
  for (const feature of ask.features) {
    const place = tree.byCode(feature.code)!
    if (ctx.caller.kind !== 'system') may(ctx, 'net.import', place.id, tree.contains)
    const border = readBorder(feature.geometry, ask.datum)
    if (place.parentId) parents.add(place.parentId)
    if (place.tier === 'grid' || place.tier === 'micro') ofGrids.set(place.id, border)
    else await saveBorder(ctx, place.id, border, ask.validFrom)
  }
  await importGrids(ctx, ofGrids, ask.validFrom)
  const findings: Finding[] = []
  for (const parentId of parents) {
    const parent = await store.findPlace(ctx.tx, parentId)
    if (parent)
      findings.push(
        ...checkLevel(parent, await store.listInForce(ctx.tx, parentId), []).filter(
          (f) => f.kind === 'overlap' || f.kind === 'outside-parent',
        ),
      )
  }
  const worst = findings[0]
  if (worst)
    refuse(worst.kind === 'overlap' ? 'border.overlap' : 'border.outside-parent', 422, {
      findings: findings.slice(0, 20),
    })
  ctx.tell(bordersImported, { codes: ask.features.length, datum: ask.datum })
  return { saved: ask.features.length, findings }
}

async function saveBorder(ctx: Ctx, id: string, border: Geometry, on: string): Promise<void> {
  await store.saveBoundary(ctx.tx, id, border, on)
  await store.raiseVersion(ctx.tx, id)
}

/**
 * What stands in a grid that gets its first border follows it. A grid that has one, and in which something stands,
 * changes it only by a plan that somebody has looked at.
 */
async function importGrids(ctx: Ctx, borders: ReadonlyMap<string, Geometry>, on: string): Promise<void> {
  const fetch = (ids: readonly string[]) => store.lockPlaces(ctx.tx, ids)
  const grids = (await fetch([...borders.keys()])).filter((g) => !isSameLand(g.geometry, borders.get(g.id)!))
  if (grids.length === 0) return
  if (on > dayOf(ctx.now)) refuse('place.dates', 422)
  const asked = new Set(grids.map((g) => g.id))
  const below = (await fetch(await store.listBelow(ctx.tx, [...asked]))).filter((p) => !asked.has(p.id))
  const fresh = new Map(grids.map((g) => [g.id, borders.get(g.id)!]))
  const ask = { kind: 'border' as const, on, reason: '', settled: [], rest: undefined, staff: [] }
  const plan = planChange({ ask, grids, host: null, below, opened: [], borders: fresh })
  const news = newsOf(placeTree(ctx), plan)
  const foreseen = await foresee(ctx, plan, news)
  const filled = new Set([...foreseen.moved, ...foreseen.loose].map((m) => m.from))
  const names = grids.flatMap((g) => (g.geometry !== null && filled.has(g.id) ? [g.name] : []))
  if (names.length > 0) refuse('border.holds-people', 409, { names: names.slice(0, 20), count: names.length })
  holdSettled(foreseen)
  if (plan.opened.length > 0 || plan.ended.length > 0) await writePlaces(ctx, plan)
  else for (const [id, border] of plan.borders) await saveBorder(ctx, id, border, on)
  await tellChanged(ctx, plan, news)
}

/** The same land but for rounding. */
const isSameLand = (known: Geometry | null, read: Geometry): boolean =>
  known !== null && areaOf(differenceOf(known, [read])) <= tolerance && areaOf(differenceOf(read, [known])) <= tolerance

export async function importLayer(
  ctx: Ctx,
  ask: AskOf<typeof promises.importLayer>,
): Promise<ReplyOf<typeof promises.importLayer>> {
  const tree = placeTree(ctx)
  const post = may(ctx, 'net.edit', ask.countyId, tree.contains)
  const county = tree.get(ask.countyId)?.countyCode ?? refuse('not-found', 404)
  holdImported(ask.features.flatMap((f) => (f.geometry.type === 'Point' ? [] : [f.geometry as Geometry])))
  for (const f of ask.features) {
    const geometry =
      f.geometry.type === 'Point'
        ? toDatum(f.geometry, ask.datum, 'wgs84')
        : readBorder(f.geometry as Geometry, ask.datum)
    await store.saveFeature(ctx.tx, county, { id: f.id, layer: ask.layer, owner: ask.owner, name: f.name, geometry })
  }
  ctx.tell(layerImported, { layer: ask.layer, count: ask.features.length }, ask.countyId, post)
  return { saved: ask.features.length }
}

export async function saveWeights(
  ctx: Ctx,
  ask: AskOf<typeof promises.saveWeights>,
): Promise<ReplyOf<typeof promises.saveWeights>> {
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
  const tree = placeTree(ctx)
  const post = may(ctx, 'net.edit', ask.countyId, tree.contains)
  await store.saveNormRow(ctx.tx, tree.get(ask.countyId)?.countyCode ?? refuse('not-found', 404), ask.norm)
  ctx.tell(normSaved, { ...ask.norm }, ask.countyId, post)
  return { done: true }
}
