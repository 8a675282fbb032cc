/** Evidence added to an event later. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { attachEvidence as promise } from '@fengge/domain/events/contract/desk'
import { evidenceAttached } from '@fengge/domain/events/facts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { reachOf } from '../reach.ts'
import { findVisible } from '../store/event.ts'
import * as store from '../store/evidence.ts'

export async function attachEvidence(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { evidenceIds, phase } = ask
  const { countyCode, accountId } = ctx.caller
  const record = (await findVisible(ctx.tx, ask.eventId, reachOf(ctx))) ?? refuse('event.not-found', 404)
  const files = await store.attachEvidence(ctx.tx, countyCode, { eventId: record.id, evidenceIds, phase, accountId })
  if (files.length !== new Set(evidenceIds).size) refuse('evidence.unknown', 422)
  ctx.tell(evidenceAttached, { count: files.length, phase, files }, record.id)
  return { done: true }
}
