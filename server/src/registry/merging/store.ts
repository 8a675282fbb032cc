/** Requests that two records with a number each be merged. */
import type { MergeRequest } from '@fengge/domain/registry/doubles-contract'
import { readCursor } from '../../kernel/cursor.ts'
import { rowOf, rowsOf, run, rowWritten, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

type Stored = Row<'registry.merge_request'>
export type RequestRow = Stored & { readonly state: MergeRequest['state'] }
type Fresh = Omit<Stored, 'state' | 'decided_by' | 'decided_by_name' | 'decided_at'>

export async function addRequest(tx: Tx, r: Fresh): Promise<void> {
  await run(
    tx,
    sql`
      insert into
        registry.merge_request (
          county_code, id, keep_id, keep_version, drop_id, drop_version, take, reason, asked_by, asked_by_name, asked_at
        )
      values
        (
          ${r.county_code}, ${r.id}, ${r.keep_id}, ${r.keep_version}, ${r.drop_id}, ${r.drop_version},
          ${r.take}::text[], ${r.reason}, ${r.asked_by}, ${r.asked_by_name}, ${r.asked_at}
        )
    `,
  )
}

/** Whether one of some people waits to be merged. */
export async function isAsked(tx: Reading, county: string, ids: readonly string[]): Promise<boolean> {
  const row = await rowOf(
    tx,
    sql`
      select 1 as one
      from registry.merge_request
      where county_code = ${county}
        and state = 'asked'
        and (keep_id = any(${ids}::uuid[]) or drop_id = any(${ids}::uuid[]))
      limit 1
    `,
  )
  return row !== undefined
}

export function lockRequest(tx: Tx, county: string, id: string): Promise<RequestRow | undefined> {
  return rowWritten<RequestRow>(
    tx,
    sql`
      select
        county_code, id, keep_id, keep_version, drop_id, drop_version, take, reason, state, asked_by, asked_by_name,
        asked_at, decided_by, decided_by_name, decided_at
      from registry.merge_request
      where county_code = ${county} and id = ${id}
      for update
    `,
  )
}

export async function saveDecision(
  tx: Tx,
  r: RequestRow,
  d: { readonly isAgreed: boolean; readonly by: string; readonly byName: string; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`
      update registry.merge_request
      set
        state = ${d.isAgreed ? 'agreed' : 'refused'}, decided_by = ${d.by}, decided_by_name = ${d.byName},
        decided_at = ${d.at}
      where county_code = ${r.county_code} and id = ${r.id}
    `,
  )
}

export type Side = Pick<
  Row<'registry.person'>,
  'id' | 'name' | 'grid_id' | 'village_id' | 'town_id' | 'state' | 'version'
>
export type ListedRequest = Omit<RequestRow, 'county_code' | 'decided_by' | 'decided_at' | 'keep_id' | 'drop_id'> & {
  readonly keep: Side
  readonly drop: Side
  /** 0 where it waits, 1 of the others. */
  readonly rank: number
}

/** @param scopes over a person `r`; a pair is listed where both lie in one of them */
export async function listRequests(
  reading: Reading,
  scopes: readonly RawBuilder<unknown>[],
  page: { readonly county: string; readonly after: string | undefined; readonly size: number; readonly since: Date },
): Promise<{ rows: ListedRequest[]; total: number }> {
  const side = sql`
    json_build_object(
      'id', r.id, 'name', r.name, 'grid_id', r.grid_id, 'village_id', r.village_id, 'town_id', r.town_id, 'state',
      r.state, 'version', r.version
    )
  `
  const ofPerson = (column: 'keep_id' | 'drop_id', scope: RawBuilder<unknown>) => sql`
    join lateral (
      select ${side} as it
      from registry.person r
      where r.county_code = m.county_code and r.id = ${sql.ref(`m.${column}`)} and ${scope}
    ) ${sql.ref(column === 'keep_id' ? 'k' : 'd')} on true
  `
  const pairs = scopes.map(
    (scope) => sql`
      select m.id, k.it as keep, d.it as drop
      from registry.merge_request m ${ofPerson('keep_id', scope)} ${ofPerson('drop_id', scope)}
    `,
  )
  const rows = await rowsOf<ListedRequest & { readonly total: number }>(
    reading,
    sql`
      select
        x.id, x.keep_version, x.drop_version, x.take, x.reason, x.state, x.asked_by, x.asked_by_name, x.asked_at,
        x.decided_by_name, x.keep, x.drop, x.rank, x.total
      from (
          select
            m.id, m.keep_version, m.drop_version, m.take, m.reason, m.state, m.asked_by, m.asked_by_name, m.asked_at,
            m.decided_by_name, p.keep, p.drop, case when m.state = 'asked' then 0 else 1 end as rank,
            count(*) over ()::int as total
          from (
              select distinct on (id) id, keep, drop
              from (${sql.join(pairs, sql` union all `)}) both_sides
            ) p
            join registry.merge_request m on m.county_code = ${page.county}
            and m.id = p.id
          where m.state = 'asked' or m.decided_at > ${page.since}
        ) x
      ${page.after === undefined ? sql`` : sql`where ${afterOf(page.after)}`}
      order by x.rank, x.asked_at, x.id
      limit ${page.size}
    `,
  )
  return { rows, total: rows[0]?.total ?? 0 }
}

function afterOf(after: string): RawBuilder<unknown> {
  const [rank, at, id] = readCursor(after, ['number', 'moment', 'id'])
  return sql`(x.rank, x.asked_at, x.id) > (${Number(rank)}::int, ${new Date(at!)}::timestamptz, ${id}::uuid)`
}
