/** The catalogue and the calendar, kept as dated data. Both change what comes, never what was. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/events/contract/rules'
import { minutesOf } from '@fengge/domain/events/deadline'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Ctx, Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql, run, rowsWritten } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'
import { forgetRules, ruleBook } from '../rule-book.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>
const done = { done: true } as const
const forget = (ctx: Asking) => ctx.afterCommit.push(() => forgetRules(ctx.caller.countyCode))

export async function listCatalogue(ctx: Asking, ask: Ask<'listCatalogue'>): Reply<'listCatalogue'> {
  const book = await ruleBook(ctx.tx, ctx.caller.countyCode)
  return { categories: book.inForce(ask.on === undefined ? ctx.now : Date.parse(`${ask.on}T12:00:00+08:00`)) }
}

export async function saveCategory(ctx: Ctx, ask: Ask<'saveCategory'>): Reply<'saveCategory'> {
  const { code, validFrom, ...body } = ask.category
  if (validFrom < dayOf(ctx.now)) refuse('category.in-past', 422)
  if (body.classCode !== code.slice(0, 2)) refuse('category.class-wrong', 422)
  await insertCategory(ctx.tx, ctx.caller.countyCode, code, validFrom, body)
  forget(ctx)
  ctx.tell('category.saved', { code, from: validFrom })
  return done
}

/** Puts a row in force from a day; the one before ends that day, one of the same day is replaced. */
export async function insertCategory(tx: Tx, county: string, code: string, from: string, body: object): Promise<void> {
  await run(
    tx,
    sql`
      delete from events.category
      where county_code = ${county} and code = ${code} and valid_from >= ${from}
    `,
  )
  await run(
    tx,
    sql`
      update events.category
      set valid_to = ${from}
      where county_code = ${county} and code = ${code} and (valid_to is null or valid_to > ${from})
    `,
  )
  await run(
    tx,
    sql`
      insert into events.category (county_code, code, valid_from, body)
      values (${county}, ${code}, ${from}, ${JSON.stringify(body)}::jsonb)
    `,
  )
}

export async function retireCategory(ctx: Ctx, ask: Ask<'retireCategory'>): Reply<'retireCategory'> {
  if (ask.on <= dayOf(ctx.now)) refuse('category.in-past', 422)
  const rows = await rowsWritten(
    ctx.tx,
    sql`
      update events.category
      set valid_to = ${ask.on}
      where county_code = ${ctx.caller.countyCode}
        and code = ${ask.code}
        and valid_to is null
        and valid_from < ${ask.on}
      returning code
    `,
  )
  if (rows.length === 0) refuse('category.unknown', 404, { code: ask.code })
  forget(ctx)
  ctx.tell('category.retired', { code: ask.code, on: ask.on })
  return done
}

export async function getCalendar(ctx: Asking, ask: Ask<'getCalendar'>): Reply<'getCalendar'> {
  const county = ctx.caller.countyCode
  const days = await rowsOf<{ day: string; kind: 'holiday' | 'swap'; name: string; source: string }>(
    ctx.tx,
    sql`
      select day, kind, name, source
      from events.calendar_day
      where county_code = ${county} and day between ${`${ask.year}-01-01`} and ${`${ask.year}-12-31`}
      order by day
    `,
  )
  const hours = await rowOf<{ version: number; windows: { from: string; to: string }[] }>(
    ctx.tx,
    sql`select version, windows from events.office_hours where county_code = ${county}`,
  )
  return { days, windows: hours?.windows ?? [], version: hours?.version ?? 0 }
}

export async function saveCalendar(ctx: Ctx, ask: Ask<'saveCalendar'>): Reply<'saveCalendar'> {
  if (ask.days.some((d) => !d.day.startsWith(`${ask.year}-`))) refuse('calendar.other-year', 422)
  const edges = ask.windows.flatMap((w) => [minutesOf(w.from), minutesOf(w.to)])
  if (edges.some((e, i) => i > 0 && e <= edges[i - 1]!)) refuse('calendar.windows', 422)
  const county = ctx.caller.countyCode
  await run(
    ctx.tx,
    sql`
      delete from events.calendar_day
      where county_code = ${county} and day between ${`${ask.year}-01-01`} and ${`${ask.year}-12-31`}
    `,
  )
  await insertDays(ctx.tx, county, ask.days)
  await run(
    ctx.tx,
    sql`
      insert into events.office_hours
      values (${county}, 1, ${JSON.stringify(ask.windows)}::jsonb)
      on conflict (county_code) do update
      set version = events.office_hours.version + 1, windows = excluded.windows
    `,
  )
  forget(ctx)
  ctx.tell('calendar.saved', { year: ask.year, days: ask.days.length })
  return done
}

export async function insertDays(
  tx: Tx,
  county: string,
  days: readonly { day: string; kind: string; name: string; source: string }[],
): Promise<void> {
  await run(
    tx,
    sql`
      insert into events.calendar_day
      select ${county}, day, kind, name, source
      from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as d (day date, kind text, name text, source text)
      on conflict do nothing
    `,
  )
}
