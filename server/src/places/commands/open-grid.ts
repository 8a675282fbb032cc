/** How a grid opens under its parent: its level, its code, its border. */
import { composeGridCode } from '@fengge/domain/kernel/place-code'
import type { Geometry } from '@fengge/domain/places/terms'
import { may, type Asking, type Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import * as store from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'

export const mayEdit = (ctx: Asking, placeId: string) => may(ctx, 'net.edit', placeId, placeTree(ctx).contains)

export interface Drawn {
  id: string
  name: string
  level: string | null
  kind: string
  dedicatedKind: string | null
  households: number | null
  people: number | null
  normReason: string | null
  terrain: string
  geometry: Geometry | null
}

/** Below a village stands a grid, below a grid a micro-grid or a grid of a deeper level; which levels there are is data (G1). */
async function levelFor(ctx: Asking, parent: store.PlaceRow, grid: Drawn): Promise<store.LevelRow> {
  const levels = await store.listLevelRows(ctx.tx)
  const level =
    levels.find((l) => l.code === (grid.level ?? usualLevel(parent, grid))) ?? refuse('place.parent-wrong', 422)
  const above = levels.find((l) => l.code === parent.level)!
  const fits =
    parent.tier === 'village'
      ? level.tier === 'grid'
      : parent.tier === 'grid' && (level.tier === 'grid' || level.tier === 'micro') && level.ordinal > above.ordinal
  return fits ? level : refuse('place.parent-wrong', 422)
}

function usualLevel(parent: store.PlaceRow, grid: Drawn): 'grid' | 'micro' | undefined {
  if (parent.tier === 'village') return 'grid'
  return grid.kind === 'micro' ? 'micro' : undefined
}

export const saveSuccession = (ctx: Ctx, succession: Omit<store.Succession, 'id'>) =>
  store.saveSuccession(ctx.tx, { id: freshId(ctx.now), ...succession })

export async function openGrid(ctx: Ctx, parent: store.PlaceRow, grid: Drawn, on: string): Promise<string> {
  const level = await levelFor(ctx, parent, grid)
  const isMicro = level.tier === 'micro'
  if (isMicro !== (grid.kind === 'micro') || (grid.kind === 'dedicated') !== (grid.dedicatedKind !== null))
    refuse('place.parent-wrong', 422)
  const code = composeGridCode(parent.code, await store.issueCode(ctx.tx, parent)) ?? refuse('place.codes-spent', 409)
  await store.savePlace(ctx.tx, {
    id: grid.id,
    code,
    name: grid.name,
    level: level.code,
    parent_id: parent.id,
    county_code: parent.county_code,
    kind: grid.kind,
    dedicated_kind: grid.dedicatedKind,
    households: grid.households,
    people: grid.people,
    norm_reason: grid.normReason,
    terrain: grid.terrain,
    valid_from: on,
  })
  await store.saveIssuedCode(ctx.tx, code, grid.id, on)
  if (grid.geometry) await store.saveBoundary(ctx.tx, grid.id, grid.geometry, on)
  return code
}
