/** The catalogue and the calendar, kept as dated data. Both change what comes, never what was. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/events/contract/rules'
import { minutesOf } from '@fengge/domain/events/deadline'
import { calendarSaved, categoryRetired, categorySaved } from '@fengge/domain/events/facts'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { forgetRules } from '../rule-book.ts'
import * as store from '../store/rules.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>
const done = { done: true } as const
const forget = (ctx: Ctx) => ctx.afterCommit.push(() => forgetRules(ctx.caller.countyCode))

export async function saveCategory(ctx: Ctx, ask: Ask<'saveCategory'>): Reply<'saveCategory'> {
  const { code, validFrom, classCode } = ask.category
  if (validFrom < dayOf(ctx.now)) refuse('category.in-past', 422)
  if (classCode !== code.slice(0, 2)) refuse('category.class-wrong', 422)
  await store.saveCategory(ctx.tx, ctx.caller.countyCode, ask.category)
  forget(ctx)
  ctx.tell(categorySaved, { code, from: validFrom })
  return done
}

export async function retireCategory(ctx: Ctx, { code, on }: Ask<'retireCategory'>): Reply<'retireCategory'> {
  if (on <= dayOf(ctx.now)) refuse('category.in-past', 422)
  if (!(await store.endCategory(ctx.tx, ctx.caller.countyCode, code, on))) refuse('category.unknown', 404, { code })
  forget(ctx)
  ctx.tell(categoryRetired, { code, on })
  return done
}

export async function saveCalendar(ctx: Ctx, ask: Ask<'saveCalendar'>): Reply<'saveCalendar'> {
  if (ask.days.some((d) => !d.day.startsWith(`${ask.year}-`))) refuse('calendar.other-year', 422)
  const edges = ask.windows.flatMap((w) => [minutesOf(w.from), minutesOf(w.to)])
  if (edges.some((e, i) => i > 0 && e <= edges[i - 1]!)) refuse('calendar.windows', 422)
  const county = ctx.caller.countyCode
  await store.clearDays(ctx.tx, county, ask.year)
  await store.saveDays(ctx.tx, county, ask.days)
  await store.saveHours(ctx.tx, county, ask.windows)
  forget(ctx)
  ctx.tell(calendarSaved, { year: ask.year, days: ask.days.length })
  return done
}
