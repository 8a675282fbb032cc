import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { endSafety as promise } from '@fengge/domain/visits/contract/worker'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { endShare } from '../store/safety.ts'

/** Back safely: only who shared a visit ends it. */
export async function endSafety(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { accountId, countyCode } = ctx.caller
  const hasEnded = await endShare(ctx.tx, countyCode, { id: ask.id, accountId }, new Date(ctx.now))
  return hasEnded ? { done: true } : refuse('safety.unknown', 404)
}
