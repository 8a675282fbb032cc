/** Where a building stands, said once by somebody who stands there or sees it on the map. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { placeBuilding as promise } from '@fengge/domain/registry/contract'
import type { Ctx } from '../../kernel/context.ts'
import { sql, run } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { reachRecord } from '../sight.ts'

export async function placeBuilding(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { row, kind, post } = await reachRecord(ctx, ask.id, 'registry.write', true)
  if (kind !== 'building') refuse('record.unknown', 404)
  // A point in a village of somebody else's is a slip of the finger or of the satellite.
  const village = placeTree().locateIn('village', ask.lng, ask.lat)
  if (village && row.village_id !== null && village.id !== row.village_id) refuse('record.out-of-place', 422)
  await run(
    ctx.tx,
    sql`
      update registry.building
      set lng = ${ask.lng}, lat = ${ask.lat}, version = version + 1, changed_at = ${new Date(ctx.now)}
      where county_code = ${ctx.caller.countyCode} and id = ${ask.id}
    `,
  )
  ctx.tell('registry.building-placed', {}, ask.id, post)
  return { done: true }
}
