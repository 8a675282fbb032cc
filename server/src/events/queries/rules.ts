/** The catalogue and the calendar, to be read. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/events/contract/rules'
import { openedBy } from '@fengge/domain/events/catalogue/opened-by'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Asker, Asking } from '../../kernel/context.ts'
import { holdsForCounty } from '../../places/door.ts'
import { ruleBook } from '../rule-book.ts'
import { listAsks } from '../store/category-asks.ts'
import { findHours, listCategories, listDaysOf } from '../store/rules.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

export async function listCatalogue(ctx: Asking, ask: Ask<'listCatalogue'>): Reply<'listCatalogue'> {
  const book = await ruleBook(ctx, ctx.caller.countyCode)
  return {
    categories: book.inForce(ask.on === undefined ? ctx.now : Date.parse(`${ask.on}T12:00:00+08:00`)),
    mayEdit: holdsForCounty(ctx, 'catalogue.edit'),
  }
}

/** Whoever edits the catalogue of the county, and whoever answers there whether a matter is about staff. */
export const mayAgreeToCategories = (asker: Asker): boolean =>
  holdsForCounty(asker, 'catalogue.edit') || holdsForCounty(asker, 'event.agree-recode')

export async function listCategoryAsks(ctx: Asking): Reply<'listCategoryAsks'> {
  if (!mayAgreeToCategories(ctx)) return { asks: [] }
  const county = ctx.caller.countyCode
  const [asked, all] = await Promise.all([listAsks(ctx.tx, county), listCategories(ctx.tx, county)])
  return {
    asks: asked.map(({ id, category, by }) => ({
      id,
      code: category.code,
      name: category.name,
      nameEn: category.nameEn,
      from: category.validFrom,
      opens: openedBy(
        all.filter((c) => c.code === category.code && (c.validTo === null || c.validTo > dayOf(ctx.now))),
        category,
      ),
      by: by.name,
      askedAt: by.at.toISOString(),
      canDecide: by.accountId !== ctx.caller.accountId,
    })),
  }
}

export async function listCategoryVersions(
  ctx: Asking,
  ask: Ask<'listCategoryVersions'>,
): Reply<'listCategoryVersions'> {
  const all = await listCategories(ctx.tx, ctx.caller.countyCode)
  return { versions: all.filter((c) => c.code === ask.code) }
}

export async function getCalendar(ctx: Asking, ask: Ask<'getCalendar'>): Reply<'getCalendar'> {
  const county = ctx.caller.countyCode
  const days = await listDaysOf(ctx.tx, county, ask.year)
  const hours = await findHours(ctx.tx, county)
  return {
    days,
    windows: hours?.windows ?? [],
    version: hours?.version ?? 0,
    mayEdit: holdsForCounty(ctx, 'calendar.edit'),
  }
}
