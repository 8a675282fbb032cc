import type { dropView as promise } from '@fengge/domain/events/contract/desk'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import * as store from '../store/views.ts'

export async function dropView(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  await store.dropView(ctx.tx, { countyCode: ctx.caller.countyCode, accountId: accountOf(ctx.caller) }, ask.id)
  return { done: true }
}
