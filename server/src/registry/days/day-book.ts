/** The days in force in a county today; its rules are kept in memory for a few seconds. */
import { dayOf } from '@fengge/domain/kernel/time'
import { daysOn, type DayRule, type DaysOf } from '@fengge/domain/registry/days/ready-days'
import type { Ctx, Source } from '../../kernel/context.ts'
import { keptFor } from '../../kernel/shelf.ts'
import { listDayRules } from './store.ts'

const books = keptFor<readonly DayRule[]>(5000)

export const dayRules = (from: Pick<Source, 'tx' | 'shelf'>, county: string): Promise<readonly DayRule[]> =>
  books.get(from, county, () => listDayRules(from.tx, county))

export const dayBook = async (from: Pick<Source, 'tx' | 'shelf' | 'now'>, county: string): Promise<DaysOf> =>
  daysOn(await dayRules(from, county), dayOf(from.now))

/** Days that a command changes are read again by this server as soon as the change is committed. */
export function forgetDays(ctx: Ctx): void {
  ctx.afterCommit.push(() => books.forget(ctx, ctx.caller.countyCode))
}
