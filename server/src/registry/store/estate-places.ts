/** Where the buildings of estates stand. */
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'

/** @param building its number; empty: all of them */
export function placesOfEstates(
  reading: Reading,
  county: string,
  estateIds: readonly string[],
  building: string,
): Promise<{ estate_id: string; place_id: string }[]> {
  if (estateIds.length === 0) return Promise.resolve([])
  const isNumbered = building === '' ? sql`` : sql`and upper(name) = ${building.toUpperCase()}`
  return rowsOf<{ estate_id: string; place_id: string }>(
    reading,
    sql`
      select parent_id as estate_id, coalesce(grid_id, village_id) as place_id
      from registry.building
      where county_code = ${county}
        and parent_id = any(${estateIds}::uuid[])
        and state = 'live'
        and coalesce(grid_id, village_id) is not null ${isNumbered}
      group by 1, 2
      order by count(*) desc
    `,
  )
}
