/** Exports that were asked for, and the records they hold. */
import type { ExportKind } from '@fengge/domain/registry/terms'
import type { Asker, Caller } from '../../../kernel/context.ts'
import { askedPage, type AskedPage } from '../../../kernel/db/asked-list.ts'
import { rowOf, rowsOf, rowWritten, run, sql } from '../../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../../kernel/db/tx.ts'
import { selectRecords, type RecordRow } from '../../store/records.ts'
import { within } from '../../store/within.ts'

export type RequestRow = Pick<
  Row<'registry.export_request'>,
  'id' | 'place_id' | 'purpose' | 'rows' | 'account_id' | 'account_name' | 'asked_at' | 'expires_at'
> & { readonly kind: ExportKind; readonly state: 'asked' | 'approved' | 'refused' }

const selectRequests = sql`
  select id, kind, place_id, purpose, rows, state, account_id, account_name, asked_at, expires_at
  from registry.export_request
`

export async function addRequest(tx: Tx, county: string, r: RequestRow): Promise<void> {
  await run(
    tx,
    sql`
      insert into
        registry.export_request (
          county_code, id, kind, place_id, purpose, rows, state, account_id, account_name, asked_at, expires_at
        )
      values
        (
          ${county}, ${r.id}, ${r.kind}, ${r.place_id}, ${r.purpose}, ${r.rows}, ${r.state}, ${r.account_id},
          ${r.account_name}, ${r.asked_at}, ${r.expires_at}
        )
    `,
  )
}

export function lockRequest(tx: Tx, county: string, id: string): Promise<RequestRow | undefined> {
  return rowWritten<RequestRow>(
    tx,
    sql<RequestRow>`${selectRequests} where county_code = ${county} and id = ${id} for update`,
  )
}

export function findOwnRequest(reading: Reading, caller: Caller, id: string): Promise<RequestRow | undefined> {
  return rowOf<RequestRow>(
    reading,
    sql<RequestRow>`
      ${selectRequests}
      where county_code = ${caller.countyCode} and id = ${id} and account_id = ${caller.accountId}
    `,
  )
}

/** A page, and one more where there are more. */
export const listRequests = (reading: Reading, page: AskedPage): Promise<RequestRow[]> =>
  rowsOf<RequestRow>(reading, sql<RequestRow>`${selectRequests} ${askedPage(page)}`)

/** How many of an account wait to be agreed to. */
export async function countAsked(reading: Reading, county: string, accountId: string): Promise<number> {
  const row = await rowOf<{ n: number }>(
    reading,
    sql`
      select count(*)::int as n
      from registry.export_request
      where county_code = ${county} and account_id = ${accountId} and state = 'asked'
    `,
  )
  return row?.n ?? 0
}

export interface Decision {
  readonly state: 'approved' | 'refused'
  readonly by: string
  readonly at: Date
  readonly expiresAt: Date | null
}

export async function saveDecision(tx: Tx, county: string, id: string, d: Decision): Promise<void> {
  await run(
    tx,
    sql`
      update registry.export_request
      set state = ${d.state}, decided_by = ${d.by}, decided_at = ${d.at}, expires_at = ${d.expiresAt}
      where county_code = ${county} and id = ${id}
    `,
  )
}

/** What is exported: live records of a kind below a place, as far as the caller may export them. */
export interface Scope {
  readonly kind: ExportKind
  readonly placeId: string
}

export async function countExported(reading: Reading, asker: Asker, scope: Scope): Promise<number> {
  const row = await rowOf<{ n: number }>(
    reading,
    sql`
      select count(*) as n
      from ${sql.table(`registry.${scope.kind}`)} r
      where ${within(asker, 'registry.export', scope.placeId)} and r.state = 'live'
    `,
  )
  return Number(row?.n)
}

const first = '00000000-0000-0000-0000-000000000000'

/** Pages of records by id, so that a long export neither skips nor repeats one while others write. */
export async function* exportedPages(reading: Reading, asker: Asker, scope: Scope): AsyncGenerator<RecordRow[]> {
  let after = first
  for (;;) {
    const page = await rowsOf(
      reading,
      selectRecords(
        scope.kind,
        sql`
          where ${within(asker, 'registry.export', scope.placeId)} and r.state = 'live' and r.id > ${after}
          order by r.id
          limit 2000
        `,
      ),
    )
    const last = page.at(-1)
    if (!last) return
    after = last.id
    yield page
  }
}
