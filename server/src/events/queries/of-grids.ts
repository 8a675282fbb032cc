/** What lies in some grids: asked when the net changes, and when it is weighed. */
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'

/** How many events of a class of the catalogue were reported in some grids since a moment. */
export function countOfClass(
  tx: Reading,
  county: string,
  asked: { readonly classCode: string; readonly gridIds: readonly string[]; readonly since: Date },
): Promise<{ grid_id: string; n: number }[]> {
  return rowsOf<{ grid_id: string; n: number }>(
    tx,
    sql`
      select e.grid_id, count(*)::int as n
      from events.event e
      where e.county_code = ${county}
        and e.grid_id = any(${asked.gridIds}::uuid[])
        and e.reported_at >= ${asked.since}
        and e.category_code in (
          select c.code from events.category c where c.county_code = ${county} and c.body ->> 'classCode' = ${asked.classCode}
        )
      group by 1
    `,
  )
}

/** Where the open events of some grids happened. */
export function listOpenIn(
  tx: Reading,
  county: string,
  gridIds: readonly string[],
): Promise<(Pick<Row<'events.event'>, 'id' | 'no' | 'lng' | 'lat'> & { readonly grid_id: string })[]> {
  return rowsOf<Pick<Row<'events.event'>, 'id' | 'no' | 'lng' | 'lat'> & { readonly grid_id: string }>(
    tx,
    sql`
      select id, no, lng, lat, grid_id
      from events.event
      where county_code = ${county} and grid_id = any(${gridIds}::uuid[]) and is_open
      order by no
    `,
  )
}
