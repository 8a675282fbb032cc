/** Where devices lie when the net changes. */
import { rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Row, Tx } from '../../kernel/db/tx.ts'

export type Housed = Pick<Row<'sensors.device'>, 'id' | 'building_id' | 'lng' | 'lat'> & { readonly grid_id: string }

/** Devices of some grids, held until the end of the transaction; ended ones lie where they lay. */
export const lockDevicesIn = (tx: Tx, county: string, grids: readonly string[]): Promise<Housed[]> =>
  rowsWritten<Housed>(
    tx,
    sql`
      select id, building_id, lng, lat, grid_id
      from sensors.device
      where county_code = ${county} and grid_id = any(${grids}::uuid[]) and ended_at is null
      order by id
      for update
    `,
  )

export async function saveHome(
  tx: Tx,
  county: string,
  id: string,
  home: { readonly gridId: string | null; readonly villageId: string | null; readonly townId: string | null },
): Promise<void> {
  await run(
    tx,
    sql`
      update sensors.device
      set grid_id = ${home.gridId}, village_id = ${home.villageId}, town_id = ${home.townId}, version = version + 1
      where county_code = ${county} and id = ${id}
    `,
  )
}
