/** Two records were looked at and found to be two people: they are not offered again. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { keepApart as promise } from '@fengge/domain/registry/doubles-contract'
import { keptApart } from '@fengge/domain/registry/facts'
import type { Ctx } from '../../kernel/context.ts'
import { lockBoth } from '../both-persons.ts'
import { saveApart } from '../store/merging.ts'

export async function keepApart(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const [a, b] = ask.aId < ask.bId ? [ask.aId, ask.bId] : [ask.bId, ask.aId]
  await lockBoth(ctx, a, b)
  await saveApart(ctx.tx, {
    county_code: ctx.caller.countyCode,
    a_id: a,
    b_id: b,
    reason: ask.reason,
    account_id: ctx.caller.accountId,
    at: new Date(ctx.now),
  })
  ctx.tell(keptApart, { other: b, reason: ask.reason }, a)
  return { done: true }
}
