/** Evidence that waits for its event and changes hands: what one has sent, another ties to it. */
import { rowsWritten, sql } from '../../kernel/db/sql.ts'
import type { Row, Tx } from '../../kernel/db/tx.ts'

export interface HandOver {
  readonly county: string
  readonly ids: readonly string[]
  readonly from: string
  readonly to: string
}

/** Only what its owner sent himself, and what no event has yet. @returns the ids of what changed hands */
export async function handOverEvidence(tx: Tx, { county, ids, from, to }: HandOver): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await rowsWritten<Pick<Row<'events.evidence'>, 'id'>>(
    tx,
    sql`
      update events.evidence
      set uploaded_by = ${to}
      where county_code = ${county} and id = any(${ids}::uuid[]) and uploaded_by = ${from} and event_id is null
      returning id
    `,
  )
  return rows.map((r) => r.id)
}
