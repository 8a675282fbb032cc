/** What the desk makes of an act that lies with it: applied in its own name, noted, or dropped with a reason. */
import { createHash } from 'node:crypto'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { composeId } from '@fengge/domain/kernel/id'
import type { decideInbox as promise } from '@fengge/domain/sync/contract'
import { actApplied, actDropped, actNoted } from '@fengge/domain/sync/facts'
import { onBehalfIn, promiseOf, readAsk } from '@fengge/domain/sync/terms'
import type { Ctx } from '../../kernel/context.ts'
import { problemOf, refuse } from '../../kernel/problems.ts'
import type { Serve } from '../../kernel/serve.ts'
import { watches } from '../reach.ts'
import { askAt, lockKept, saveDecision, type InboxRow } from '../store/inbox.ts'

const outcomes = {
  apply: { state: 'applied', fact: actApplied },
  note: { state: 'noted', fact: actNoted },
  drop: { state: 'dropped', fact: actDropped },
} as const

export function decideInboxWith(serve: Serve) {
  return async (ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> => {
    const county = ctx.caller.countyCode
    const row = await lockKept(ctx.tx, county, ask.id)
    if (!row || !watches(ctx, row.place_id)) return refuse('inbox.unknown', 404)
    if (row.state !== 'open') refuse('inbox.decided', 409)
    if (ask.choice !== 'apply' && ask.reason === '') refuse('inbox.reason', 422)
    if (ask.choice === 'apply') await apply(serve, ctx, row)
    const { state, fact } = outcomes[ask.choice]
    const { reason } = ask
    await saveDecision(ctx.tx, county, ask.id, {
      state,
      reason,
      decided_by: ctx.caller.accountId,
      decided_at: new Date(ctx.now),
    })
    ctx.tell(fact, { name: row.name, reason }, row.subject === '' ? row.id : row.subject)
    return { state }
  }
}

/** By the desk, in its own name, with the words of whoever made it. */
async function apply(serve: Serve, ctx: Ctx, row: InboxRow): Promise<void> {
  const given = readAsk(ctx.sealer.open(row.ask_sealed, askAt(row.id)))
  const ask = { ...given, ...onBehalfIn(row.name, given, row.holder), requestId: idFrom(row) }
  try {
    await serve.invoke(promiseOf(row.name), ctx.caller, ask, { ip: ctx.ip ?? '' })
  } catch (error) {
    const problem = problemOf(error)
    if (!problem) throw error
    refuse('inbox.cannot-apply', 409, { problem: problem.problem })
  }
}

/** It follows from the act's own id, so that a second try changes nothing. */
function idFrom(row: InboxRow): string {
  const digest = createHash('sha256').update(`apply ${row.id}`).digest()
  return composeId(row.made_at.getTime(), digest.subarray(0, 10))
}
