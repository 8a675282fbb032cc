/** What the desk makes of an act that lies with it: applied in its own name, noted, or dropped with a reason. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { decideInbox as promise } from '@fengge/domain/sync/contract'
import { actApplied, actDropped, actNoted } from '@fengge/domain/sync/facts'
import { readAsk } from '@fengge/domain/sync/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Ground } from '../../kernel/ground.ts'
import type { Serve } from '../../kernel/serve.ts'
import { aboutIn } from '../about.ts'
import { confidedTo } from '../confided.ts'
import { isShownTo } from '../reach.ts'
import { applyAct } from './apply-act.ts'
import { askAt, lockKept, saveDecision } from '../store/inbox.ts'

const outcomes = {
  apply: { state: 'applied', fact: actApplied },
  note: { state: 'noted', fact: actNoted },
  drop: { state: 'dropped', fact: actDropped },
} as const

export function decideInboxWith(ground: Ground, serve: Serve) {
  return async (ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> => {
    const county = ctx.caller.countyCode
    const row = await lockKept(ctx.tx, county, ask.id)
    if (!row || !isShownTo(ctx, row)) return refuse('inbox.unknown', 404)
    const given = readAsk(ctx.sealer.open(row.ask_sealed, askAt(row.id)))
    if (await confidedTo(ctx, row, given)) refuse('inbox.confided', 403)
    if (row.state !== 'open') refuse('inbox.decided', 409)
    if (ask.choice !== 'apply' && ask.reason === '') refuse('inbox.reason', 422)
    if (ask.choice === 'apply') await applyAct({ ground, serve, ctx, row, seen: ask.photos })
    const { state, fact } = outcomes[ask.choice]
    const { reason } = ask
    await saveDecision(ctx.tx, county, ask.id, {
      state,
      reason,
      decided_by: ctx.caller.accountId,
      decided_at: new Date(ctx.now),
    })
    const { eventId, recordIds } = aboutIn(row.name, given)
    const told = { name: row.name, reason, from: row.account_id, holder: row.holder }
    ctx.tell(fact, told, eventId ?? recordIds[0] ?? row.id)
    return { state }
  }
}
