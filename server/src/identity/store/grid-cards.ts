/** Public cards of grids and communities in the database. */
import type { GridCard } from '@fengge/domain/identity/contract/cards'
import { rowsOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Tx } from '../../kernel/db/tx.ts'

export type CardRow = GridCard & { readonly placeId: string }

export const listCards = (reading: Reading, placeIds: readonly string[]): Promise<CardRow[]> =>
  rowsOf<CardRow>(
    reading,
    sql`
      select
        place_id as "placeId", office_phone as "officePhone", group_name as "groupName", group_code as "groupCode",
        group_until as "groupUntil"
      from identity.grid_card
      where place_id = any(${placeIds}::uuid[])
    `,
  )

export interface KeptCard extends CardRow {
  readonly county: string
  readonly by: string | null
  readonly at: Date
}

export async function saveCard(tx: Tx, c: KeptCard): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.grid_card (
          place_id, county_code, office_phone, group_name, group_code, group_until, changed_by, changed_at
        )
      values
        (
          ${c.placeId}, ${c.county}, ${c.officePhone}, ${c.groupName}, ${c.groupCode}, ${c.groupUntil}, ${c.by}, ${c.at}
        )
      on conflict (place_id) do update
      set
        office_phone = excluded.office_phone, group_name = excluded.group_name, group_code = excluded.group_code,
        group_until = excluded.group_until, changed_by = excluded.changed_by, changed_at = excluded.changed_at
    `,
  )
}

/** The card of a grid that ended is that of each that follows it and has none of its own. */
export async function carryCard(tx: Tx, endedId: string, followers: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.grid_card (
          place_id, county_code, office_phone, group_name, group_code, group_until, changed_by, changed_at
        )
      select f.id, c.county_code, c.office_phone, c.group_name, c.group_code, c.group_until, c.changed_by, c.changed_at
      from identity.grid_card c, unnest(${followers}::uuid[]) as f (id)
      where c.place_id = ${endedId}
      on conflict (place_id) do nothing
    `,
  )
  await run(tx, sql`delete from identity.grid_card where place_id = ${endedId}`)
}
