import type { retireCategory as promise } from '@fengge/domain/events/contract/rules'
import { categoryRetired } from '@fengge/domain/events/facts'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { mayForCounty } from '../../places/door.ts'
import { forgetRules } from '../rule-book.ts'
import { endCategory } from '../store/rules.ts'

/** From a day to come nothing new is reported under the category; what was goes on under it. */
export async function retireCategory(ctx: Ctx, { code, on }: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  mayForCounty(ctx, 'catalogue.edit')
  if (on <= dayOf(ctx.now)) refuse('category.in-past', 422)
  if (!(await endCategory(ctx.tx, ctx.caller.countyCode, code, on))) refuse('category.unknown', 404, { code })
  forgetRules(ctx)
  ctx.tell(categoryRetired, { code, on })
  return { done: true }
}
