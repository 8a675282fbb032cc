/** Key populations: one sealed row for each reason of care. */
import { rowsOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { SealedAt } from '../../kernel/seal.ts'

export type OverlayRow = Pick<
  Row<'registry.overlay'>,
  'id' | 'kind' | 'sealed' | 'visit_days' | 'cautions' | 'started_on' | 'ended_on'
>

/** Where the reason of care stands. */
export const careAt = (id: string): SealedAt => `registry.overlay.sealed:${id}`

/** @returns false where the id is another person's, or of another kind: that one stays as it is */
export async function saveOverlayRow(tx: Tx, county: string, personId: string, row: OverlayRow): Promise<boolean> {
  const saved = await run(
    tx,
    sql`
      insert into
        registry.overlay (county_code, id, person_id, kind, sealed, visit_days, cautions, started_on, ended_on)
      values
        (
          ${county}, ${row.id}, ${personId}, ${row.kind}, ${row.sealed}, ${row.visit_days}, ${row.cautions}::text[],
          ${row.started_on}, ${row.ended_on}
        )
      on conflict (county_code, id) do update
      set
        sealed = excluded.sealed, visit_days = excluded.visit_days, cautions = excluded.cautions,
        ended_on = excluded.ended_on
      where overlay.person_id = excluded.person_id and overlay.kind = excluded.kind
    `,
  )
  return saved > 0
}

export const listOverlays = (tx: Reading, county: string, personId: string): Promise<OverlayRow[]> =>
  rowsOf<OverlayRow>(
    tx,
    sql`
      select id, kind, sealed, visit_days, cautions, started_on, ended_on
      from registry.overlay
      where county_code = ${county} and person_id = ${personId}
      order by started_on desc
    `,
  )

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
