/** What waits at a grid or names it without standing there, when the grid ends. */
import { run, sql } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'
import type { Place } from '../record-columns.ts'

/** What two ledgers say of a grid that ended is for who answers for its rest. */
export async function followLedgers(tx: Tx, county: string, endedId: string, place: Place): Promise<void> {
  await run(
    tx,
    sql`
      update registry.ledger_row
      set grid_id = ${place.gridId}, village_id = ${place.villageId}, town_id = ${place.townId}
      where county_code = ${county} and grid_id = ${endedId}
    `,
  )
}

/** A file on its way into a place that ended goes into what follows it. */
export async function followBatches(tx: Tx, county: string, endedId: string, heir: string): Promise<void> {
  await run(
    tx,
    sql`
      update registry.batch
      set place_id = ${heir}
      where county_code = ${county} and place_id = ${endedId} and state in ('waiting', 'running')
    `,
  )
}
