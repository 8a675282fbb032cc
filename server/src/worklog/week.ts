/** The week log, written from what was done: visits, reports, checks, confirmations, hazards, services, meetings. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { addDays, dayOf, startOf } from '@fengge/domain/kernel/time'
import type * as c from '@fengge/domain/worklog/contract'
import { weekOf, writeWeek, type Doings } from '@fengge/domain/worklog/sentences'
import { postsWith, type Caller, type Ctx, type Asking } from '../kernel/context.ts'
import { rowOf, rowsOf, sql, run } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'
import { refuse } from '../kernel/problems.ts'
import { ruleBook } from '../events/door.ts'
import { placeTree } from '../places/door.ts'
import { listForms } from '../visits/door.ts'

type Ask<P extends keyof typeof c> = AskOf<(typeof c)[P]>
type Reply<P extends keyof typeof c> = Promise<ReplyOf<(typeof c)[P]>>

interface Holder {
  readonly accountId: string
  readonly name: string
  readonly gridName: string
}
const ofCaller = (caller: Caller): Holder => ({
  accountId: caller.accountId!,
  name: caller.name,
  gridName: placeTree().get(postsWith(caller, 'visit.write')[0]?.placeId ?? '')?.name ?? '',
})

export const getWeek = async (ctx: Asking, ask: Ask<'getWeek'>): Reply<'getWeek'> =>
  readWeek(ctx, ofCaller(ctx.caller), ask.on ?? dayOf(ctx.now))

async function readWeek(ctx: Asking, holder: Holder, on: string): Reply<'getWeek'> {
  const county = ctx.caller.countyCode,
    { from, to } = weekOf(on)
  const kept = await rowOf<{ lines: ReturnType<typeof writeWeek>; confirmed_at: Date }>(
    ctx.tx,
    sql`
      select lines, confirmed_at
      from worklog.week
      where county_code = ${county} and account_id = ${holder.accountId} and from_on = ${from}
    `,
  )
  const added = await rowsOf<{ id: string; text: string; at: Date }>(
    ctx.tx,
    sql`
      select id, text, at
      from worklog.addition
      where county_code = ${county} and account_id = ${holder.accountId} and from_on = ${from}
      order by at
    `,
  )
  const lines = kept?.lines ?? writeWeek(await gather(ctx.tx, county, holder, from, to, ctx.now))
  return {
    from,
    to,
    holder: holder.name,
    gridName: holder.gridName,
    lines: lines.map((l) => ({ ...l, ids: [...l.ids].slice(0, 200) })),
    added: added.map((a) => ({ ...a, at: a.at.toISOString() })),
    confirmedAt: kept?.confirmed_at.toISOString() ?? null,
  }
}

async function gather(
  tx: Reading,
  county: string,
  holder: Holder,
  from: string,
  to: string,
  now: number,
): Promise<Doings> {
  const since = new Date(startOf(from)),
    until = new Date(startOf(addDays(to, 1)))
  const mine = sql`county_code = ${county} and account_id = ${holder.accountId}`
  const [visits, reported, checked, confirmed, hazards, services, meetings] = await Promise.all([
    rowsOf<{ form_code: string; met: number; missed: number; ids: string[] }>(
      tx,
      sql`
        select
          form_code, count(*) filter (where outcome in ('met', 'done')) as met,
          count(*) filter (where outcome in ('not-home', 'refused')) as missed, array_agg(id order by made_at) as ids
        from visits.visit
        where ${mine} and made_at >= ${since} and made_at < ${until}
        group by form_code
        order by count(*) desc
      `,
    ),
    rowsOf<{ category_code: string; n: number; ids: string[] }>(
      tx,
      sql`
        select category_code, count(*) as n, array_agg(id) as ids
        from events.event
        where county_code = ${county}
          and reporter_id = ${holder.accountId}
          and reported_at >= ${since}
          and reported_at < ${until}
        group by category_code
        order by count(*) desc
      `,
    ),
    rowOf<{ passed: number; sent_back: number; ids: string[] | null }>(
      tx,
      sql`
        select
          count(*) filter (where fact = 'event.passed') as passed,
          count(*) filter (where fact = 'event.failed') as sent_back, array_agg(distinct subject::uuid) as ids
        from audit.journal
        where ${mine}
          and at >= ${since}
          and at < ${until}
          and kind = 'fact'
          and fact in ('event.passed', 'event.failed')
      `,
    ),
    rowOf<{ houses: number; people: number }>(
      tx,
      sql`
        select
          count(distinct record_id) filter (where kind = 'house') as houses,
          count(distinct record_id) filter (where kind = 'person') as people
        from registry.change
        where ${mine} and at >= ${since} and at < ${until} and what in ('confirm', 'edit', 'create')
      `,
    ),
    rowOf<{ found: number; cleared: number; open: number }>(
      tx,
      sql`
        select
          count(*) filter (where h.found_on between ${from} and ${to}) as found,
          count(*) filter (where h.cleared_on between ${from} and ${to}) as cleared,
          count(*) filter (where h.state = 'open') as open
        from visits.hazard h join visits.visit v on v.county_code = h.county_code and v.id = h.visit_id
        where h.county_code = ${county} and v.account_id = ${holder.accountId}
      `,
    ),
    rowOf<{ taken: number; told: number }>(
      tx,
      sql`
        select
          count(*) filter (
            where (steps -> 0 ->> 'at')::timestamptz >= ${since} and (steps -> 0 ->> 'at')::timestamptz < ${until}
          ) as taken,
          count(*) filter (
            where state = 'told'
              and (steps -> -1 ->> 'at')::timestamptz >= ${since}
              and (steps -> -1 ->> 'at')::timestamptz < ${until}
          ) as told
        from visits.service
        where ${mine}
      `,
    ),
    rowOf<{ n: number }>(
      tx,
      sql`
        select count(*) as n
        from worklog.meeting
        where county_code = ${county}
          and state = 'held'
          and at >= ${since}
          and at < ${until}
          and attendance @> ${JSON.stringify([{ accountId: holder.accountId, state: 'came' }])}::jsonb
      `,
    ),
  ])
  const [forms, book] = await Promise.all([listForms(tx, county), ruleBook(tx, county)])
  const form = (code: string) => forms.find((f) => f.code === code)
  return {
    visits: visits.map((v) => ({
      formName: form(v.form_code)?.name ?? v.form_code,
      formNameEn: form(v.form_code)?.nameEn ?? v.form_code,
      met: Number(v.met),
      missed: Number(v.missed),
      ids: v.ids,
    })),
    reported: reported.map((r) => ({
      category: book.category(r.category_code, now)?.name ?? r.category_code,
      categoryEn: book.category(r.category_code, now)?.nameEn ?? r.category_code,
      count: Number(r.n),
      ids: r.ids,
    })),
    checked: { passed: Number(checked!.passed), sentBack: Number(checked!.sent_back), ids: checked!.ids ?? [] },
    confirmed: { houses: Number(confirmed!.houses), people: Number(confirmed!.people) },
    hazards: { found: Number(hazards!.found), cleared: Number(hazards!.cleared), open: Number(hazards!.open) },
    services: { taken: Number(services!.taken), told: Number(services!.told) },
    meetings: Number(meetings!.n),
  }
}

async function isConfirmed(ctx: Asking, from: string): Promise<boolean> {
  return (
    (await rowOf(
      ctx.tx,
      sql`
        select 1
        from worklog.week
        where county_code = ${ctx.caller.countyCode} and account_id = ${ctx.caller.accountId} and from_on = ${from}
      `,
    )) !== undefined
  )
}

export async function addToWeek(ctx: Ctx, ask: Ask<'addToWeek'>): Reply<'addToWeek'> {
  const { from } = weekOf(ask.on)
  if (from > dayOf(ctx.now)) refuse('week.future', 422)
  if (await isConfirmed(ctx, from)) refuse('week.confirmed', 409)
  await run(
    ctx.tx,
    sql`
      insert into worklog.addition (county_code, id, account_id, from_on, text, at)
      values
        (${ctx.caller.countyCode}, ${ask.id}, ${ctx.caller.accountId}, ${from}, ${ask.text}, ${new Date(ctx.now)})
    `,
  )
  ctx.tell('week.added', { from }, ask.id)
  return { done: true }
}

export async function confirmWeek(ctx: Ctx, ask: Ask<'confirmWeek'>): Reply<'confirmWeek'> {
  const { from } = weekOf(ask.on)
  if (from > dayOf(ctx.now)) refuse('week.future', 422)
  if (await isConfirmed(ctx, from)) refuse('week.confirmed', 409)
  const week = await readWeek(ctx, ofCaller(ctx.caller), ask.on)
  await run(
    ctx.tx,
    sql`
      insert into worklog.week (county_code, account_id, from_on, lines, confirmed_at)
      values
        (${ctx.caller.countyCode}, ${ctx.caller.accountId}, ${from}, ${JSON.stringify(week.lines)}::jsonb, ${new Date(ctx.now)})
    `,
  )
  ctx.tell('week.confirmed', { from, lines: week.lines.length })
  return { ...week, confirmedAt: new Date(ctx.now).toISOString() }
}

/** Weeks of the workers of a place, by grid; in the order of the net, never by count. */
export async function listWeeks(ctx: Asking, ask: Ask<'listWeeks'>): Reply<'listWeeks'> {
  const tree = placeTree(),
    places = postsWith(ctx.caller, 'visit.read').map((p) => p.placeId)
  const at = ask.placeId !== undefined && places.some((p) => tree.contains(p, ask.placeId!)) ? [ask.placeId] : places
  const grids = [...new Set(at.flatMap((p) => (tree.get(p)?.tier === 'grid' ? [p] : tree.below(p, 'grid'))))].slice(
    0,
    60,
  )
  const workers = await rowsOf<{ account_id: string; name: string; place_id: string }>(
    ctx.tx,
    sql`
      select distinct p.account_id, a.name, p.place_id
      from identity.posting p join identity.account a on a.id = p.account_id and a.status = 'active'
      where p.place_id = any(${grids}::uuid[])
        and p.role_code in ('grid-worker', 'part-time-worker')
        and p.from_on <= ${ask.on}
        and (p.to_on is null or p.to_on >= ${ask.on})
    `,
  )
  const weeks = []
  for (const w of workers.toSorted((a, b) =>
    (tree.get(a.place_id)?.code ?? '') < (tree.get(b.place_id)?.code ?? '') ? -1 : 1,
  ))
    weeks.push(
      await readWeek(
        ctx,
        { accountId: w.account_id, name: w.name, gridName: tree.get(w.place_id)?.name ?? '' },
        ask.on,
      ),
    )
  return { weeks }
}
