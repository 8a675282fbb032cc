import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { listHazards as promise } from '@fengge/domain/visits/contract/desk'
import type { Hazard } from '@fengge/domain/visits/terms'
import type { Asking } from '../../kernel/context.ts'
import { pageOf } from '../../kernel/cursor.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import type { EventsSeen } from '../events-seen.ts'
import { apartFrom, inReach, knowsPeople } from '../store/reach.ts'
import { afterDay } from './after-day.ts'
import { placeName } from './place-name.ts'

const pageSize = 100

/** Hidden dangers in reach, those first that were to be put right first; at whose door, to who may know him. */
export async function listHazards(
  ctx: Asking,
  ask: AskOf<typeof promise>,
  eventsSeen: EventsSeen,
): Promise<ReplyOf<typeof promise>> {
  const where = sql`
    ${inReach(ctx, ['visit.read', 'visit.write'], ask.placeId)} and t.state = ${ask.state} and ${apartFrom(ctx)}
  `
  const found = await rowsOf<Hazard & { readonly isKnown: boolean }>(
    ctx.tx,
    sql`
      select
        t.id, t.visit_id as "visitId", t.subject_kind as "subjectKind", t.subject_id as "subjectId",
        t.grid_id as "gridId", t.what, t.ordered_text as "orderedText", t.fix_by as "fixBy",
        t.recheck_days as "recheckDays", t.state, t.found_on as "foundOn", t.cleared_on as "clearedOn",
        t.event_id as "eventId", t.rechecks, t.end_reason as "endReason", t.end_word as "endWord",
        t.subject_kind <> 'person' or ${inReach(ctx, knowsPeople)} as "isKnown"
      from visits.hazard t
      where ${where} ${afterDay('t.fix_by', ask.after)}
      order by t.fix_by, t.id
      limit ${pageSize + 1}
    `,
  )
  const counted = await rowOf<{ n: number }>(ctx.tx, sql`select count(*)::int as n from visits.hazard t where ${where}`)
  const { page, next } = pageOf(found, pageSize, (h) => [h.fixBy, h.id])
  const seen = await eventsSeen(
    ctx,
    page.map((h) => h.eventId),
  )
  const people = page.filter((h) => h.subjectKind === 'person' && h.isKnown).length
  if (people > 0) ctx.look('hazards.looked', ask.placeId ?? ctx.caller.countyCode, { people })
  const today = dayOf(ctx.now)
  return {
    hazards: page.map(({ isKnown, ...h }) => ({
      ...h,
      subjectId: isKnown ? h.subjectId : null,
      eventId: h.eventId !== null && seen.has(h.eventId) ? h.eventId : null,
      gridName: placeName(ctx, h.gridId),
      isOverdue: h.state === 'open' && h.fixBy < today,
    })),
    total: counted?.n ?? 0,
    next,
  }
}
