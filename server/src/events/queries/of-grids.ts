/** What lies in some grids: asked when the net changes, and when it is weighed. */
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
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

/** Open events of some grids, and those of some villages that have a point and lie in no grid yet. */
export interface OpenWhere {
  readonly grids: readonly string[]
  readonly villages: readonly string[]
}
export const isOpenIn = ({ grids, villages }: OpenWhere): RawBuilder<unknown> => sql`
  (
    e.grid_id = any(${grids}::uuid[])
    or (e.grid_id is null and e.lng is not null and e.village_id = any(${villages}::uuid[]))
  )
`

/** Where they happened. */
export function listOpenIn(
  tx: Reading,
  county: string,
  where: OpenWhere,
): Promise<Pick<Row<'events.event'>, 'id' | 'no' | 'lng' | 'lat' | 'grid_id'>[]> {
  return rowsOf<Pick<Row<'events.event'>, 'id' | 'no' | 'lng' | 'lat' | 'grid_id'>>(
    tx,
    sql`
      select id, no, lng, lat, grid_id
      from events.event e
      where e.county_code = ${county} and e.is_open and ${isOpenIn(where)}
      order by no
    `,
  )
}
