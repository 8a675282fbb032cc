/** What is still open of an event's parts: also of a part that was joined to another matter. Source: domain.md D2, I4. */
import { sql, type RawBuilder } from '../../kernel/db/sql.ts'

/** How many of the parts of `events.event e` are open, or joined to something else that is. */
export const openChildren: RawBuilder<number> = sql<number>`
  (
    select count(*)::int
    from events.event c
    where c.county_code = e.county_code
      and c.parent_id = e.id
      and (
        c.is_open
        or c.merged_into is not null
        and exists (
          with recursive above as (
            select m.id, m.merged_into, m.is_open
            from events.event m
            where m.county_code = c.county_code and m.id = c.merged_into
            union
            select m.id, m.merged_into, m.is_open
            from above a join events.event m on m.id = a.merged_into
            where m.county_code = c.county_code
          )
          select 1 as one from above a where a.is_open and a.id <> c.parent_id
        )
      )
  )
`
