/** A county's own days, each in force from a day. */
import type { DayRule } from '@fengge/domain/registry/days/ready-days'
import { rowsOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

export const listDayRules = (tx: Reading, county: string): Promise<DayRule[]> =>
  rowsOf<DayRule>(
    tx,
    sql`select code, from_on as "fromOn", days from registry.day_rule where county_code = ${county} order by from_on`,
  )

/** The same day set anew is another number of it; what was in force before stays. */
export async function saveDayRule(tx: Tx, r: Row<'registry.day_rule'>): Promise<void> {
  await run(
    tx,
    sql`
      insert into registry.day_rule (county_code, code, from_on, days, basis, account_id, by_name, at)
      values
        (${r.county_code}, ${r.code}, ${r.from_on}, ${r.days}, ${r.basis}, ${r.account_id}, ${r.by_name}, ${r.at})
      on conflict (county_code, code, from_on) do update
      set
        days = excluded.days, basis = excluded.basis, account_id = excluded.account_id, by_name = excluded.by_name,
        at = excluded.at
    `,
  )
}
