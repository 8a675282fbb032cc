/** Somebody above the place agrees that a keeper reads what is sealed, for a short time; nobody agrees with himself. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { careReadableFor } from '@fengge/domain/registry/care/key-populations'
import type { decideCare as promise } from '@fengge/domain/registry/care/contract'
import { careAgreed, careRefused } from '@fengge/domain/registry/facts'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { reachRecord } from '../sight.ts'
import { lockCareRequest, saveCareDecision } from '../store/care-teams.ts'

export async function decideCare(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const request = (await lockCareRequest(ctx.tx, county, ask.id)) ?? refuse('record.unknown', 404)
  const { post } = await reachRecord(ctx, request.person_id, 'registry.approve')
  if (request.asked_by === ctx.caller.accountId) refuse('care.own', 403)
  if (request.state !== 'open') refuse('care.decided', 409)
  if (!ask.isAgreed && ask.reason === '') refuse('care.reason', 422)
  await saveCareDecision(ctx.tx, county, ask.id, {
    state: ask.isAgreed ? 'agreed' : 'refused',
    reason: ask.reason,
    by: accountOf(ctx.caller),
    at: new Date(ctx.now),
    openUntil: ask.isAgreed ? new Date(ctx.now + careReadableFor) : null,
  })
  const fact = ask.isAgreed ? careAgreed : careRefused
  ctx.tell(fact, { request: ask.id, reason: ask.reason }, request.person_id, post ?? null)
  return { done: true }
}
