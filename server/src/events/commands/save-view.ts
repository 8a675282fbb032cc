import type { saveView as promise } from '@fengge/domain/events/contract/desk'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import * as store from '../store/views.ts'

const most = 50

/** Keeps a filter under a name, for its owner alone. */
export async function saveView(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const owner = { countyCode: ctx.caller.countyCode, accountId: accountOf(ctx.caller) }
  if ((await store.countViews(ctx.tx, owner)) >= most) refuse('view.too-many', 409, { most })
  await store.saveView(ctx.tx, owner, ask)
  return { done: true }
}
