/**
 * Where a building stands, said once by somebody who stands there or sees it on the map. By its point it goes with a border
 * into another grid, and its people with it: moving one that has a point is the desk's, and the history keeps both.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { placeBuilding as promise } from '@fengge/domain/registry/contract'
import { buildingPlaced } from '@fengge/domain/registry/facts'
import { pointText } from '@fengge/domain/registry/undoing'
import { sourceOf } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { lockRecord } from '../sight.ts'
import { placeInMicro } from '../micros.ts'
import { findPoint } from '../store/buildings.ts'
import { saveChange } from '../store/changes.ts'
import { savePoint } from '../store/records.ts'

export async function placeBuilding(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { row, kind, post, duties } = await lockRecord(ctx, ask.id, 'registry.write')
  if (kind !== 'building') refuse('record.unknown', 404)
  const tree = placeTree(ctx)
  // A point in a village of somebody else's is a slip of the finger or of the satellite.
  const village = tree.locateIn('village', ask.lng, ask.lat)
  if (village && row.village_id !== null && village.id !== row.village_id) refuse('record.out-of-place', 422)
  const stood = await findPoint(ctx.tx, ctx.caller.countyCode, ask.id)
  const [from, to] = [stood === undefined ? null : pointText(stood), pointText(ask)]
  if (from === to) return { done: true }
  if (!duties.has('registry.correct')) {
    if (from !== null) refuse('building.placed', 409)
    const grid = tree.locateIn('grid', ask.lng, ask.lat)
    if (grid && row.grid_id !== null && grid.id !== row.grid_id) refuse('record.out-of-place', 422)
  }
  await savePoint(ctx, ctx.caller.countyCode, ask.id, ask)
  await placeInMicro(ctx, ask.id, ask)
  const fields = { point: { from, to } }
  const source = sourceOf(post?.roleCode)
  await saveChange(ctx, {
    kind,
    recordId: ask.id,
    version: row.version + 1,
    what: 'placed',
    fields,
    source,
    reason: '',
  })
  ctx.tell(buildingPlaced, { from, to }, ask.id, post)
  return { done: true }
}
