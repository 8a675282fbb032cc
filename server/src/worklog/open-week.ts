import { dayOf } from '@fengge/domain/kernel/time'
import { weekOf } from '@fengge/domain/worklog/sentences'
import { accountOf, type Ctx } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { isConfirmed, type WeekOf } from './store.ts'

/** The caller's week of a day, if it has begun and is not confirmed. */
export async function openWeek(ctx: Ctx, on: string): Promise<WeekOf> {
  const { from } = weekOf(on)
  const week = { county: ctx.caller.countyCode, accountId: accountOf(ctx.caller), from }
  if (from > dayOf(ctx.now)) refuse('week.future', 422)
  return (await isConfirmed(ctx.tx, week)) ? refuse('week.confirmed', 409) : week
}
