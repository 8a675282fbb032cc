/** The days a county counts by: today's, since when, and what begins later. */
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { listDays as promise } from '@fengge/domain/registry/days/contract'
import { daysOn, readyDays } from '@fengge/domain/registry/days/ready-days'
import type { Asking } from '../../kernel/context.ts'
import { editsFields } from '../field-book.ts'
import { listDayRules } from './store.ts'

export async function listDays(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  const rules = await listDayRules(ctx.tx, ctx.caller.countyCode)
  const today = dayOf(ctx.now)
  const daysOf = daysOn(rules, today)
  return {
    canEdit: editsFields(ctx),
    terms: readyDays.map(({ code, group, days, least, most }) => {
      const own = rules.filter((r) => r.code === code)
      const next = own.find((r) => r.fromOn > today)
      return {
        code,
        group,
        days: daysOf(code),
        readyDays: days,
        least,
        most,
        fromOn: own.findLast((r) => r.fromOn <= today)?.fromOn ?? null,
        next: next ? { fromOn: next.fromOn, days: next.days } : null,
      }
    }),
  }
}
