import type { listEventExports as promise } from '@fengge/domain/events/contract/exports'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { pageOfAsked, viewAsked } from '../../kernel/db/asked-list.ts'
import { idsWithin, placeTree } from '../../places/door.ts'
import { listExports as listRequests } from '../store/exports.ts'

/** Exports that one asked for oneself, and those that one may agree to. */
export async function listExports(ctx: Asking, { after }: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const tree = placeTree(ctx)
  const judges = postsWith(ctx.caller, 'event.approve-export').filter((p) => p.departmentId === null)
  const judgedAt = idsWithin(
    tree,
    judges.map((p) => p.placeId),
  )
  const { countyCode: county, accountId } = ctx.caller
  const { page, next } = pageOfAsked(await listRequests(ctx.tx, { county, accountId, judgedAt, after }))
  return {
    exports: page.map((r) => ({ ...viewAsked(r, accountId), placeName: tree.get(r.place_id)?.name ?? '' })),
    next,
  }
}
