/** Who is kept from whom. */
import type { Recusal } from '@fengge/domain/registry/recusal/contract'
import { rowOf, rowsOf, run, rowWritten, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

type Fresh = Omit<Row<'registry.recusal'>, 'state' | 'decided_by' | 'decided_by_name' | 'decided_at'>

export async function addRecusal(tx: Tx, r: Fresh): Promise<void> {
  await run(
    tx,
    sql`
      insert into
        registry.recusal (
          county_code, id, person_id, account_id, account_name, reason, until_on, asked_by, asked_by_name, asked_at
        )
      values
        (
          ${r.county_code}, ${r.id}, ${r.person_id}, ${r.account_id}, ${r.account_name}, ${r.reason}, ${r.until_on},
          ${r.asked_by}, ${r.asked_by_name}, ${r.asked_at}
        )
    `,
  )
}

export type RecusalRow = Row<'registry.recusal'> & { readonly state: Recusal['state'] }

export function lockRecusal(tx: Tx, county: string, id: string): Promise<RecusalRow | undefined> {
  return rowWritten<RecusalRow>(
    tx,
    sql`
      select
        county_code, id, person_id, account_id, account_name, reason, until_on, state, asked_by, asked_by_name,
        asked_at, decided_by, decided_by_name, decided_at
      from registry.recusal
      where county_code = ${county} and id = ${id}
      for update
    `,
  )
}

export async function saveDecision(
  tx: Tx,
  r: RecusalRow,
  d: { readonly isAgreed: boolean; readonly by: string; readonly byName: string; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`
      update registry.recusal
      set
        state = ${d.isAgreed ? 'agreed' : 'refused'}, decided_by = ${d.by}, decided_by_name = ${d.byName},
        decided_at = ${d.at}
      where county_code = ${r.county_code} and id = ${r.id}
    `,
  )
}

export type ListedRecusal = Omit<RecusalRow, 'county_code' | 'decided_by' | 'decided_at'> & {
  readonly name: string
  readonly grid_id: string | null
  readonly village_id: string | null
  readonly town_id: string | null
}

/** Of the people in reach; what concerns an account is never told to it. */
export function listRecusals(
  reading: Reading,
  scope: RawBuilder<unknown>,
  accountId: string,
): Promise<ListedRecusal[]> {
  return rowsOf<ListedRecusal>(
    reading,
    sql`
      select
        k.id, k.person_id, k.account_id, k.account_name, k.reason, k.until_on, k.state, k.asked_by, k.asked_by_name,
        k.asked_at, k.decided_by_name, r.name, r.grid_id, r.village_id, r.town_id
      from registry.recusal k
        join registry.person r on r.county_code = k.county_code and r.id = k.person_id
      where ${scope} and k.account_id <> ${accountId}
      order by
        k.state <> 'asked', case when k.state = 'asked' then k.asked_at end, k.asked_at desc, k.id
      limit 200
    `,
  )
}

/** Those of some people who are called so, or have that number or phone. */
export async function listSought(
  reading: Reading,
  county: string,
  ids: readonly string[],
  by: { readonly name: string; readonly number: string; readonly phone: string },
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    reading,
    sql`
      select id
      from registry.person
      where county_code = ${county}
        and id = any(${ids}::uuid[])
        and (name = ${by.name} or id_index = ${by.number} or phone_index = ${by.phone})
    `,
  )
  return rows.map((r) => r.id)
}

/** Whether any of some people has one of these phones. */
export async function hasPhone(
  reading: Reading,
  county: string,
  ids: readonly string[],
  phones: readonly string[],
): Promise<boolean> {
  const row = await rowOf(
    reading,
    sql`
      select 1
      from registry.person
      where county_code = ${county} and id = any(${ids}::uuid[]) and phone_index = any(${phones}::text[])
      limit 1
    `,
  )
  return row !== undefined
}

/**
 * Whom an account may not see on a day, each with whoever his record was merged into; where they live now, and who lives there with them.
 */
export async function listUnseen(
  reading: Reading,
  county: string,
  accountId: string,
  today: string,
): Promise<string[]> {
  const row = await rowOf<{ ids: string[] | null }>(
    reading,
    sql`
      with recursive person as (
        select k.person_id as id
        from registry.recusal k
        where k.county_code = ${county}
          and k.account_id = ${accountId}
          and k.state = 'agreed'
          and k.until_on >= ${today}
        union
        select p.merged_into
        from person x
          join registry.person p on p.county_code = ${county} and p.id = x.id
        where p.merged_into is not null
      ),
      home as (
        select l.house_id as id
        from person x
          join registry.link l on l.county_code = ${county}
          and l.person_id = x.id
          and l.to_on is null
          and l.role <> 'owner'
      )
      select array_agg(u.id) as ids
      from
        (
          select id from person
          union
          select id from home
          union
          select l.person_id
          from home h
            join registry.link l on l.county_code = ${county}
            and l.house_id = h.id
            and l.to_on is null
            and l.role <> 'owner'
        ) u
    `,
  )
  return row?.ids ?? []
}
