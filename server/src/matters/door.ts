/** What higher floors may ask of the list of matters: above all, whether one is in force. */
import { dayOf } from '@fengge/domain/kernel/time'
import { isInForce, type Matter } from '@fengge/domain/matters/terms'
import type { Ctx, Asking } from '../kernel/context.ts'
import { sql } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'
import { refuse } from '../kernel/problems.ts'
import { readySet } from './ready-sets.ts'
import { findMatter, findMatters, insertMatter } from './store.ts'

/** The guard that every task, rule, campaign and order passes: a matter that is listed and in force on the day (A3). */
export async function matterInForce(ctx: Asking, id: string, day: string = dayOf(ctx.now)): Promise<Matter> {
  const matter = (await findMatter(ctx.tx, ctx.caller.countyCode, id)) ?? refuse('matter.unknown', 422)
  if (!isInForce(matter, day))
    refuse('matter.not-in-force', 422, {
      code: matter.code,
      name: matter.name,
      validFrom: matter.validFrom,
      validTo: matter.validTo,
    })
  return matter
}

/** All matters of a county that are in force on a day. */
export function mattersInForce(tx: Reading, county: string, day: string): Promise<Matter[]> {
  return findMatters(
    tx,
    county,
    sql`and m.valid_from <= ${day} and (m.valid_to is null or m.valid_to >= ${day}) order by m.code`,
  )
}
/** Matters by id, in force or not. */
export async function matterNames(tx: Reading, county: string): Promise<Map<string, Matter>> {
  return new Map((await findMatters(tx, county, sql``)).map((m) => [m.id, m]))
}

/** Puts a ready set in force from a day; used when a county is set up. */
export async function startSet(ctx: Ctx, code: string, from: string): Promise<Matter[]> {
  const matters = readySet(code, from, dayOf(ctx.now))
  for (const m of matters) await insertMatter(ctx.tx, ctx.caller.countyCode, m)
  ctx.tell('matter.set-started', { set: code, from, matters: matters.length })
  return matters
}
