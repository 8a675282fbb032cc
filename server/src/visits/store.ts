/** Forms, rules and tasks in the database. */
import type { Duty } from '@fengge/domain/kernel/duty'
import { readyForms, type Form } from '@fengge/domain/visits/forms'
import type { Rule, Task } from '@fengge/domain/visits/terms'
import type { Caller } from '../kernel/context.ts'
import { postsWith } from '../kernel/context.ts'
import { rowOf, rowsOf, sql, type RawBuilder, run, rowWritten } from '../kernel/db/sql.ts'
import type { Tx, Reading } from '../kernel/db/tx.ts'
import { placeTree } from '../places/door.ts'

export const listForms = async (tx: Reading, county: string): Promise<Form[]> =>
  (
    await rowsOf<{ body: Form; version: number }>(
      tx,
      sql`select body, version from visits.form where county_code = ${county} order by code`,
    )
  ).map((r) => ({ ...r.body, version: r.version }))
export async function findForm(tx: Reading, county: string, code: string): Promise<Form | undefined> {
  const row = await rowOf<{ body: Form; version: number }>(
    tx,
    sql`select body, version from visits.form where county_code = ${county} and code = ${code}`,
  )
  return row && { ...row.body, version: row.version }
}
export async function saveForm(tx: Tx, county: string, form: Form): Promise<void> {
  await run(
    tx,
    sql`
      insert into visits.form (county_code, code, body)
      values (${county}, ${form.code}, ${JSON.stringify(form)}::jsonb)
      on conflict (county_code, code) do update
      set body = excluded.body, version = visits.form.version + 1
    `,
  )
}
export async function saveReadyForms(tx: Tx, county: string): Promise<void> {
  for (const form of readyForms)
    await run(
      tx,
      sql`
        insert into visits.form (county_code, code, body)
        values (${county}, ${form.code}, ${JSON.stringify(form)}::jsonb)
        on conflict do nothing
      `,
    )
}

const ruleColumns = sql.raw(
  'id, matter_id as "matterId", name, name_en as "nameEn", selector, form_code as "formCode", period_days as "periodDays", minutes, window_from as "windowFrom", window_to as "windowTo", months, place_id as "placeId", priority, is_on as "isOn", version',
)
export const listRules = (tx: Reading, county: string): Promise<Rule[]> =>
  rowsOf<Rule>(
    tx,
    sql<Rule>`select ${ruleColumns} from visits.rule where county_code = ${county} order by priority desc, name`,
  )
export async function saveRuleRow(tx: Tx, county: string, r: Rule): Promise<void> {
  await run(
    tx,
    sql`
      insert into visits.rule (
          county_code, id, matter_id, name, name_en, selector, form_code, period_days, minutes, window_from,
          window_to, months, place_id, priority, is_on
        )
      values
        (
          ${county}, ${r.id}, ${r.matterId}, ${r.name}, ${r.nameEn}, ${r.selector}, ${r.formCode}, ${r.periodDays},
          ${r.minutes}, ${r.windowFrom}, ${r.windowTo}, ${r.months}::smallint[], ${r.placeId}, ${r.priority},
          ${r.isOn}
        )
      on conflict (county_code, id) do update
      set
        matter_id = excluded.matter_id, name = excluded.name, name_en = excluded.name_en,
        selector = excluded.selector, form_code = excluded.form_code, period_days = excluded.period_days,
        minutes = excluded.minutes, window_from = excluded.window_from, window_to = excluded.window_to,
        months = excluded.months, place_id = excluded.place_id, priority = excluded.priority, is_on = excluded.is_on,
        version = visits.rule.version + 1
    `,
  )
}

/** `t.county_code = … and (…)` over a table with grid, village and town, for a duty and, where given, a place. */
export function inReach(
  caller: Caller,
  duty: Duty | readonly Duty[],
  placeId?: string,
  alias = 't',
): RawBuilder<unknown> {
  const tree = placeTree()
  const county = sql`${sql.ref(`${alias}.county_code`)} = ${caller.countyCode}`
  if (caller.kind === 'system') return county
  const places = postsWith(caller, duty)
    .filter((p) => p.departmentId === null)
    .map((p) => p.placeId)
  const wanted =
    placeId === undefined
      ? places
      : places.some((p) => tree.contains(p, placeId))
        ? [placeId]
        : places.filter((p) => tree.contains(placeId, p))
  const parts: RawBuilder<unknown>[] = []
  for (const id of wanted) {
    const node = tree.get(id)
    if (node?.tier === 'county' && node.countyCode === caller.countyCode) return county
    if (node?.tier === 'town' || node?.tier === 'village')
      parts.push(sql`${sql.ref(`${alias}.${node.tier}_id`)} = ${id}`)
    if (node?.tier === 'grid') parts.push(sql`${sql.ref(`${alias}.grid_id`)} = any(${tree.below(id, 'grid')}::uuid[])`)
    if (node?.tier === 'micro' && node.parentId !== null)
      parts.push(sql`${sql.ref(`${alias}.grid_id`)} = ${node.parentId}`)
  }
  return parts.length === 0 ? sql`false` : sql`${county} and (${sql.join(parts, sql` or `)})`
}

export const taskColumns = sql.raw(
  `t.id, t.matter_id as "matterId", t.origin, t.origin_id as "originId", t.origin_name as "originName", t.subject_kind as "subjectKind", t.subject_id as "subjectId", t.grid_id as "gridId", t.account_id as "accountId", t.form_code as "formCode", t.title, t.note, t.earliest_on as "earliestOn", t.due_on as "dueOn", t.window_from as "windowFrom", t.window_to as "windowTo", t.minutes, t.priority, t.cautions, t.state, t.tries, t.version`,
)
export interface TaskRow extends Task {
  done_on: string | null
  drop_reason: string
}
export async function lockTask(tx: Tx, county: string, id: string): Promise<Task | undefined> {
  return rowWritten<Task>(
    tx,
    sql<Task>`
      select ${taskColumns}
      from visits.task t
      where t.county_code = ${county} and t.id = ${id}
      for update
    `,
  )
}
export async function closeTask(
  tx: Tx,
  county: string,
  id: string,
  as: { state: 'done' | 'dropped'; on: string; by: string | null; reason?: string },
): Promise<void> {
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
