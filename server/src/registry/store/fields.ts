/** What a county changed about fields, and how often somebody looked in the clear. */
import type { RecordKind } from '@fengge/domain/registry/terms'
import { rowsOf, rowWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

type Columns = Pick<Row<'registry.field_rule'>, 'code' | 'is_on' | 'is_asked' | 'basis' | 'purpose' | 'purpose_en'>
export interface FieldRule extends Columns {
  kind: RecordKind
}

export const listFieldRules = (tx: Reading, county: string): Promise<FieldRule[]> =>
  rowsOf<FieldRule>(
    tx,
    sql`
      select kind, code, is_on, is_asked, basis, purpose, purpose_en
      from registry.field_rule
      where county_code = ${county}
    `,
  )

export async function saveFieldRule(tx: Tx, county: string, rule: FieldRule): Promise<void> {
  await run(
    tx,
    sql`
      insert into registry.field_rule (county_code, kind, code, is_on, is_asked, basis, purpose, purpose_en)
      values
        (
          ${county}, ${rule.kind}, ${rule.code}, ${rule.is_on}, ${rule.is_asked}, ${rule.basis}, ${rule.purpose},
          ${rule.purpose_en}
        )
      on conflict (county_code, kind, code) do update
      set
        is_on = excluded.is_on, is_asked = excluded.is_asked, basis = excluded.basis, purpose = excluded.purpose,
        purpose_en = excluded.purpose_en
    `,
  )
}

/** Counts one more value that somebody looked at in the clear. @returns how many on that day */
export async function countReveal(
  tx: Tx,
  look: Pick<Row<'registry.reveal_day'>, 'county_code' | 'account_id' | 'day'>,
): Promise<number> {
  const row = await rowWritten<{ count: number }>(
    tx,
    sql`
      insert into registry.reveal_day as d (county_code, account_id, day, count)
      values (${look.county_code}, ${look.account_id}, ${look.day}, 1)
      on conflict (county_code, account_id, day) do update
      set count = d.count + 1
      returning count
    `,
  )
  return row!.count
}
