import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listRules as promise } from '@fengge/domain/visits/contract/rules'
import type { Asking } from '../../kernel/context.ts'
import { holdsForCounty } from '../../places/door.ts'
import * as rules from '../store/rules.ts'

export async function listRules(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  return { rules: await rules.listRules(ctx.tx, ctx.caller.countyCode), mayEdit: holdsForCounty(ctx, 'visit.rules') }
}
