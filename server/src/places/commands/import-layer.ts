/** Layers beside the net: police beats, departments' grids, estates, street fronts; the journal keeps what each was. */
import { createHash } from 'node:crypto'
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { DetailOf } from '@fengge/domain/kernel/fact'
import type * as promises from '@fengge/domain/places/contract'
import type { Geometry } from '@fengge/domain/places/terms'
import { layerImported, type KeptShape } from '@fengge/domain/places/facts'
import { may } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Prepared } from '../../kernel/run-call.ts'
import { clipping } from '../clipping/beside.ts'
import { holdImported } from '../drawn.ts'
import { mayForCounty } from '../for-county.ts'
import { areaOf, toDatum } from '../geometry.ts'
import { lockFeatures, saveFeature, type FeatureRow } from '../store/features.ts'
import { placeTree } from '../tree-in-force.ts'

type LayerShape = AskOf<typeof promises.importLayer>['features'][number]['geometry']

export const importLayer: Prepared<typeof promises.importLayer, readonly LayerShape[]> = {
  prepare: async (ctx, ask) => {
    mayForCounty(ctx, 'net.edit')
    may(ctx, 'net.edit', ask.countyId, placeTree(ctx).contains)
    const drawn = ask.features.flatMap((f) => (f.geometry.type === 'Point' ? [] : [f.geometry]))
    holdImported(drawn)
    const read =
      drawn.length === 0 ? [] : await clipping(ctx.caller, 'whole', (clip) => clip('readBorders', drawn, ask.datum))
    const left = read.values()
    return ask.features.map(({ geometry }) =>
      geometry.type === 'Point' ? toDatum(geometry, ask.datum, 'wgs84') : left.next().value!,
    )
  },
  command: async (ctx, ask, read) => {
    const tree = placeTree(ctx)
    const post = may(ctx, 'net.edit', ask.countyId, tree.contains)
    const county = tree.get(ask.countyId)?.countyCode ?? refuse('not-found', 404)
    const { layer, owner, features } = ask
    const drawn = features.map(({ id, name }, i) => ({ id, layer, owner, name, geometry: read[i]! }))
    const former = new Map((await lockFeatures(ctx.tx, { county, layer, owner }, drawn)).map((f) => [f.id, f]))
    for (const feature of drawn) if (!(await saveFeature(ctx.tx, county, feature))) refuse('request.reused', 409)
    const changed = drawn.flatMap((feature) => changeOf(former.get(feature.id), feature))
    ctx.tell(layerImported, { layer, owner, count: features.length, changed }, ask.countyId, post)
    return { saved: features.length }
  },
}

interface Drawn {
  readonly id: string
  readonly name: string
  readonly geometry: FeatureRow['geometry']
}
type Changed = DetailOf<typeof layerImported>['changed'][number]

function changeOf(before: Drawn | undefined, after: Drawn): Changed[] {
  if (!before) return []
  const shape = { from: kept(before.geometry), to: kept(after.geometry) }
  const isSame = JSON.stringify(shape.from) === JSON.stringify(shape.to)
  if (isSame && before.name === after.name) return []
  return [{ id: after.id, name: { from: before.name, to: after.name }, ...(isSame ? {} : { shape }) }]
}

/** Characters of a shape that the journal keeps whole. */
const longestKept = 4000

function kept(shape: Drawn['geometry']): KeptShape {
  const whole = { type: shape.type, coordinates: shape.coordinates }
  const text = JSON.stringify(whole)
  if (shape.type === 'Point' || text.length <= longestKept) return { whole }
  const drawn = shape as Geometry
  const points = drawn.coordinates.flat().reduce((sum, ring) => sum + ring.length, 0)
  return { points, areaM2: Math.round(areaOf(drawn)), digest: createHash('sha256').update(text).digest('hex') }
}
