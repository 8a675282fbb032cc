/** Tasks in the database. Whatever changes one stamps it, so that phones hear of it. */
import { careForms } from '@fengge/domain/visits/forms'
import type { Origin, Task } from '@fengge/domain/visits/terms'
import type { Asker } from '../../kernel/context.ts'
import { rowOf, sql, run, rowWritten } from '../../kernel/db/sql.ts'
import type { Tx, Reading } from '../../kernel/db/tx.ts'
import { apartFrom, inReach } from './reach.ts'
import { rowsFor, type Net, type Whom } from './subjects.ts'

export const taskColumns = sql.raw(`
  t.id, t.matter_id as "matterId", t.origin, t.origin_id as "originId", t.origin_name as "originName",
  t.subject_kind as "subjectKind", t.subject_id as "subjectId", t.grid_id as "gridId", t.account_id as "accountId",
  t.form_code as "formCode", t.title, t.note, t.earliest_on as "earliestOn", t.due_on as "dueOn",
  t.window_from as "windowFrom", t.window_to as "windowTo", t.minutes, t.priority, t.cautions, t.state, t.tries, t.version
`)

/** Whether a task, `t`, is there because somebody is one of a key population: by its form, or by what it was made for. */
export const isCareTask = sql`
  (
    t.subject_kind = 'person'
    and (
      t.form_code = any(${careForms}::text[])
      or exists (
        select 1
        from visits.rule r
        where r.county_code = t.county_code and r.id = t.origin_id and r.selector = 'care'
      )
      or exists (
        select 1
        from visits.campaign c
        where c.county_code = t.county_code and c.id = t.origin_id and c.selector = 'care'
      )
    )
  )
`

/** What is asked, whoever it is asked of. */
export interface TaskDraft {
  readonly origin: Origin
  readonly originId: string
  readonly originName: string
  readonly formCode: string
  readonly title: string
  readonly note?: string
  readonly minutes: number
  readonly priority: number
  readonly windowFrom?: number | null
  readonly windowTo?: number | null
}

/** Called by make-tasks.ts alone, which knows that the matter is in force. @returns how many tasks were made */
export function insertTasks(
  tx: Tx,
  about: Net & { readonly matterId: string; readonly madeAt: Date },
  draft: TaskDraft,
  whom: Whom,
): Promise<number> {
  return run(
    tx,
    sql`
      insert into visits.task (
          county_code, id, matter_id, origin, origin_id, origin_name, subject_kind, subject_id, grid_id, village_id,
          town_id, form_code, title, note, earliest_on, due_on, window_from, window_to, minutes, priority, cautions,
          made_at
        )
      select
        ${about.county}, gen_random_uuid(), ${about.matterId}, ${draft.origin}, ${draft.originId},
        ${draft.originName}, s.subject_kind, s.subject_id, s.grid_id, s.village_id, s.town_id, ${draft.formCode},
        ${draft.title}, ${draft.note ?? ''}, least(s.earliest_on, s.due_on), s.due_on,
        ${draft.windowFrom ?? null}::smallint, ${draft.windowTo ?? null}::smallint, ${draft.minutes},
        ${draft.priority}, s.cautions, ${about.madeAt}
      from (${rowsFor(about, whom)}) s
      on conflict do nothing
    `,
  )
}

export function lockTask(tx: Tx, county: string, id: string): Promise<Task | undefined> {
  return rowWritten<Task>(
    tx,
    sql`
      select ${taskColumns}
      from visits.task t
      where t.county_code = ${county} and t.id = ${id}
      for update
    `,
  )
}

/** Whether a task lies where the caller may order. */
export async function mayOrder(tx: Reading, asker: Asker, id: string): Promise<boolean> {
  const row = await rowOf(
    tx,
    sql`
      select 1
      from visits.task t
      where t.id = ${id} and ${inReach(asker, 'task.order')} and ${apartFrom(asker)}
    `,
  )
  return row !== undefined
}

export interface Closing {
  readonly state: 'done' | 'dropped'
  readonly on: string
  readonly by: string | null
  readonly reason?: string
}
export async function closeTask(tx: Tx, county: string, id: string, as: Closing): Promise<void> {
  await run(
    tx,
    sql`
      update visits.task
      set
        state = ${as.state}, done_on = ${as.state === 'done' ? as.on : null}, done_by = ${as.by},
        drop_reason = ${as.reason ?? ''}, version = version + 1, wrote_in = pg_current_xact_id()
      where county_code = ${county} and id = ${id}
    `,
  )
}

export async function countTry(tx: Tx, county: string, id: string): Promise<void> {
  await run(
    tx,
    sql`
      update visits.task
      set tries = tries + 1, version = version + 1, wrote_in = pg_current_xact_id()
      where county_code = ${county} and id = ${id}
    `,
  )
}

export async function dropTasksOf(tx: Tx, county: string, originId: string, reason: string): Promise<void> {
  await run(
    tx,
    sql`
      update visits.task
      set state = 'dropped', drop_reason = ${reason}, version = version + 1, wrote_in = pg_current_xact_id()
      where county_code = ${county} and origin_id = ${originId} and state = 'open'
    `,
  )
}

/** Tasks of rules that are switched off. */
export async function dropTasksOfEndedRules(tx: Tx, county: string): Promise<void> {
  await run(
    tx,
    sql`
      update visits.task t
      set state = 'dropped', drop_reason = 'rule-ended', version = t.version + 1, wrote_in = pg_current_xact_id()
      from visits.rule r
      where t.county_code = ${county}
        and t.state = 'open'
        and t.origin = 'rule'
        and r.county_code = t.county_code
        and r.id = t.origin_id
        and not r.is_on
    `,
  )
}

/** Tasks of rules and campaigns under matters that ended; what was ordered by hand stays. */
export async function dropTasksUnder(tx: Tx, county: string, matterIds: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      update visits.task
      set state = 'dropped', drop_reason = 'matter-ended', version = version + 1, wrote_in = pg_current_xact_id()
      where county_code = ${county}
        and state = 'open'
        and origin in ('rule', 'campaign')
        and matter_id = any(${matterIds}::uuid[])
    `,
  )
}
