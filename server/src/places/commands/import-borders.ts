/** Borders of existing places from GeoJSON (GCJ-02 or WGS-84), layers, and size norms. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/places/contract'
import type { Finding, Geometry } from '@fengge/domain/places/terms'
import { bordersImported, layerImported, normSaved, weightsSaved } from '@fengge/domain/places/facts'
import { may, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { toDatum } from '../geometry.ts'
import { checkLevel } from '../net-checks.ts'
import * as store from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'
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
  for (const feature of ask.features) {
    const place = tree.byCode(feature.code)!
    if (ctx.caller.kind !== 'system') may(ctx, 'net.import', place.id, tree.contains)
    await store.saveBoundary(ctx.tx, place.id, readBorder(feature.geometry, ask.datum), ask.validFrom)
    await store.raiseVersion(ctx.tx, place.id)
    if (place.parentId) parents.add(place.parentId)
  }
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
