/** What alarms of each kind are: today's rule, since when, and what begins later. */
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { listSensorKinds as promise } from '@fengge/domain/sensors/contract'
import { rulesOn } from '@fengge/domain/sensors/kind-rules'
import type { Asking } from '../../kernel/context.ts'
import { holdsForCounty } from '../../places/door.ts'
import { inForce } from '../kind-book.ts'
import { listKindRules } from '../store/kind-rules.ts'

export async function listSensorKinds(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  const own = await listKindRules(ctx.tx, ctx.caller.countyCode)
  const today = dayOf(ctx.now)
  return {
    mayEdit: holdsForCounty(ctx, 'catalogue.edit'),
    kinds: [...rulesOn(own, today, await inForce(ctx, ctx.caller.countyCode)).values()].map((rule) => {
      const next = own.find((r) => r.kind === rule.kind && r.fromOn !== null && r.fromOn > today)
      return { ...rule, next: next ? { fromOn: next.fromOn!, categoryCode: next.categoryCode } : null }
    }),
  }
}
