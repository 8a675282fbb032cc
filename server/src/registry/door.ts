/** What higher floors, the demo and the bench may ask of the registry. */
import { sql, run } from '../kernel/db/sql.ts'
import type { Tx, Reading } from '../kernel/db/tx.ts'
import { findRecords, kindOf } from './store/records.ts'

export { draftRow, indexColumns, insertDrafts } from './store/records.ts'
export { runImports } from './bulk/run-import.ts'
export { reachRecord } from './sight.ts'
export { spellName } from './spelling.ts'
export { registryConfig, registryFeed, viewHoldings } from './feed.ts'

/** A care visit was made: its rhythm counts from there. The overlay itself is not read. */
export async function markCareVisited(tx: Tx, county: string, personId: string, at: number): Promise<void> {
  await run(
    tx,
    sql`
      update registry.overlay
      set visited_at = greatest(visited_at, ${new Date(at)})
      where county_code = ${county} and person_id = ${personId} and ended_on is null
    `,
  )
}

/** Where a record lies: its grid, else its village or town. */
export async function placeOfRecord(tx: Reading, county: string, id: string): Promise<string | undefined> {
  const kind = await kindOf(tx, county, id)
  const [row] = kind === undefined ? [] : await findRecords(tx, kind, county, [id])
  return row?.grid_id ?? row?.village_id ?? row?.town_id ?? undefined
}
