import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { addToWeek as promise } from '@fengge/domain/worklog/contract'
import { weekAdded } from '@fengge/domain/worklog/facts'
import type { Ctx } from '../../kernel/context.ts'
import { openWeek } from '../open-week.ts'
import { insertAddition } from '../store.ts'

/** A line in the worker's own words, as long as the week is not confirmed. */
export async function addToWeek(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const week = await openWeek(ctx, ask.on)
  await insertAddition(ctx.tx, week, { id: ask.id, text: ask.text, at: new Date(ctx.now) })
  ctx.tell(weekAdded, { from: week.from }, ask.id)
  return { done: true }
}
