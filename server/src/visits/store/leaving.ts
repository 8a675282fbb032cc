/** What visits hold of somebody who left: open tasks end with him, and his answers go when his term is over. */
import type { Ctx } from '../../kernel/context.ts'
import { rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Row, Tx } from '../../kernel/db/tx.ts'
import { askedByAt } from './services.ts'
import { emptyAnswers, answersAt } from './visits.ts'

/** @param goneBy the leaving or closing by which they went */
export async function dropTasksOf(tx: Tx, county: string, ids: readonly string[], goneBy: string): Promise<void> {
  await run(
    tx,
    sql`
      update visits.task t
      set
        state = 'dropped', drop_reason = 'subject-gone', left_by = ${goneBy}, version = t.version + 1,
        wrote_in = pg_current_xact_id()
      where t.county_code = ${county}
        and t.subject_id = any(${ids}::uuid[])
        and t.state = 'open'
    `,
  )
}

/** Those of a leaving are open again; where the same is asked of him by a newer one, that one stands. */
export async function reopenTasks(tx: Tx, county: string, leavingId: string): Promise<void> {
  await run(
    tx,
    sql`
      update visits.task t
      set state = 'open', drop_reason = '', left_by = null, version = t.version + 1, wrote_in = pg_current_xact_id()
      where t.county_code = ${county}
        and t.left_by = ${leavingId}
        and t.state = 'dropped'
        and not exists (
          select 1
          from visits.task o
          where o.county_code = t.county_code
            and o.origin_id = t.origin_id
            and o.subject_id = t.subject_id
            and o.state = 'open'
        )
    `,
  )
}

/** That somebody was visited stays, as the work of whoever came; what he said goes. */
export async function forgetAnswers(ctx: Ctx, personIds: readonly string[]): Promise<void> {
  const county = ctx.caller.countyCode
  const his = (column: string) => sql`county_code = ${county} and ${sql.ref(column)} = any(${personIds}::uuid[])`
  const visits = await rowsWritten<Pick<Row<'visits.visit'>, 'id'>>(
    ctx.tx,
    sql`select id from visits.visit where subject_kind = 'person' and ${his('subject_id')} order by id for update`,
  )
  const answers = visits.map(({ id }) => ctx.sealer.seal(emptyAnswers, answersAt(id)))
  await run(
    ctx.tx,
    sql`
      update visits.visit v
      set sealed = m.sealed, on_behalf_of = ''
      from unnest(${visits.map((v) => v.id)}::uuid[], ${answers}::text[]) m (id, sealed)
      where v.county_code = ${county} and v.id = m.id
    `,
  )
  const services = await rowsWritten<Pick<Row<'visits.service'>, 'id'>>(
    ctx.tx,
    sql`select id from visits.service where ${his('person_id')} order by id for update`,
  )
  const names = services.map(({ id }) => ctx.sealer.seal('', askedByAt(id)))
  await run(
    ctx.tx,
    sql`
      update visits.service s
      set
        asked_by_sealed = m.sealed, phone_sealed = null, what = '',
        steps = (
          select coalesce(jsonb_agg(step || '{"note": ""}' order by nth), '[]')
          from jsonb_array_elements(s.steps) with ordinality as t (step, nth)
        ), version = s.version + 1, wrote_in = pg_current_xact_id()
      from unnest(${services.map((s) => s.id)}::uuid[], ${names}::text[]) m (id, sealed)
      where s.county_code = ${county} and s.id = m.id
    `,
  )
  await run(
    ctx.tx,
    sql`update visits.hazard set what = '', ordered_text = '', end_word = '' where subject_kind = 'person' and ${his('subject_id')}`,
  )
  await run(ctx.tx, sql`update visits.task set note = '' where subject_kind = 'person' and ${his('subject_id')}`)
  await run(ctx.tx, sql`delete from visits.last where ${his('subject_id')}`)
}
