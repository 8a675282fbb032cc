import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { confirmWeek as promise } from '@fengge/domain/worklog/contract'
import { weekConfirmed } from '@fengge/domain/worklog/facts'
import type { Week } from '@fengge/domain/worklog/terms'
import type { Ctx } from '../../kernel/context.ts'
import { openWeek } from '../open-week.ts'
import { holderOf, readWeek } from '../queries/get-week.ts'
import { insertWeek } from '../store.ts'

/** Keeps a week as it stands: from now on it is read and no longer written. */
export async function confirmWeek(ctx: Ctx, ask: AskOf<typeof promise>): Promise<Week> {
  const kept = await openWeek(ctx, ask.on)
  const week = await readWeek(ctx, holderOf(ctx), ask.on)
  const confirmedAt = new Date(ctx.now)
  await insertWeek(ctx.tx, kept, week.lines, confirmedAt)
  ctx.tell(weekConfirmed, { from: kept.from, lines: week.lines.length })
  return { ...week, confirmedAt: confirmedAt.toISOString() }
}
