/** Turns rules into tasks, some weeks ahead: safe to run as often as one likes, one open task a rule and subject. */
import { dayOf } from '@fengge/domain/kernel/time'
import { isSeason, type Rule } from '@fengge/domain/visits/terms'
import { actAs } from '../kernel/act-as.ts'
import { systemCaller, type Ctx } from '../kernel/context.ts'
import { rowsOf, sql, run } from '../kernel/db/sql.ts'
import type { Engine } from '../kernel/engine.ts'
import { mattersInForce } from '../matters/door.ts'
import { insidePlace, makeTasks, subjectsOf } from './make-tasks.ts'
import { listRules } from './store.ts'

export const horizonDays = 21

export async function runRules(engine: Engine): Promise<void> {
  const counties = await rowsOf<{ county_code: string }>(
    engine.database.read,
    sql`select distinct county_code from visits.rule where is_on`,
  )
  for (const { county_code } of counties) {
    const rules = await listRules(engine.database.read, county_code)
    const inForce = new Set(
      (await mattersInForce(engine.database.read, county_code, dayOf(engine.clock.now()))).map((m) => m.id),
    )
    // A rule a transaction: one that fails or waits does not hold the others.
    for (const rule of rules)
      if (rule.isOn && inForce.has(rule.matterId))
        await actAs(engine, systemCaller(county_code), 'visits.run-rule', (ctx) => runRule(ctx, rule))
    await actAs(engine, systemCaller(county_code), 'visits.tidy', tidy)
  }
}

export async function runRule(ctx: Ctx, rule: Rule): Promise<number> {
  const today = dayOf(ctx.now)
  if (!isSeason(rule, today)) return 0
  const found = subjectsOf(ctx.caller.countyCode, rule.selector, rule.formCode, today, insidePlace(rule.placeId))
  const period = sql`coalesce(s0.own_period, ${rule.periodDays}::int)`
  // Never visited: spread over one period by the subject's own number, so that not all fall on one day.
  const from = sql`
    coalesce(s0.last_on, ${today}::date - ${period} + 1 + abs(hashtext (s0.subject_id::text)) % ${period})
  `
  const subjects = sql`
    select
      s0.subject_kind, s0.subject_id, s0.grid_id, s0.village_id, s0.town_id,
      ${from} + (${period} + 1) / 2 as earliest_on, ${from} + ${period} as due_on,
      coalesce(s0.cautions, '{}') as cautions
    from (${found}) s0
    where ${from} + ${period} <= ${today}::date + ${horizonDays}::int
      and not exists (
        select 1
        from visits.task t
        where t.county_code = ${ctx.caller.countyCode}
          and t.origin_id = ${rule.id}
          and t.subject_id = s0.subject_id
          and t.state = 'open'
      )
  `
  return makeTasks(
    ctx,
    rule.matterId,
    {
      origin: 'rule',
      originId: rule.id,
      originName: rule.name,
      formCode: rule.formCode,
      title: rule.name,
      minutes: rule.minutes,
      priority: rule.priority,
      windowFrom: rule.windowFrom,
      windowTo: rule.windowTo,
    },
    subjects,
  )
}

/** Tasks whose subject is there no more, or whose rule or matter ended, are dropped with the reason; shares of lone visits go a day after their end. */
async function tidy(ctx: Ctx): Promise<void> {
  const county = ctx.caller.countyCode,
    today = dayOf(ctx.now)
  await run(
    ctx.tx,
    sql`
      update visits.task t
      set state = 'dropped', drop_reason = 'rule-ended', version = t.version + 1, wrote_in = pg_current_xact_id()
      from visits.rule r
      where t.county_code = ${county}
        and t.state = 'open'
        and t.origin = 'rule'
        and r.county_code = t.county_code
        and r.id = t.origin_id
        and not r.is_on
    `,
  )
  await run(
    ctx.tx,
    sql`
      update visits.task t
      set state = 'dropped', drop_reason = 'matter-ended', version = t.version + 1, wrote_in = pg_current_xact_id()
      from matters.matter m
      where t.county_code = ${county}
        and t.state = 'open'
        and t.origin in ('rule', 'campaign')
        and m.county_code = t.county_code
        and m.id = t.matter_id
        and m.valid_to < ${today}::date
    `,
  )
  for (const kind of ['person', 'house', 'unit', 'facility'] as const)
    await run(
      ctx.tx,
      sql`
        update visits.task t
        set state = 'dropped', drop_reason = 'subject-gone', version = t.version + 1, wrote_in = pg_current_xact_id()
        from ${sql.table(`registry.${kind}`)} r
        where t.county_code = ${county}
          and t.state = 'open'
          and t.subject_kind = ${kind}
          and r.county_code = t.county_code
          and r.id = t.subject_id
          and r.state <> 'live'
      `,
    )
  await run(
    ctx.tx,
    sql`
      delete from visits.safety
      where county_code = ${county} and until < ${new Date(ctx.now - 86_400_000)}
    `,
  )
  await run(
    ctx.tx,
    sql`
      delete from registry.departure
      where county_code = ${county} and at < ${new Date(ctx.now - 90 * 86_400_000)}
    `,
  )
}
