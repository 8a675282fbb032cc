/** A keeper asks to read what is sealed, for a purpose; somebody else decides. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { askCare as promise } from '@fengge/domain/registry/care/contract'
import { careAsked } from '@fengge/domain/registry/facts'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { lockCare } from '../care/lock-care.ts'
import { saveCareRequest } from '../store/care-teams.ts'

export async function askCare(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { overlay, post } = await lockCare(ctx, ask.overlayId)
  const isNew = await saveCareRequest(ctx.tx, ctx.caller.countyCode, {
    id: ask.id,
    overlay_id: overlay.id,
    asked_by: accountOf(ctx.caller),
    asked_by_name: ctx.caller.name,
    asked_at: new Date(ctx.now),
    purpose: ask.purpose,
    note: ask.note,
  })
  if (!isNew) refuse('care.asked', 409)
  ctx.tell(careAsked, { purpose: ask.purpose, note: ask.note }, overlay.person_id, post ?? null)
  return { done: true }
}
