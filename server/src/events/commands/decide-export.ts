/** Agrees to an export of somebody else, or refuses it. */
import type { decideEventExport as promise } from '@fengge/domain/events/contract/exports'
import { eventExportAgreed, eventExportRefused } from '@fengge/domain/events/facts'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { accountOf, may, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { lockExport, saveExportDecision } from '../store/exports.ts'
import { expiryAfter } from './ask-export.ts'

export async function decideExport(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const request = (await lockExport(ctx.tx, county, ask.id)) ?? refuse('export.unknown', 404)
  const post = may(ctx, 'event.approve-export', request.place_id, placeTree(ctx).contains)
  if (request.account_id === ctx.caller.accountId) refuse('export.own', 403)
  if (request.state !== 'asked') refuse('export.decided', 409)
  await saveExportDecision(ctx.tx, county, ask.id, {
    state: ask.isAgreed ? 'approved' : 'refused',
    by: accountOf(ctx.caller),
    at: new Date(ctx.now),
    expiresAt: ask.isAgreed ? expiryAfter(ctx.now) : null,
  })
  const { rows, purpose } = request
  ctx.tell(ask.isAgreed ? eventExportAgreed : eventExportRefused, { rows, purpose }, ask.id, post)
  return { done: true }
}
