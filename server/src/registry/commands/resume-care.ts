/** Somebody whose care a leaving had ended is back: his keeper goes on with it, or lets it rest (R3). Nothing goes on unasked. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { resumeCare as promise } from '@fengge/domain/registry/care/contract'
import { careResumed, overlaySaved } from '@fengge/domain/registry/facts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { announce } from '../../kernel/reactions.ts'
import { lockCare } from '../care/lock-care.ts'
import { letCareRest, reopenCare } from '../store/overlays.ts'

export async function resumeCare(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { overlay, post } = await lockCare(ctx, ask.id)
  if (overlay.back_at === null) refuse('care.decided', 409)
  const county = ctx.caller.countyCode
  const personId = overlay.person_id
  ctx.tell(careResumed, { isTaken: ask.isTaken }, personId, post ?? null)
  if (!ask.isTaken) {
    await letCareRest(ctx.tx, county, ask.id)
    return { done: true }
  }
  await reopenCare(ctx.tx, county, [ask.id])
  const detail = { fields: ['endedOn'] }
  await announce(ctx, overlaySaved, { personId }, { detail, subject: personId, post: post ?? null })
  return { done: true }
}
