/** Filters that people keep under a name. */
import { StoredFilter } from '@fengge/domain/events/stored'
import { rowOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Tx } from '../../kernel/db/tx.ts'

/** Whose views. */
export interface Owner {
  readonly countyCode: string
  readonly accountId: string
}

export async function countViews(tx: Reading, { countyCode, accountId }: Owner): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from events.saved_view
      where county_code = ${countyCode} and account_id = ${accountId}
    `,
  )
  return row?.n ?? 0
}

export async function saveView(
  tx: Tx,
  { countyCode, accountId }: Owner,
  view: { readonly id: string; readonly name: string; readonly filter: object },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into events.saved_view (county_code, id, account_id, name, filter)
      values (${countyCode}, ${view.id}, ${accountId}, ${view.name}, ${JSON.stringify(StoredFilter.numbered(view.filter))}::jsonb)
      on conflict do nothing
    `,
  )
}

export async function dropView(tx: Tx, { countyCode, accountId }: Owner, id: string): Promise<void> {
  await run(
    tx,
    sql`
      delete from events.saved_view
      where county_code = ${countyCode} and account_id = ${accountId} and id = ${id}
    `,
  )
}

/** A filter that names a place that ended names what follows it. */
export async function followViews(tx: Tx, county: string, endedId: string, heir: string): Promise<void> {
  await run(
    tx,
    sql`
      update events.saved_view
      set filter = jsonb_set(filter, '{placeId}', to_jsonb(${heir}::text))
      where county_code = ${county} and filter ->> 'placeId' = ${endedId}
    `,
  )
}
