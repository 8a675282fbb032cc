/** What a keeper reads of the people he cares for; each reading is a look. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { readOverlays as promise } from '@fengge/domain/registry/bulk-contract'
import type { Asking } from '../../kernel/context.ts'
import { reachRecord } from '../sight.ts'
import { careAt, listOverlays } from '../store/overlays.ts'

type Reply = ReplyOf<typeof promise>

export async function readOverlays(ctx: Asking, ask: AskOf<typeof promise>): Promise<Reply> {
  await reachRecord(ctx, ask.personId, 'overlay.keep')
  const rows = await listOverlays(ctx.tx, ctx.caller.countyCode, ask.personId)
  ctx.look('registry.overlay-looked', ask.personId)
  return {
    overlays: rows.map((r) => ({
      id: r.id,
      kind: r.kind as Reply['overlays'][number]['kind'],
      facts: ctx.sealer.open(r.sealed, careAt(r.id)),
      visitDays: r.visit_days,
      cautions: r.cautions,
      startedOn: r.started_on,
      endedOn: r.ended_on,
    })),
  }
}
