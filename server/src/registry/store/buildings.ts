/** Where a building stands, for what is fixed to it. */
import { rowOf, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'

export type StandingBuilding = Pick<
  Row<'registry.building'>,
  'id' | 'name' | 'lng' | 'lat' | 'grid_id' | 'village_id' | 'town_id'
>

export const findBuilding = (tx: Reading, county: string, id: string): Promise<StandingBuilding | undefined> =>
  rowOf<StandingBuilding>(
    tx,
    sql`
      select id, name, lng, lat, grid_id, village_id, town_id
      from registry.building
      where county_code = ${county} and id = ${id} and state = 'live'
    `,
  )
