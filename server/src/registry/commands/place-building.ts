/** Where a building stands, said once by somebody who stands there or sees it on the map. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { placeBuilding as promise } from '@fengge/domain/registry/contract'
import { buildingPlaced } from '@fengge/domain/registry/facts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { lockRecord } from '../sight.ts'
import { placeInMicro } from '../micros.ts'
import { savePoint } from '../store/records.ts'

export async function placeBuilding(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { row, kind, post } = await lockRecord(ctx, ask.id, 'registry.write')
  if (kind !== 'building') refuse('record.unknown', 404)
  // A point in a village of somebody else's is a slip of the finger or of the satellite.
  const village = placeTree(ctx).locateIn('village', ask.lng, ask.lat)
  if (village && row.village_id !== null && village.id !== row.village_id) refuse('record.out-of-place', 422)
  await savePoint(ctx, ctx.caller.countyCode, ask.id, ask)
  await placeInMicro(ctx, ask.id, ask)
  ctx.tell(buildingPlaced, {}, ask.id, post)
  return { done: true }
}
