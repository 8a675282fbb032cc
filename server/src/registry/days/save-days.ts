/** Days that a county counts by are set from a day on, by who serves the whole county; what has been is not rewritten. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { saveDays as promise } from '@fengge/domain/registry/days/contract'
import { termOf } from '@fengge/domain/registry/days/ready-days'
import { daysSaved } from '@fengge/domain/registry/facts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { editsFields } from '../field-book.ts'
import { forgetDays } from './day-book.ts'
import { saveDayRule } from './store.ts'

export async function saveDays(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  if (!editsFields(ctx)) refuse('not-allowed', 403)
  const { code, days, fromOn, basis } = ask
  const { least, most } = termOf(code) ?? refuse('days.unknown', 404)
  if (days < least || days > most) refuse('days.bounds', 422, { least, most })
  if (fromOn < dayOf(ctx.now)) refuse('days.past', 422)
  await saveDayRule(ctx.tx, {
    county_code: ctx.caller.countyCode,
    code,
    from_on: fromOn,
    days,
    basis,
    account_id: ctx.caller.accountId,
    by_name: ctx.caller.name,
    at: new Date(ctx.now),
  })
  ctx.tell(daysSaved, { code, days, fromOn, basis })
  forgetDays(ctx)
  return { done: true }
}
