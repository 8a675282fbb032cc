import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listForms as promise } from '@fengge/domain/visits/contract/rules'
import type { Asking } from '../../kernel/context.ts'
import { holdsForCounty } from '../../places/door.ts'
import * as forms from '../store/forms.ts'

export async function listForms(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  return { forms: await forms.listForms(ctx.tx, ctx.caller.countyCode), mayEdit: holdsForCounty(ctx, 'visit.rules') }
}
