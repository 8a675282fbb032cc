/** What an account asked for by number on a day: one row each, which begins anew every day. */
import { rowOf, rowsWritten, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

export type Asked = Pick<Row<'registry.number_search'>, 'county_code' | 'account_id' | 'day' | 'asked'>

export interface Quota {
  readonly all: number
  /** Of those whose digests begin alike, up to a point. */
  readonly alike: number
}

/**
 * Adds what is asked for to what was asked for that day, in one statement, so that parallel calls count one by one.
 * What was asked for before is no new question. Digests that are alike to a point are counted besides among themselves.
 * @returns false where it would be more than the quota; nothing is added then
 */
export async function addAsked(tx: Tx, a: Asked, quota: Quota): Promise<boolean> {
  const rows = await rowsWritten<Pick<Asked, 'asked'>>(
    tx,
    sql`
      insert into registry.number_search as d (county_code, account_id, day, asked)
      values (${a.county_code}, ${a.account_id}, ${a.day}, ${a.asked}::text[])
      on conflict (county_code, account_id) do update
      set
        day = excluded.day,
        asked = case
          when d.day <> excluded.day then excluded.asked
          else d.asked || array(select x from unnest(excluded.asked) x where x <> all(d.asked))
        end
      where d.day <> excluded.day
        or cardinality(d.asked) + (
          select count(*)
          from unnest(excluded.asked) x
          where x <> all(d.asked)
        ) <= ${quota.all}::int
        and not exists (
          select 1
          from (select distinct x from unnest(d.asked || excluded.asked) x) y
          where x like '%.%'
          group by split_part(x, '.', 1)
          having count(*) > ${quota.alike}::int
        )
      returning d.asked
    `,
  )
  return rows.length > 0
}

/** How much an account has asked for on a day. */
export async function countAsked(tx: Reading, a: Omit<Asked, 'asked'>): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select cardinality(asked) as n
      from registry.number_search
      where county_code = ${a.county_code} and account_id = ${a.account_id} and day = ${a.day}
    `,
  )
  return row?.n ?? 0
}

/** Whether an account has asked for all of it on a day. */
export async function hasAsked(tx: Reading, a: Asked): Promise<boolean> {
  const row = await rowOf(
    tx,
    sql`
      select 1 as one
      from registry.number_search
      where county_code = ${a.county_code}
        and account_id = ${a.account_id}
        and day = ${a.day}
        and asked @> ${a.asked}::text[]
    `,
  )
  return row !== undefined
}
