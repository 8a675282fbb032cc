import type { saveCalendar as promise } from '@fengge/domain/events/contract/rules'
import { hasTimeToWork, minutesOf } from '@fengge/domain/events/deadline'
import { calendarSaved } from '@fengge/domain/events/facts'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { mayForCounty } from '../../places/door.ts'
import { forgetRules } from '../rule-book.ts'
import { clearDays, saveDays, saveHours } from '../store/rules.ts'

/** The special days of a year and the office hours; a due time that was given stays. */
export async function saveCalendar(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  mayForCounty(ctx, 'calendar.edit')
  if (ask.days.some((d) => !d.day.startsWith(`${ask.year}-`))) refuse('calendar.other-year', 422)
  const edges = ask.windows.flatMap((w) => [minutesOf(w.from), minutesOf(w.to)])
  if (edges.some((e, i) => i > 0 && e <= edges[i - 1]!)) refuse('calendar.windows', 422)
  const special = new Map(ask.days.map((d) => [d.day, d.kind] as const))
  const windows = ask.windows.map((w) => [minutesOf(w.from), minutesOf(w.to)] as const)
  if (!hasTimeToWork(ask.year, { version: 0, windows, special })) refuse('calendar.no-time', 422)
  const county = ctx.caller.countyCode
  await clearDays(ctx.tx, county, ask.year)
  await saveDays(ctx.tx, county, ask.days)
  await saveHours(ctx.tx, county, ask.windows)
  forgetRules(ctx)
  ctx.tell(calendarSaved, { year: ask.year, days: ask.days.length })
  return { done: true }
}
