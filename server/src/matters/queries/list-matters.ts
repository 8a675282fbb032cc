import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { listMatters as promise } from '@fengge/domain/matters/contract'
import { isInForce } from '@fengge/domain/matters/terms'
import type { Asking } from '../../kernel/context.ts'
import { holdsForCounty } from '../../places/door.ts'
import { setCodes, setSize } from '../ready-sets.ts'
import { listAllMatters } from '../store/matters.ts'

/** The list with its dates, and the ready sets with how much of each is in force. */
export async function listMatters(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const all = await listAllMatters(ctx.tx, ctx.caller.countyCode)
  const today = dayOf(ctx.now)
  return {
    matters: all.filter(
      (m) =>
        (ask.setCode === undefined || m.setCode === ask.setCode) && (ask.onlyInForce === 'no' || isInForce(m, today)),
    ),
    sets: setCodes().map((code) => ({
      code,
      matters: setSize(code),
      inForce: all.filter((m) => m.setCode === code && isInForce(m, today)).length,
    })),
    mayEdit: holdsForCounty(ctx, 'matter.edit'),
  }
}
