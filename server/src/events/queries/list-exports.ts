import type { listEventExports as promise } from '@fengge/domain/events/contract/exports'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { placeTree } from '../../places/door.ts'
import { listExports as listRequests, type ExportRequest } from '../store/exports.ts'

/** Exports that one asked for oneself, and those that one may agree to. */
export async function listExports(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  const tree = placeTree(ctx)
  const judges = postsWith(ctx.caller, 'event.approve-export').filter((p) => p.departmentId === null)
  const isMine = (r: ExportRequest) => r.account_id === ctx.caller.accountId
  const mayDecide = (r: ExportRequest) => !isMine(r) && judges.some((p) => tree.contains(p.placeId, r.place_id))
  const requests = await listRequests(ctx.tx, ctx.caller.countyCode)
  return {
    exports: requests
      .filter((r) => isMine(r) || mayDecide(r))
      .map((r) => ({
        id: r.id,
        placeName: tree.get(r.place_id)?.name ?? '',
        purpose: r.purpose,
        rows: r.rows,
        state: r.state,
        by: r.account_name,
        askedAt: r.asked_at.toISOString(),
        expiresAt: r.expires_at?.toISOString() ?? null,
        isMine: isMine(r),
        canDecide: r.state === 'asked' && mayDecide(r),
      })),
  }
}
