import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { minute } from '@fengge/domain/kernel/time'
import type { shareSafety as promise } from '@fengge/domain/visits/contract/worker'
import { accountOf, postsWith, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { hasShare, insertShare } from '../store/safety.ts'

/** Shares a lone visit by one's own choice. It ends by itself, and the journal keeps nothing of it. */
export async function shareSafety(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { countyCode } = ctx.caller
  const accountId = accountOf(ctx.caller)
  if (await hasShare(ctx.tx, countyCode, accountId, new Date(ctx.now))) refuse('safety.running', 409)
  const until = new Date(ctx.now + ask.minutes * minute)
  const { placeId } = postsWith(ctx.caller, 'visit.write')[0] ?? refuse('not-allowed', 403)
  await insertShare(ctx.tx, countyCode, { id: ask.id, accountId, placeId, where: ask.where, until })
  return { until: until.toISOString() }
}
