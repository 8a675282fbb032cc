/** Events that were found on visits to some people and their homes. */
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { FindTheirs } from '../../registry/door.ts'

export const eventsMetAt: FindTheirs = async (reading, { county, people }) => {
  const rows = await rowsOf<{ id: string }>(
    reading,
    sql`
      select unnest(t.event_ids) as id
      from visits.visit t
      where t.county_code = ${county} and t.subject_id = any(${people}::uuid[]) and t.event_ids <> '{}'
      union
      select h.event_id
      from visits.visit t
        join visits.hazard h on h.county_code = t.county_code
        and h.visit_id = t.id
        and h.event_id is not null
      where t.county_code = ${county} and t.subject_id = any(${people}::uuid[])
    `,
  )
  return rows.map((r) => r.id)
}
