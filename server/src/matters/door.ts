/** What higher floors may ask of the list of matters: above all, whether one is in force. */
import { dayOf } from '@fengge/domain/kernel/time'
import { isInForce, type Matter } from '@fengge/domain/matters/terms'
import type { Asking } from '../kernel/context.ts'
import type { Reading } from '../kernel/db/tx.ts'
import { refuse } from '../kernel/problems.ts'
import { findMatter, listAllMatters } from './store/matters.ts'

export { hasMatters, listEndedMatters as endedMatters, listMattersOn as mattersInForce } from './store/matters.ts'
export { startSet } from './start-set.ts'
export { admitOrder } from './gate.ts'

/** The guard that every task and visit passes: a matter that is listed and in force on the day (A3). */
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

/** Matters by id, in force or not. */
export async function matterNames(tx: Reading, county: string): Promise<Map<string, Matter>> {
  return new Map((await listAllMatters(tx, county)).map((m) => [m.id, m]))
}
