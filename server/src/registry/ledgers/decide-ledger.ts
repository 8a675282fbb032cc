import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { ledgerDecided } from '@fengge/domain/registry/facts'
import type { decideLedger as promise } from '@fengge/domain/registry/ledger-contract'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { dutiesOver } from '../sight.ts'
import { lockRow, saveDecision } from './store.ts'

/** A person says whether two rows are one; later comparisons learn from it. */
export async function decideLedger(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const row = (await lockRow(ctx.tx, ctx, ask.id)) ?? refuse('record.unknown', 404)
  await saveDecision(ctx.tx, ctx.caller.countyCode, ask.id, {
    decision: ask.isSame ? 'same' : 'other',
    by: ctx.caller.accountId,
    at: new Date(ctx.now),
  })
  const post = dutiesOver(ctx, row).posts.find((p) => p.duties.has('registry.write')) ?? null
  ctx.tell(ledgerDecided, { isSame: ask.isSame }, ask.id, post)
  return { done: true }
}
