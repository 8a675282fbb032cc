import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'

export interface Ordered {
  readonly gridId: string
  readonly dueOn: string
  readonly minutes: number
  readonly tasks: number
}

/** Open tasks of grids that no rule made, by the day they are due: orders, campaigns, resolutions, re-checks, services. */
export const countOrdered = (tx: Reading, county: string, grids: readonly string[]): Promise<Ordered[]> =>
  rowsOf<Ordered>(
    tx,
    sql`
      select t.grid_id as "gridId", t.due_on as "dueOn", sum(t.minutes)::int as minutes, count(*)::int as tasks
      from visits.task t
      where t.county_code = ${county}
        and t.state = 'open'
        and t.origin <> 'rule'
        and t.grid_id = any(${grids}::uuid[])
      group by t.grid_id, t.due_on
    `,
  )
