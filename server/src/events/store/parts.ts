/** Who had a part in a sensitive event. */
import type { Part } from '@fengge/domain/events/secrecy'
import { run, sql } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'

export async function saveParts(tx: Tx, county: string, eventId: string, parts: readonly Part[]): Promise<void> {
  await run(
    tx,
    sql`
      insert into events.part (county_code, event_id, kind, party_id)
      select ${county}, ${eventId}, p.kind, p.id
      from unnest(${parts.map((p) => p.kind)}::text[], ${parts.map((p) => p.id)}::uuid[]) as p (kind, id)
      on conflict do nothing
    `,
  )
}
