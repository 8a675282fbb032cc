import type { Category } from '@fengge/domain/events/terms'
import type { Ctx } from '../../kernel/context.ts'
import { usualHours } from '../rule-book.ts'
import * as store from '../store/rules.ts'

/** The catalogue and calendar a county begins with. @returns whether it had none; what a county keeps is left alone */
export async function startRules(
  ctx: Ctx,
  categories: readonly Category[],
  days: readonly store.Day[],
): Promise<boolean> {
  const county = ctx.caller.countyCode
  if (await store.hasCatalogue(ctx.tx, county)) return false
  for (const { validTo: _to, ...category } of categories) await store.saveCategory(ctx.tx, county, category)
  await store.saveDays(ctx.tx, county, days)
  if (!(await store.findHours(ctx.tx, county))) await store.saveHours(ctx.tx, county, usualHours)
  return true
}
