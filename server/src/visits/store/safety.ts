/** Lone visits shared by the visitor's own choice. */
import { rowOf, rowsOf, sql, run } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

export async function hasShare(tx: Reading, county: string, accountId: string, now: Date): Promise<boolean> {
  const row = await rowOf(
    tx,
    sql`
      select 1
      from visits.safety
      where county_code = ${county} and account_id = ${accountId} and ended_at is null and until > ${now}
    `,
  )
  return row !== undefined
}

export interface FreshShare {
  readonly id: string
  readonly accountId: string
  readonly placeId: string
  readonly where: string
  readonly until: Date
}

export async function insertShare(tx: Tx, county: string, s: FreshShare): Promise<void> {
  await run(
    tx,
    sql`
      insert into visits.safety (county_code, id, account_id, place_id, where_text, until)
      values (${county}, ${s.id}, ${s.accountId}, ${s.placeId}, ${s.where}, ${s.until})
    `,
  )
}

/** @returns whether there was one to end */
export async function endShare(
  tx: Tx,
  county: string,
  share: { readonly id: string; readonly accountId: string | null },
  now: Date,
): Promise<boolean> {
  const ended = await run(
    tx,
    sql`
      update visits.safety
      set ended_at = ${now}
      where county_code = ${county} and id = ${share.id} and account_id = ${share.accountId} and ended_at is null
    `,
  )
  return ended > 0
}

/** Nothing stays of a lone visit a day after its end. */
export async function deleteShares(tx: Tx, county: string, before: Date): Promise<void> {
  await run(tx, sql`delete from visits.safety where county_code = ${county} and until < ${before}`)
}

export type ShareRow = Pick<Row<'visits.safety'>, 'id' | 'place_id' | 'where_text' | 'until'> & {
  readonly name: string
}

export function listOpenShares(tx: Reading, county: string): Promise<ShareRow[]> {
  return rowsOf<ShareRow>(
    tx,
    sql`
      select s.id, a.name, s.place_id, s.where_text, s.until
      from visits.safety s join identity.public_account a on a.id = s.account_id
      where s.county_code = ${county} and s.ended_at is null
      order by s.until
    `,
  )
}
