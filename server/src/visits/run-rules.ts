/** Turns rules into tasks, some weeks ahead: safe to run as often as one likes, one open task a rule and subject. */
import { dayLength, dayOf } from '@fengge/domain/kernel/time'
import { isSeason, type Rule } from '@fengge/domain/visits/terms'
import { actAs } from '../kernel/act-as.ts'
import { systemCaller, type Ctx } from '../kernel/context.ts'
import type { Ground } from '../kernel/ground.ts'
import { pieceByPiece } from '../kernel/jobs.ts'
import { endedMatters, mattersInForce } from '../matters/door.ts'
import { makeTasks } from './make-tasks.ts'
import { dropTasksOfEndedCare, dropTasksOfGone, followCautions, followMoved } from './store/following.ts'
import { endHazardsOfGone } from './store/hazards.ts'
import { listCountiesWithRules, listRules } from './store/rules.ts'
import { deleteShares } from './store/safety.ts'
import { dropTasksOfEndedRules, dropTasksUnder } from './store/tasks.ts'

export const horizonDays = 21

export async function runRules(engine: Ground): Promise<void> {
  const { read } = engine.database
  const today = dayOf(engine.clock.now())
  const ofCounty = async (county: string) => {
    const inForce = new Set((await mattersInForce(read, county, today)).map((m) => m.id))
    const rules = (await listRules(read, county)).filter((rule) => rule.isOn && inForce.has(rule.matterId))
    const byId = new Map(rules.map((rule) => [rule.id, rule]))
    // A rule a transaction: one that fails or waits does not hold the others.
    await pieceByPiece('visits.run-rules', byId.keys(), (id) =>
      actAs(engine, systemCaller(county), 'visits.run-rule', (ctx) => runRule(ctx, byId.get(id)!)),
    )
    await actAs(engine, systemCaller(county), 'visits.tidy', tidy)
  }
  await pieceByPiece('visits.run-rules', await listCountiesWithRules(read), ofCounty)
}

/** Makes the tasks of one rule. @returns how many; none outside its season */
export async function runRule(ctx: Ctx, rule: Rule): Promise<number> {
  const today = dayOf(ctx.now)
  if (!isSeason(rule, today)) return 0
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
    { by: 'rule', rule, today, horizonDays },
  )
}

/** Tasks go where their person went; those whose subject is there no more, or whose rule or matter ended, are dropped with the reason; shares of lone visits go a day after their end. */
async function tidy(ctx: Ctx): Promise<void> {
  const today = dayOf(ctx.now)
  const county = ctx.caller.countyCode
  await dropTasksOfEndedRules(ctx.tx, county)
  await dropTasksUnder(ctx.tx, county, await endedMatters(ctx.tx, county, today))
  await dropTasksOfGone(ctx.tx, county)
  await dropTasksOfEndedCare(ctx.tx, county, today)
  await followCautions(ctx.tx, county, { personId: null, today })
  await endHazardsOfGone(ctx.tx, county)
  await followMoved(ctx.tx, county)
  await deleteShares(ctx.tx, county, new Date(ctx.now - dayLength))
}
