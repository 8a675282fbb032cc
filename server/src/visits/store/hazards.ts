/** Hazards that end without a re-check that cleared them. */
import type { HazardEnd } from '@fengge/domain/visits/terms'
import type { Ctx } from '../../kernel/context.ts'
import { rowWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Row, Tx } from '../../kernel/db/tx.ts'
import { apartFrom, inReach } from './reach.ts'

type Held = Pick<Row<'visits.hazard'>, 'state' | 'event_id'> & { readonly found_by: string | null }

/** One that lies where the caller may order. */
export function lockHazard(ctx: Ctx, id: string): Promise<Held | undefined> {
  return rowWritten<Held>(
    ctx.tx,
    sql`
      select
        t.state, t.event_id,
        (
          select v.account_id
          from visits.visit v
          where v.county_code = t.county_code and v.id = t.visit_id
        ) as found_by
      from visits.hazard t
      where t.id = ${id} and ${inReach(ctx, 'task.order')} and ${apartFrom(ctx)}
      for update
    `,
  )
}

export async function closeHazardBy(
  tx: Tx,
  county: string,
  id: string,
  end: { readonly reason: HazardEnd; readonly word: string; readonly by: string | null },
): Promise<void> {
  await run(
    tx,
    sql`
      update visits.hazard
      set state = 'ended', end_reason = ${end.reason}, end_word = ${end.word}, ended_by = ${end.by}
      where county_code = ${county} and id = ${id}
    `,
  )
}

/** What was found at somebody or something that is there no more ends where its re-check was dropped for that. */
export async function endHazardsOfGone(tx: Tx, county: string): Promise<void> {
  await run(
    tx,
    sql`
      update visits.hazard h
      set state = 'ended', end_reason = 'subject-gone'
      where h.county_code = ${county}
        and h.state = 'open'
        and exists (
          select 1
          from visits.task t
          where t.county_code = h.county_code
            and t.origin_id = h.id
            and t.origin = 'recheck'
            and t.drop_reason = 'subject-gone'
        )
        and not exists (
          select 1
          from visits.task t
          where t.county_code = h.county_code and t.origin_id = h.id and t.state = 'open'
        )
    `,
  )
}

/** Those whose re-check is asked again because somebody had not left after all. */
export async function reopenHazards(tx: Tx, county: string, leavingId: string): Promise<void> {
  await run(
    tx,
    sql`
      update visits.hazard h
      set state = 'open', end_reason = null
      where h.county_code = ${county}
        and h.end_reason = 'subject-gone'
        and exists (
          select 1
          from visits.task t
          where t.county_code = h.county_code
            and t.origin_id = h.id
            and t.left_by = ${leavingId}
            and t.state = 'dropped'
        )
    `,
  )
}
