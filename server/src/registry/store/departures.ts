/** What left a grid, so that phones of the grid drop it and say so. */
import { rowsOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

/** Counties with departures older than a moment. */
export async function listCountiesWithDepartures(tx: Reading, before: Date): Promise<string[]> {
  const rows = await rowsOf<Pick<Row<'registry.departure'>, 'county_code'>>(
    tx,
    sql`select distinct county_code from registry.departure where at < ${before}`,
  )
  return rows.map((r) => r.county_code)
}

/** @returns how many were forgotten */
export function deleteDepartures(tx: Tx, county: string, before: Date): Promise<number> {
  return run(tx, sql`delete from registry.departure where county_code = ${county} and at < ${before}`)
}
