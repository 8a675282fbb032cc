/** Key populations: kept by their keeper alone, sealed; others learn that a visit is due and what to mind (R3, domain.md B3). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { readOverlays as readPromise, saveOverlay as savePromise } from '@fengge/domain/registry/bulk-contract'
import type { Ctx, Asking } from '../../kernel/context.ts'
import { rowsOf, sql, run } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import { reachRecord } from '../sight.ts'

export async function saveOverlay(ctx: Ctx, ask: AskOf<typeof savePromise>): Promise<ReplyOf<typeof savePromise>> {
  const { kind, post } = await reachRecord(ctx, ask.personId, 'overlay.keep')
  if (kind !== 'person') refuse('record.unknown', 404)
  await run(
    ctx.tx,
    sql`
      insert into
        registry.overlay (county_code, id, person_id, kind, sealed, visit_days, cautions, started_on, ended_on)
      values
        (${ctx.caller.countyCode}, ${ask.id}, ${ask.personId}, ${ask.kind}, ${ctx.sealer.seal(ask.facts)}, ${ask.visitDays}, ${ask.cautions}::text[], ${ask.startedOn}, ${ask.endedOn})
      on conflict (county_code, id) do update
      set
        sealed = excluded.sealed, visit_days = excluded.visit_days, cautions = excluded.cautions,
        ended_on = excluded.ended_on
    `,
  )
  // The journal keeps that it was done, not what it says.
  ctx.tell('registry.overlay-saved', {}, ask.personId, post)
  return { done: true }
}

export async function readOverlays(ctx: Asking, ask: AskOf<typeof readPromise>): Promise<ReplyOf<typeof readPromise>> {
  await reachRecord(ctx, ask.personId, 'overlay.keep')
  const rows = await rowsOf<{
    id: string
    kind: ReplyOf<typeof readPromise>['overlays'][number]['kind']
    sealed: string
    visit_days: number
    cautions: string[]
    started_on: string
    ended_on: string | null
  }>(
    ctx.tx,
    sql`
      select id, kind, sealed, visit_days, cautions, started_on, ended_on
      from registry.overlay
      where county_code = ${ctx.caller.countyCode} and person_id = ${ask.personId}
      order by started_on desc
    `,
  )
  ctx.look('registry.overlay-looked', ask.personId)
  return {
    overlays: rows.map((r) => ({
      id: r.id,
      kind: r.kind,
      facts: ctx.sealer.open(r.sealed),
      visitDays: r.visit_days,
      cautions: r.cautions,
      startedOn: r.started_on,
      endedOn: r.ended_on,
    })),
  }
}
