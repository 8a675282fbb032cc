import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listSafety as promise } from '@fengge/domain/visits/contract/desk'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { placeTree } from '../../places/door.ts'
import { listOpenShares } from '../store/safety.ts'
import { placeName } from './place-name.ts'

/** Lone visits shared now with those who send people there. */
export async function listSafety(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  const places = postsWith(ctx.caller, 'task.order').map((p) => p.placeId)
  const shares = await listOpenShares(ctx.tx, ctx.caller.countyCode)
  return {
    shares: shares
      .filter((s) => places.some((p) => placeTree(ctx).contains(p, s.place_id)))
      .map((s) => ({
        id: s.id,
        name: s.name,
        gridName: placeName(ctx, s.place_id) ?? '',
        where: s.where_text,
        until: s.until.toISOString(),
        isOverdue: s.until.getTime() < ctx.now,
      })),
  }
}
