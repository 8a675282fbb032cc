/** Rules in the database. */
import type { Rule } from '@fengge/domain/visits/terms'
import { rowOf, rowsOf, sql, run } from '../../kernel/db/sql.ts'
import type { Tx, Reading } from '../../kernel/db/tx.ts'

const columns = sql.raw(`
  id, matter_id as "matterId", name, name_en as "nameEn", selector, form_code as "formCode",
  period_days as "periodDays", minutes, window_from as "windowFrom", window_to as "windowTo", months,
  place_id as "placeId", priority, is_on as "isOn", version
`)

/** The most urgent first. */
export function listRules(tx: Reading, county: string): Promise<Rule[]> {
  return rowsOf<Rule>(
    tx,
    sql`select ${columns} from visits.rule where county_code = ${county} order by priority desc, name`,
  )
}

export function findRule(tx: Reading, county: string, id: string): Promise<Rule | undefined> {
  return rowOf<Rule>(tx, sql`select ${columns} from visits.rule where county_code = ${county} and id = ${id}`)
}

/** Counties that have a rule switched on. */
export async function listCountiesWithRules(tx: Reading): Promise<string[]> {
  const rows = await rowsOf<{ county_code: string }>(tx, sql`select distinct county_code from visits.rule where is_on`)
  return rows.map((r) => r.county_code)
}

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
