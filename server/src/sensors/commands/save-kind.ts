/** What alarms of a kind are is set from a day on, by who serves the whole county; what has been is not rewritten. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf, startOf } from '@fengge/domain/kernel/time'
import type { saveSensorKind as promise } from '@fengge/domain/sensors/contract'
import { sensorRuleSaved } from '@fengge/domain/sensors/facts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { ruleBook } from '../../events/door.ts'
import { mayForCounty } from '../../places/door.ts'
import { forgetKinds } from '../kind-book.ts'
import { saveKindRule } from '../store/kind-rules.ts'

export async function saveSensorKind(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  mayForCounty(ctx, 'catalogue.edit')
  const { kind, fromOn, categoryCode, urgency, scope, joinMinutes, silentMinutes, basis } = ask
  const county = ctx.caller.countyCode
  if (fromOn < dayOf(ctx.now)) refuse('days.past', 422)
  const book = await ruleBook(ctx, county)
  if (!book.category(categoryCode, Math.max(ctx.now, startOf(fromOn))))
    refuse('category.unknown', 422, { code: categoryCode })
  await saveKindRule(ctx.tx, {
    county_code: county,
    kind,
    from_on: fromOn,
    category_code: categoryCode,
    urgency,
    scope,
    join_minutes: joinMinutes,
    silent_minutes: silentMinutes,
    basis,
    account_id: ctx.caller.accountId,
    by_name: ctx.caller.name,
    at: new Date(ctx.now),
  })
  ctx.tell(sensorRuleSaved, { kind, fromOn, category: categoryCode, basis })
  forgetKinds(ctx)
  return { done: true }
}
