/** One value in the clear, with a purpose, against a daily quota, in the journal before it leaves. domain.md B7. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { revealField } from '@fengge/domain/registry/contract'
import { mayReveal, revealQuota } from '@fengge/domain/registry/sight'
import type { Ctx } from '../../kernel/context.ts'
import { sql, rowWritten } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import { fieldBook } from '../field-book.ts'
import { openValues } from '../store/records.ts'
import { reachRecord } from '../sight.ts'

export async function reveal(ctx: Ctx, ask: AskOf<typeof revealField>): Promise<ReplyOf<typeof revealField>> {
  const { row, kind, duties } = await reachRecord(ctx, ask.id, 'registry.read')
  const spec = (await fieldBook(ctx.tx, ctx.caller.countyCode)).field(kind, ask.field)
  if (!spec?.isOn || !mayReveal(spec, duties)) refuse('field.not-yours', 403, { field: ask.field })
  const day = await rowWritten<{ count: number }>(
    ctx.tx,
    sql`
      insert into registry.reveal_day as d
      values (${ctx.caller.countyCode}, ${ctx.caller.accountId}, ${dayOf(ctx.now)}, 1)
      on conflict (county_code, account_id, day) do update
      set count = d.count + 1
      returning count
    `,
  )
  // The refusal is kept in the journal as one, and the audit page shows it as an alarm.
  if (day!.count > revealQuota) refuse('reveal.quota', 403, { quota: revealQuota })
  ctx.look(`registry.${kind}-revealed`, ask.id, {
    field: ask.field,
    purpose: ask.purpose,
    note: ask.note,
    eventId: ask.eventId,
  })
  return { value: openValues(row, ctx.sealer)[ask.field] ?? null, left: revealQuota - day!.count }
}
