/** Changes of categories that somebody of the county asked for and somebody else agrees to. */
import { StoredCategory } from '@fengge/domain/events/stored'
import type { Category } from '@fengge/domain/events/terms'
import { rowsOf, rowWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

export interface CategoryAsk {
  readonly id: string
  readonly category: Omit<Category, 'validTo'>
  readonly by: { readonly accountId: string; readonly name: string; readonly at: Date }
}
type AskRow = Pick<
  Row<'events.category_ask'>,
  'id' | 'code' | 'valid_from' | 'body' | 'asked_by' | 'asked_by_name' | 'asked_at'
>

const askOf = (row: AskRow): CategoryAsk => ({
  id: row.id,
  category: { ...StoredCategory.read(row.body), code: row.code, validFrom: row.valid_from },
  by: { accountId: row.asked_by, name: row.asked_by_name, at: row.asked_at },
})

/** @returns whether none waited for the category already */
export async function saveAsk(tx: Tx, county: string, { id, category, by }: CategoryAsk): Promise<boolean> {
  const { code, validFrom, ...body } = category
  const made = await run(
    tx,
    sql`
      insert into events.category_ask (
          county_code, id, code, valid_from, body, asked_by, asked_by_name, asked_at
        )
      values
        (
          ${county}, ${id}, ${code}, ${validFrom}, ${JSON.stringify(StoredCategory.numbered(body))}::jsonb,
          ${by.accountId}, ${by.name}, ${by.at}
        )
      on conflict do nothing
    `,
  )
  return made > 0
}

export async function listAsks(reading: Reading, county: string): Promise<CategoryAsk[]> {
  const rows = await rowsOf<AskRow>(
    reading,
    sql`
      select id, code, valid_from, body, asked_by, asked_by_name, asked_at
      from events.category_ask
      where county_code = ${county} and state = 'asked'
      order by asked_at
      limit 200
    `,
  )
  return rows.map(askOf)
}

/** One that waits. */
export async function lockAsk(tx: Tx, county: string, id: string): Promise<CategoryAsk | undefined> {
  const row = await rowWritten<AskRow>(
    tx,
    sql`
      select id, code, valid_from, body, asked_by, asked_by_name, asked_at
      from events.category_ask
      where county_code = ${county} and id = ${id} and state = 'asked'
      for update
    `,
  )
  return row && askOf(row)
}

export async function closeAsk(
  tx: Tx,
  county: string,
  id: string,
  { state, by, at }: { readonly state: 'agreed' | 'refused'; readonly by: string; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`
      update events.category_ask
      set state = ${state}, decided_by = ${by}, decided_at = ${at}
      where county_code = ${county} and id = ${id}
    `,
  )
}
