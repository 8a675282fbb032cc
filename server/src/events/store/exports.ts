/** Exports of events that were asked for. */
import { StoredFilter } from '@fengge/domain/events/stored'
import type { Caller } from '../../kernel/context.ts'
import { askedPage, type AskedPage } from '../../kernel/db/asked-list.ts'
import { rowOf, rowsOf, rowWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

export type ExportState = 'asked' | 'approved' | 'refused'
export type ExportRequest = Pick<
  Row<'events.export_request'>,
  'id' | 'place_id' | 'purpose' | 'rows' | 'account_id' | 'account_name' | 'asked_at' | 'expires_at'
> & { readonly state: ExportState; readonly filter: Readonly<Record<string, string>> }
type Stored = Omit<ExportRequest, 'filter'> & Pick<Row<'events.export_request'>, 'filter'>

const requests = sql`
  select id, filter, place_id, purpose, rows, state, account_id, account_name, asked_at, expires_at
  from events.export_request
`
const requestOf = (row: Stored): ExportRequest => ({ ...row, filter: StoredFilter.read(row.filter) })

export async function saveExport(tx: Tx, county: string, r: ExportRequest): Promise<void> {
  await run(
    tx,
    sql`
      insert into events.export_request (
          county_code, id, filter, place_id, purpose, rows, state, account_id, account_name, asked_at, expires_at
        )
      values
        (
          ${county}, ${r.id}, ${JSON.stringify(StoredFilter.numbered(r.filter))}::jsonb, ${r.place_id}, ${r.purpose},
          ${r.rows}, ${r.state}, ${r.account_id}, ${r.account_name}, ${r.asked_at}, ${r.expires_at}
        )
    `,
  )
}

export async function lockExport(tx: Tx, county: string, id: string): Promise<ExportRequest | undefined> {
  const row = await rowWritten<Stored>(
    tx,
    sql<Stored>`${requests} where county_code = ${county} and id = ${id} for update`,
  )
  return row && requestOf(row)
}

export async function findOwnExport(tx: Reading, caller: Caller, id: string): Promise<ExportRequest | undefined> {
  const row = await rowOf<Stored>(
    tx,
    sql<Stored>`
      ${requests}
      where county_code = ${caller.countyCode} and id = ${id} and account_id = ${caller.accountId}
    `,
  )
  return row && requestOf(row)
}

/** A page, and one more where there are more. */
export async function listExports(tx: Reading, page: AskedPage): Promise<ExportRequest[]> {
  const rows = await rowsOf<Stored>(tx, sql<Stored>`${requests} ${askedPage(page)}`)
  return rows.map(requestOf)
}

/** How many of an account wait to be agreed to. */
export async function countAsked(tx: Reading, county: string, accountId: string): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from events.export_request
      where county_code = ${county} and account_id = ${accountId} and state = 'asked'
    `,
  )
  return row?.n ?? 0
}

export interface Decided {
  readonly state: ExportState
  readonly by: string
  readonly at: Date
  readonly expiresAt: Date | null
}

export async function saveExportDecision(tx: Tx, county: string, id: string, d: Decided): Promise<void> {
  await run(
    tx,
    sql`
      update events.export_request
      set state = ${d.state}, decided_by = ${d.by}, decided_at = ${d.at}, expires_at = ${d.expiresAt}
      where county_code = ${county} and id = ${id}
    `,
  )
}
