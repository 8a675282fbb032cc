/** Answers a change of a category that would open what comes under it: somebody else of the county, for tomorrow at the earliest. */
import type { decideCategory as promise } from '@fengge/domain/events/contract/rules'
import { categoryAgreed, categoryRefused } from '@fengge/domain/events/facts'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { mayAgreeToCategories } from '../queries/rules.ts'
import { forgetRules } from '../rule-book.ts'
import { forgetWords } from '../suggest.ts'
import { closeAsk, lockAsk } from '../store/category-asks.ts'
import { saveCategory } from '../store/rules.ts'

export async function decideCategory(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  if (!mayAgreeToCategories(ctx)) refuse('not-allowed', 403)
  const county = ctx.caller.countyCode
  const by = accountOf(ctx.caller)
  const asked = (await lockAsk(ctx.tx, county, ask.id)) ?? refuse('category.unknown', 404)
  if (asked.by.accountId === by) refuse('category.own-ask', 403)
  const tomorrow = addDays(dayOf(ctx.now), 1)
  const { code, validFrom } = asked.category
  const from = validFrom > tomorrow ? validFrom : tomorrow
  await closeAsk(ctx.tx, county, ask.id, { state: ask.isAgreed ? 'agreed' : 'refused', by, at: new Date(ctx.now) })
  ctx.tell(ask.isAgreed ? categoryAgreed : categoryRefused, { code, from }, ask.id)
  if (!ask.isAgreed) return { done: true }
  await saveCategory(ctx.tx, county, { ...asked.category, validFrom: from })
  forgetRules(ctx)
  forgetWords(ctx)
  return { done: true }
}
