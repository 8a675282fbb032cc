/** Acts that lie with the desk of the place, in words that a person can judge. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { wordsOf } from '@fengge/domain/sync/act-words'
import type { listInbox as promise } from '@fengge/domain/sync/contract'
import { readAsk } from '@fengge/domain/sync/terms'
import type { Asking } from '../../kernel/context.ts'
import { watches } from '../reach.ts'
import { askAt, listKept } from '../store/inbox.ts'
import { listPhotos } from '../store/photos.ts'

export async function listInbox(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const rows = await listKept(ctx.tx, ctx.caller.countyCode, ask.state)
  const seen = rows.filter((r) => watches(ctx, r.place_id))
  const photos = Map.groupBy(
    await listPhotos(
      ctx.tx,
      ctx.caller.countyCode,
      seen.map((r) => r.id),
    ),
    (p) => p.act_id,
  )
  if (seen.length > 0) ctx.look('sync.inbox-looked', ctx.caller.countyCode, { acts: seen.length })
  return {
    rows: seen.map((r) => ({
      id: r.id,
      name: r.name,
      holder: r.holder,
      subject: r.subject,
      problem: r.problem,
      madeAt: r.made_at.toISOString(),
      receivedAt: r.received_at.toISOString(),
      text: wordsOf(readAsk(ctx.sealer.open(r.ask_sealed, askAt(r.id)))),
      state: r.state,
      reason: r.reason,
      canApply: r.state === 'open',
      photos: (photos.get(r.id) ?? []).map((p) => ({ id: p.id, hasCome: p.has_come })),
    })),
  }
}
