/** Key populations: kept by their keeper alone, sealed; others learn that a visit is due and what to mind (R3, domain.md B3). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { saveOverlay as promise } from '@fengge/domain/registry/bulk-contract'
import { overlaySaved } from '@fengge/domain/registry/facts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { reachRecord } from '../sight.ts'
import { careAt, saveOverlayRow } from '../store/overlays.ts'

export async function saveOverlay(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { kind, post } = await reachRecord(ctx, ask.personId, 'overlay.keep')
  if (kind !== 'person') refuse('record.unknown', 404)
  const isSaved = await saveOverlayRow(ctx.tx, ctx.caller.countyCode, ask.personId, {
    id: ask.id,
    kind: ask.kind,
    sealed: ctx.sealer.seal(ask.facts, careAt(ask.id)),
    visit_days: ask.visitDays,
    cautions: ask.cautions,
    started_on: ask.startedOn,
    ended_on: ask.endedOn,
  })
  if (!isSaved) refuse('record.unknown', 404)
  // The journal keeps that it was done, not what it says.
  ctx.tell(overlaySaved, {}, ask.personId, post)
  return { done: true }
}
