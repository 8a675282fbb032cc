import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'

/** Of some people, houses or units those that were visited, helped, or where a danger was found: they are more than a row of a file. */
export async function subjectsInUse(reading: Reading, county: string, ids: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    reading,
    sql`
      select subject_id as id from visits.visit where county_code = ${county} and subject_id = any(${ids}::uuid[])
      union
      select subject_id from visits.hazard where county_code = ${county} and subject_id = any(${ids}::uuid[])
      union
      select person_id from visits.service where county_code = ${county} and person_id = any(${ids}::uuid[])
    `,
  )
  return rows.map((r) => r.id)
}
