/** One of a team of helpers: who, as what, from when to when (R3). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { saveHelper as promise } from '@fengge/domain/registry/care/contract'
import { helperSaved } from '@fengge/domain/registry/facts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { lockCare } from '../care/lock-care.ts'
import { helperAt, saveHelperRow } from '../store/care-teams.ts'

export async function saveHelper(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { overlay, post } = await lockCare(ctx, ask.overlayId)
  if (ask.toOn !== null && ask.toOn < ask.fromOn) refuse('care.dates', 422)
  const isSaved = await saveHelperRow(ctx.tx, ctx.caller.countyCode, {
    id: ask.id,
    overlay_id: overlay.id,
    role: ask.role,
    sealed: ctx.sealer.seal(JSON.stringify({ name: ask.name, contact: ask.contact }), helperAt(ask.id)),
    from_on: ask.fromOn,
    to_on: ask.toOn,
  })
  if (!isSaved) refuse('record.unknown', 404)
  ctx.tell(helperSaved, {}, overlay.person_id, post ?? null)
  return { done: true }
}
