/** Requests to be deleted, and the deleting. */
import type { Erasure } from '@fengge/domain/registry/leaving/contract'
import { rowOf, rowsOf, rowsWritten, rowWritten, run, sql, type RawBuilder } from '../../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../../kernel/db/tx.ts'

type Columns = Pick<
  Row<'registry.erasure'>,
  'id' | 'person_id' | 'shown_by' | 'asked_by' | 'asked_by_name' | 'asked_at' | 'reason'
>
export interface ErasureRow extends Columns {
  aim: Erasure['aim']
  basis: Erasure['basis']
  state: Erasure['state']
}

const selectErasures = sql`
  select e.id, e.person_id, e.aim, e.basis, e.shown_by, e.asked_by, e.asked_by_name, e.asked_at, e.state, e.reason
  from registry.erasure e
`

export async function saveErasure(tx: Tx, county: string, e: Omit<ErasureRow, 'state' | 'reason'>): Promise<void> {
  await run(
    tx,
    sql`
      insert into registry.erasure (county_code, id, person_id, aim, basis, shown_by, asked_by, asked_by_name, asked_at)
      values
        (
          ${county}, ${e.id}, ${e.person_id}, ${e.aim}, ${e.basis}, ${e.shown_by}, ${e.asked_by}, ${e.asked_by_name},
          ${e.asked_at}
        )
    `,
  )
}

export const hasOpenErasure = async (tx: Reading, county: string, personId: string): Promise<boolean> =>
  (await findWithOpenErasure(tx, county, [personId])).has(personId)

/** Those of some people about whom a request waits. */
export async function findWithOpenErasure(tx: Reading, county: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<Pick<Row<'registry.erasure'>, 'person_id'>>(
    tx,
    sql`
      select person_id
      from registry.erasure
      where county_code = ${county} and person_id = any(${ids}::uuid[]) and state = 'open'
    `,
  )
  return new Set(rows.map((r) => r.person_id))
}

export const lockErasure = (tx: Tx, county: string, id: string): Promise<ErasureRow | undefined> =>
  rowWritten<ErasureRow>(tx, sql`${selectErasures} where e.county_code = ${county} and e.id = ${id} for update`)

export async function saveErasureDecision(
  tx: Tx,
  county: string,
  id: string,
  d: Pick<Row<'registry.erasure'>, 'decided_by' | 'decided_at' | 'reason'> & { readonly state: 'agreed' | 'refused' },
): Promise<void> {
  await run(
    tx,
    sql`
      update registry.erasure
      set state = ${d.state}, reason = ${d.reason}, decided_by = ${d.decided_by}, decided_at = ${d.decided_at}
      where county_code = ${county} and id = ${id}
    `,
  )
}

/** How many an account has taken and agreed to since a moment, while it does neither beside. */
export async function countErasing(tx: Tx, county: string, accountId: string, since: Date): Promise<number> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 20261130))`)
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from registry.erasure
      where county_code = ${county}
        and (
          (asked_by = ${accountId} and asked_at >= ${since})
          or (decided_by = ${accountId} and decided_at >= ${since} and state = 'agreed')
        )
    `,
  )
  return row?.n ?? 0
}

export async function countErasures(
  tx: Reading,
  scope: RawBuilder<unknown>,
): Promise<{ readonly total: number; readonly open: number }> {
  const row = await rowOf<{ total: number; open: number }>(
    tx,
    sql`
      select count(*)::int as total, count(*) filter (where e.state = 'open')::int as open
      from registry.erasure e
        join registry.person r on r.county_code = e.county_code
        and r.id = e.person_id
      where ${scope}
    `,
  )
  return row ?? { total: 0, open: 0 }
}

const erasuresAPage = 50
/** Of the people in reach: those that wait, the longest waiting first; then the latest that were decided. */
export const listErasureRows = (tx: Reading, scope: RawBuilder<unknown>, page: number): Promise<ErasureRow[]> =>
  rowsOf<ErasureRow>(
    tx,
    sql`
      ${selectErasures}
      join registry.person r on r.county_code = e.county_code
      and r.id = e.person_id
      where ${scope}
      order by e.decided_at desc nulls first, e.asked_at, e.id
      limit ${erasuresAPage}
      offset ${(page - 1) * erasuresAPage}
    `,
  )

