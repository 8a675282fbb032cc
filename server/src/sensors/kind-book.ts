/** What alarms of a kind are in a county today, kept in memory for a few seconds. */
import { dayOf } from '@fengge/domain/kernel/time'
import { rulesOn, type KindRule } from '@fengge/domain/sensors/kind-rules'
import type { SensorKind } from '@fengge/domain/sensors/terms'
import type { Ctx, Source } from '../kernel/context.ts'
import { ruleBook } from '../events/door.ts'
import { keptFor } from '../kernel/shelf.ts'
import { listKindRules } from './store/kind-rules.ts'

const books = keptFor<readonly KindRule[]>(5000)

export async function kindBook(
  from: Pick<Source, 'tx' | 'shelf' | 'now'>,
  county: string,
): Promise<ReadonlyMap<SensorKind, KindRule>> {
  const own = await books.get(from, county, () => listKindRules(from.tx, county))
  return rulesOn(own, dayOf(from.now), await inForce(from, county))
}

/** Whether a county's catalogue has a category today. */
export async function inForce(
  from: Pick<Source, 'tx' | 'shelf' | 'now'>,
  county: string,
): Promise<(categoryCode: string) => boolean> {
  const book = await ruleBook(from, county)
  return (code) => book.category(code, from.now) !== undefined
}

/** Rules that a command changes are read again by this server as soon as the change is committed. */
export function forgetKinds(ctx: Ctx): void {
  ctx.afterCommit.push(() => books.forget(ctx, ctx.caller.countyCode))
}
