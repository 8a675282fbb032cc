/** What the tree in memory is made of. */
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import type { TreeRow } from '../tree.ts'

/** Changes whenever the tree does. */
export async function readStamp(tx: Reading): Promise<string> {
  const row = await rowOf<{ stamp: string }>(
    tx,
    sql`
      select
        concat(
          count(*), '/', sum(version), '/', (select count(*) from places.boundary), '/',
          (select max(happened_on) from places.succession)
        ) as stamp
      from places.place
      where valid_to is null
    `,
  )
  return row!.stamp
}

/** Every place in force with its border, parents before children. */
export function listTreeRows(tx: Reading): Promise<TreeRow[]> {
  return rowsOf<TreeRow>(
    tx,
    sql`
      select p.id, p.code, p.name, p.level, l.tier, p.parent_id, p.county_code, b.geometry
      from places.place p
        join places.level l on l.code = p.level
        left join places.boundary b on b.place_id = p.id
        and b.valid_to is null
      where p.valid_to is null
      order by p.code
    `,
  )
}
