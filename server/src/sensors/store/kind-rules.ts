/** A county's own rules of what alarms of a kind are, each in force from a day. */
import type { KindRule } from '@fengge/domain/sensors/kind-rules'
import { rowsOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

export const listKindRules = (tx: Reading, county: string): Promise<KindRule[]> =>
  rowsOf<KindRule>(
    tx,
    sql`
      select
        kind, from_on as "fromOn", category_code as "categoryCode", urgency, scope, join_minutes as "joinMinutes",
        silent_minutes as "silentMinutes", basis
      from sensors.kind_rule
      where county_code = ${county}
      order by from_on
    `,
  )

/** The same day set anew is another rule of it; what was in force before stays. */
export async function saveKindRule(tx: Tx, r: Row<'sensors.kind_rule'>): Promise<void> {
  await run(
    tx,
    sql`
      insert into sensors.kind_rule (
          county_code, kind, from_on, category_code, urgency, scope, join_minutes, silent_minutes, basis, account_id,
          by_name, at
        )
      values
        (
          ${r.county_code}, ${r.kind}, ${r.from_on}, ${r.category_code}, ${r.urgency}, ${r.scope}, ${r.join_minutes},
          ${r.silent_minutes}, ${r.basis}, ${r.account_id}, ${r.by_name}, ${r.at}
        )
      on conflict (county_code, kind, from_on) do update
      set
        category_code = excluded.category_code, urgency = excluded.urgency, scope = excluded.scope,
        join_minutes = excluded.join_minutes, silent_minutes = excluded.silent_minutes, basis = excluded.basis,
        account_id = excluded.account_id, by_name = excluded.by_name, at = excluded.at
    `,
  )
}
