/** A category of the catalogue as it stands from a day on: it changes what comes, never what was. */
import type { saveCategory as promise } from '@fengge/domain/events/contract/rules'
import { changesBetween } from '@fengge/domain/events/catalogue/category-changes'
import { openedBy } from '@fengge/domain/events/catalogue/opened-by'
import { categoryAsked, categorySaved } from '@fengge/domain/events/facts'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Category } from '@fengge/domain/events/terms'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { mayForCounty } from '../../places/door.ts'
import { forgetRules } from '../rule-book.ts'
import { forgetWords } from '../suggest.ts'
import * as asks from '../store/category-asks.ts'
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
  const saved = { ...category, nameEn, classNameEn }
  const versions = (await store.listCategories(ctx.tx, county)).filter((c) => c.code === code)
  const before = versions.findLast((c) => c.validFrom <= validFrom)
  const fields = before === undefined ? [] : changesBetween(before, { ...saved, validTo: null }).map((c) => c.field)
  const later = versions.filter((c) => c.validFrom > validFrom)
  if (openedBy(before === undefined ? later : [before, ...later], saved).length > 0) {
    await ask(ctx, saved, fields)
    return { done: true, waits: true }
  }
  await store.saveCategory(ctx.tx, county, saved)
  forgetRules(ctx)
  forgetWords(ctx)
  ctx.tell(categorySaved, { code, from: validFrom, fields })
  return { done: true, waits: false }
}

/** Nothing changes before somebody else of the county agreed, and not before tomorrow. */
async function ask(ctx: Ctx, category: Omit<Category, 'validTo'>, fields: readonly string[]): Promise<void> {
  const { code, validFrom } = category
  if (validFrom <= dayOf(ctx.now)) refuse('category.from-tomorrow', 422)
  const id = freshId(ctx.now)
  const by = { accountId: accountOf(ctx.caller), name: ctx.caller.name, at: new Date(ctx.now) }
  if (!(await asks.saveAsk(ctx.tx, ctx.caller.countyCode, { id, category, by }))) refuse('category.asked-already', 409)
  ctx.tell(categoryAsked, { code, from: validFrom, fields: [...fields] }, id)
}
