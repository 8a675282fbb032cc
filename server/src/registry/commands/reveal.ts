/** One value in the clear, with a purpose, against a daily quota, in the journal before it leaves. domain.md B7. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { revealField } from '@fengge/domain/registry/contract'
import { revealQuota } from '@fengge/domain/registry/sight'
import type { Ctx } from '../../kernel/context.ts'
import { rowOf, sql } from '../../kernel/db/pool.ts'
import { refuse } from '../../kernel/problems.ts'
import { revealable } from './save-record.ts'

export async function reveal(ctx: Ctx, ask: AskOf<typeof revealField>): Promise<ReplyOf<typeof revealField>> {
  const { value, kind } = await revealable(ctx, ask.id, ask.field)
  const row = await rowOf<{ count: number }>(ctx.tx, sql`insert into registry.reveal_day as d values (${ctx.caller.countyCode}, ${ctx.caller.accountId}, ${dayOf(ctx.now)}, 1) on conflict (county_code, account_id, day) do update set count = d.count + 1 returning count`)
  // The refusal is kept in the journal as one, and the audit page shows it as an alarm.
  if (row!.count > revealQuota) refuse('reveal.quota', 403, { quota: revealQuota })
  ctx.look(`registry.${kind}-revealed`, ask.id, { field: ask.field, purpose: ask.purpose, note: ask.note, eventId: ask.eventId })
  return { value, left: revealQuota - row!.count }
}
