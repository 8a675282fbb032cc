import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { readNotices as promise } from '@fengge/domain/events/contract/desk'
import type { Ctx } from '../../kernel/context.ts'
import { saveRead } from '../store/notices.ts'

/** Marks notices as read by the caller. */
export async function readNotices(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  await saveRead(ctx.tx, ctx.caller.countyCode, ctx.caller.accountId, ask.ids)
  return { done: true }
}
