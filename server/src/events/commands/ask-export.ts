/** Asks for an export of events: what, and what for. A short one is agreed to by that, a long one by somebody else. */
import { eventExportLimit, type askEventExport as promise } from '@fengge/domain/events/contract/exports'
import { eventExportAsked } from '@fengge/domain/events/facts'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayLength } from '@fengge/domain/kernel/time'
import { accountOf, postsWith, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { countFiltered } from '../queries/export-events.ts'
import { saveExport } from '../store/exports.ts'

/** When an export that is agreed to now is gone. */
export const expiryAfter = (now: number): Date => new Date(now + 7 * dayLength)

export async function askExport(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const post = postsWith(ctx.caller, 'event.export')[0] ?? refuse('not-allowed', 403)
  const rows = await countFiltered(ctx, ask.filter)
  const state = rows <= eventExportLimit ? 'approved' : 'asked'
  const filter = Object.fromEntries(Object.entries(ask.filter).map(([field, value]) => [field, String(value)]))
  await saveExport(ctx.tx, ctx.caller.countyCode, {
    id: ask.id,
    filter,
    place_id: post.placeId,
    purpose: ask.purpose,
    rows,
    state,
    account_id: accountOf(ctx.caller),
    account_name: ctx.caller.name,
    asked_at: new Date(ctx.now),
    expires_at: state === 'approved' ? expiryAfter(ctx.now) : null,
  })
  ctx.tell(eventExportAsked, { rows, purpose: ask.purpose }, ask.id, post)
  return { state, rows }
}
