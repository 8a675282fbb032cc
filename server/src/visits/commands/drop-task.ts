import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { dropTask as promise } from '@fengge/domain/visits/contract/desk'
import { taskDropped } from '@fengge/domain/visits/facts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { closeTask, lockTask, mayOrder } from '../store/tasks.ts'

export async function dropTask(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const isMine = await mayOrder(ctx.tx, ctx, ask.id)
  const task = (isMine ? await lockTask(ctx.tx, county, ask.id) : undefined) ?? refuse('task.unknown', 404)
  if (task.state !== 'open') refuse('task.closed', 409)
  // A hazard would stay open and be nobody's.
  if (task.origin === 'recheck') refuse('task.recheck', 409)
  await closeTask(ctx.tx, county, ask.id, {
    state: 'dropped',
    on: dayOf(ctx.now),
    by: ctx.caller.accountId,
    reason: ask.reason,
  })
  ctx.tell(taskDropped, { reason: ask.reason }, ask.id)
  return { done: true }
}