/** Merged into somebody of whom nothing is left: forgotten by a deletion that did not see it. */
const leftBehind = sql`
  p.state = 'merged'
  and p.name <> ''
  and exists (
    select 1
    from registry.person k
    where k.county_code = p.county_code and k.id = p.merged_into and k.name = '' and k.sort = ''
  )
`

/** Counties with people whose term was over on a day, or with records that a deletion left behind. */
export async function listCountiesToDelete(tx: Reading, today: string): Promise<string[]> {
  const rows = await rowsOf<Pick<Row<'registry.leaving'>, 'county_code'>>(
    tx,
    sql`
      select county_code
      from registry.leaving
      where state = 'open' and keep_until <= ${today}
      union
      select p.county_code
      from registry.person p
      where p.merged_into is not null and ${leftBehind}
    `,
  )
  return rows.map((r) => r.county_code)
}

/** People whose term is over, with the records that were merged into theirs; who still owns a house here is kept. */
export async function lockToDelete(tx: Tx, county: string, today: string, most: number): Promise<string[]> {
  const rows = await rowsWritten<Pick<Row<'registry.leaving'>, 'person_id'>>(
    tx,
    sql`
      select l.person_id
      from registry.leaving l
      where l.county_code = ${county}
        and l.state = 'open'
        and l.keep_until <= ${today}
        and not exists (
          select 1
          from registry.link k
          where k.county_code = l.county_code and k.person_id = l.person_id and k.to_on is null
        )
      order by l.keep_until, l.person_id
      limit ${most}
      for update
    `,
  )
  return rows.map((r) => r.person_id)
}

export async function lockLeftBehind(tx: Tx, county: string, most: number): Promise<string[]> {
  const rows = await rowsWritten<{ id: string }>(
    tx,
    sql`
      select p.id
      from registry.person p
      where p.county_code = ${county} and p.merged_into is not null and ${leftBehind}
      order by p.id
      limit ${most}
      for update of p
    `,
  )
  return rows.map((r) => r.id)
}

/** Records that were merged into some, or into one that was, to the end of the chain. */
export async function listMergedInto(tx: Reading, county: string, ids: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`
      with recursive merged as (
        select id
        from registry.person
        where county_code = ${county} and merged_into = any(${ids}::uuid[])
        union
        select p.id
        from merged m
          join registry.person p on p.county_code = ${county} and p.merged_into = m.id
      )
      select id from merged
    `,
  )
  return rows.map((r) => r.id)
}

/**
 * All that the registry holds of some people goes: values, numbers, history, homes, care. Their rows stay without a
 * word, so that an act that was kept for them on a phone makes nobody anew.
 */
export async function deletePeople(tx: Tx, county: string, ids: readonly string[], now: Date): Promise<void> {
  const his = (column: string) => sql`county_code = ${county} and ${sql.ref(column)} = any(${ids}::uuid[])`
  await run(
    tx,
    sql`
      update registry.person
      set
        name = '', sort = '', spelled = '', initials = '', born = null, body = '{}', sealed = '{}', origin = '{}',
        id_index = null, id_tail = null, phone_index = null, phone_tail = null, confirmed_at = null, due_at = null,
        moved_from = null, moved_at = null,
        version = version + 1, changed_at = ${now}
      where ${his('id')}
    `,
  )
  await run(tx, sql`update registry.change set fields = '{}', reason = '', more = '{}' where ${his('record_id')}`)
  await run(tx, sql`delete from registry.link where ${his('person_id')}`)
  await run(tx, sql`delete from registry.overlay where ${his('person_id')}`)
  await run(tx, sql`delete from registry.link_request where ${his('person_id')}`)
  await run(tx, sql`delete from registry.recusal where ${his('person_id')}`)
  await run(tx, sql`delete from registry.merge_request where ${his('keep_id')} or ${his('drop_id')}`)
  await run(tx, sql`delete from registry.apart where ${his('a_id')} or ${his('b_id')}`)
  await run(
    tx,
    sql`
      update registry.erasure
      set
        shown_by = '', reason = '', state = case when state = 'open' then 'over' else state end,
        decided_at = coalesce(decided_at, ${now})
      where ${his('person_id')}
    `,
  )
  await run(
    tx,
    sql`
      update registry.leaving
      set
        to_sealed = null, moved = '{"links":[],"overlays":[],"heads":[]}',
        state = case when state = 'open' then 'deleted' else state end,
        closed_at = case when state = 'open' then ${now} else closed_at end
      where ${his('person_id')}
    `,
  )
}
