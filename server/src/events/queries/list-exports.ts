import type { listEventExports as promise } from '@fengge/domain/events/contract/exports'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { pageOfAsked } from '../../kernel/db/asked-list.ts'
import { idsWithin, placeTree } from '../../places/door.ts'
import { listExports as listRequests, type ExportRequest } from '../store/exports.ts'

/** Exports that one asked for oneself, and those that one may agree to. */
export async function listExports(ctx: Asking, { after }: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const tree = placeTree(ctx)
  const judges = postsWith(ctx.caller, 'event.approve-export').filter((p) => p.departmentId === null)
  const judgedAt = idsWithin(
    tree,
    judges.map((p) => p.placeId),
  )
  const isMine = (r: ExportRequest) => r.account_id === ctx.caller.accountId
  const { countyCode: county, accountId } = ctx.caller
  const { page, next } = pageOfAsked(await listRequests(ctx.tx, { county, accountId, judgedAt, after }))
  return {
    exports: page.map((r) => ({
      id: r.id,
      placeName: tree.get(r.place_id)?.name ?? '',
      purpose: r.purpose,
      rows: r.rows,
      state: r.state,
      by: r.account_name,
      askedAt: r.asked_at.toISOString(),
      expiresAt: r.expires_at?.toISOString() ?? null,
      isMine: isMine(r),
      canDecide: r.state === 'asked' && !isMine(r),
    })),
    next,
  }
}
