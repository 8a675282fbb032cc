/** Where an event lies, as words of its search. */
import type { EventCore } from '@fengge/domain/events/terms'
import { run, sql } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'
import { scopeWords } from '../words.ts'

/** After a move to another place a search of that place finds the event. */
export async function moveWords(
  tx: Tx,
  county: string,
  { from, to, at }: { readonly from: EventCore; readonly to: EventCore; readonly at: number },
): Promise<void> {
  const scopes = ({ townId, villageId }: EventCore) =>
    [townId && `t:${townId}`, villageId && `v:${villageId}`].flatMap((word) => (word ? scopeWords(word, at) : []))
  await run(
    tx,
    sql`
      update events.event
      set search = ts_delete(search, ${scopes(from)}::text[]) || array_to_tsvector(${scopes(to)}::text[])
      where county_code = ${county} and id = ${to.id}
    `,
  )
}
