/** A category of the catalogue as it stands from a day on: it changes what comes, never what was. */
import type { saveCategory as promise } from '@fengge/domain/events/contract/rules'
import { categorySaved } from '@fengge/domain/events/facts'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { mayForCounty } from '../../places/door.ts'
import { forgetRules } from '../rule-book.ts'
import { forgetWords } from '../suggest.ts'
import * as store from '../store/rules.ts'

export async function saveCategory(
  ctx: Ctx,
  { category, isNew }: AskOf<typeof promise>,
): Promise<ReplyOf<typeof promise>> {
  mayForCounty(ctx, 'catalogue.edit')
  const { code, validFrom, classCode } = category
  if (validFrom < dayOf(ctx.now)) refuse('category.in-past', 422)
  if (classCode !== code.slice(0, 2)) refuse('category.class-wrong', 422)
  const county = ctx.caller.countyCode
  if (isNew && (await store.listCategories(ctx.tx, county)).some((c) => c.code === code))
    refuse('category.known', 409, { code })
  const nameEn = category.nameEn || category.name
  const classNameEn = category.classNameEn || category.className
  await store.saveCategory(ctx.tx, county, { ...category, nameEn, classNameEn })
  forgetRules(ctx)
  forgetWords(ctx)
  ctx.tell(categorySaved, { code, from: validFrom })
  return { done: true }
}
