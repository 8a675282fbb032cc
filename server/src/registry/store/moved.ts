/** Where people lived before the grid that answers for them now, in the database. */
import { rowsOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

type Moved = Pick<Row<'registry.person'>, 'id' | 'moved_from' | 'moved_at'>
/** Those of some people who have moved. */
export const listMoved = (tx: Reading, county: string, personIds: readonly string[]): Promise<Moved[]> =>
  personIds.length === 0
    ? Promise.resolve([])
    : rowsOf<Moved>(
        tx,
        sql`
          select id, moved_from, moved_at
          from registry.person
          where county_code = ${county} and id = any(${personIds}::uuid[]) and moved_at is not null
        `,
      )

/** He moved from a place; who wrote what is held of him is not told where he lives now. */
export async function saveMoved(
  tx: Tx,
  county: string,
  personId: string,
  from: { readonly placeId: string | null; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`
      update registry.person
      set
        moved_from = ${from.placeId},
        moved_at = ${from.at},
        origin = (
          select coalesce(jsonb_object_agg(o.key, jsonb_set(o.value, '{by}', '""')), '{}')
          from jsonb_each(origin) o
        )
      where county_code = ${county} and id = ${personId}
    `,
  )
}
