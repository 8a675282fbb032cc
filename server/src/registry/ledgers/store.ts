/** Comparisons of two ledgers and what came of them, each row for the grid it concerns. */
import type { Duty } from '@fengge/domain/kernel/duty'
import type { LedgerRow as LedgerView } from '@fengge/domain/registry/ledger-contract'
import type { Asker } from '../../kernel/context.ts'
import { insertInto } from '../../kernel/db/sink.ts'
import { rowOf, rowsOf, rowWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { SealedAt } from '../../kernel/seal.ts'
import { within } from '../store/within.ts'

type State = LedgerView['state']
export type RunRow = Pick<
  Row<'registry.ledger_run'>,
  'id' | 'at' | 'employer_file' | 'rental_file' | 'employers' | 'rentals'
> & { readonly counts: Record<string, number> }

/** Where both sides of a row stand. */
export const factsAt = (id: string): SealedAt => `registry.ledger_row.sealed:${id}`

/** Comparisons of the caller's own, and those that found something where he may look. */
export function listRuns(reading: Reading, asker: Asker): Promise<RunRow[]> {
  const { caller } = asker
  return rowsOf<RunRow>(
    reading,
    sql`
      select u.id, u.at, u.employer_file, u.rental_file, u.employers, u.rentals, x.counts
      from registry.ledger_run u
        cross join lateral (
          select coalesce(jsonb_object_agg(state, n), '{}') as counts
          from
            (
              select r.state, count(*) as n
              from registry.ledger_row r
              where ${within(asker)} and r.run_id = u.id
              group by 1
            ) s
        ) x
      where u.county_code = ${caller.countyCode} and (u.account_id = ${caller.accountId} or x.counts <> '{}')
      order by u.at desc
      limit 20
    `,
  )
}

export type FreshRun = Row<'registry.ledger_run'>

/** @returns false when the same comparison is there already */
export async function addRun(tx: Tx, r: FreshRun): Promise<boolean> {
  const added = await run(
    tx,
    sql`
      insert into
        registry.ledger_run (county_code, id, place_id, employer_file, rental_file, account_id, at, employers, rentals)
      values
        (
          ${r.county_code}, ${r.id}, ${r.place_id}, ${r.employer_file}, ${r.rental_file}, ${r.account_id}, ${r.at},
          ${r.employers}, ${r.rentals}
        )
      on conflict do nothing
    `,
  )
  return added > 0
}

/** Whether an account sent the ledgers of a comparison. */
export async function isSender(
  reading: Reading,
  { countyCode, accountId }: Asker['caller'],
  runId: string,
): Promise<boolean> {
  const row = await rowOf(
    reading,
    sql`
      select 1 as one
      from registry.ledger_run
      where county_code = ${countyCode} and id = ${runId} and account_id = ${accountId}
    `,
  )
  return row !== undefined
}

export type FreshRow = Omit<Row<'registry.ledger_row'>, 'state' | 'decision' | 'decided_at' | 'decided_by'> & {
  readonly state: State
}
const rowSink = insertInto('registry.ledger_row', {
  county_code: 'text',
  id: 'uuid',
  run_id: 'uuid',
  state: 'text',
  probability: 'double precision',
  agreement: 'int[]',
  employer_row: 'int',
  rental_row: 'int',
  cluster: 'int',
  grid_id: 'uuid',
  village_id: 'uuid',
  town_id: 'uuid',
  sealed: 'text',
})
const mostAtOnce = 2000

export async function addRows(tx: Tx, rows: readonly FreshRow[]): Promise<void> {
  for (let i = 0; i < rows.length; i += mostAtOnce) await run(tx, rowSink.into(rows.slice(i, i + mostAtOnce)))
}

export type LedgerRowRow = Pick<
  Row<'registry.ledger_row'>,
  | 'id'
  | 'probability'
  | 'agreement'
  | 'employer_row'
  | 'rental_row'
  | 'cluster'
  | 'grid_id'
  | 'village_id'
  | 'town_id'
  | 'sealed'
> & { readonly state: State; readonly decision: LedgerView['decision'] }

/** Rows of a comparison where a duty is held; of all states where none is said. */
export interface RowsAsked {
  readonly runId: string
  readonly state: State | undefined
  readonly duty: Duty
}

const rowsAsked = (asker: Asker, { runId, state, duty }: RowsAsked) => sql`
  ${within(asker, duty)} and r.run_id = ${runId} and (${state ?? null}::text is null or r.state = ${state ?? null})
`

export async function countRows(reading: Reading, asker: Asker, asked: RowsAsked): Promise<number> {
  const row = await rowOf<{ n: number }>(
    reading,
    sql`select count(*)::int as n from registry.ledger_row r where ${rowsAsked(asker, asked)}`,
  )
  return row?.n ?? 0
}

export function listRows(
  reading: Reading,
  asker: Asker,
  asked: RowsAsked & { readonly most: number },
): Promise<LedgerRowRow[]> {
  return rowsOf<LedgerRowRow>(
    reading,
    sql`
      select
        r.id, r.state, r.probability, r.agreement, r.employer_row, r.rental_row, r.cluster, r.grid_id, r.village_id,
        r.town_id, r.sealed, r.decision
      from registry.ledger_row r
      where ${rowsAsked(asker, asked)}
      order by r.decision nulls first, r.cluster, r.probability desc, r.id
      limit ${asked.most}
    `,
  )
}

export type PlacedRow = Pick<LedgerRowRow, 'id' | 'grid_id' | 'village_id' | 'town_id'>

export function lockRow(tx: Tx, asker: Asker, id: string): Promise<PlacedRow | undefined> {
  return rowWritten<PlacedRow>(
    tx,
    sql`
      select r.id, r.grid_id, r.village_id, r.town_id
      from registry.ledger_row r
      where ${within(asker, 'registry.write')} and r.id = ${id}
      for update
    `,
  )
}

export interface Decision {
  readonly decision: 'same' | 'other'
  readonly by: string | null
  readonly at: Date
}

export async function saveDecision(tx: Tx, county: string, id: string, d: Decision): Promise<void> {
  await run(
    tx,
    sql`
      update registry.ledger_row
      set decision = ${d.decision}, decided_by = ${d.by}, decided_at = ${d.at}
      where county_code = ${county} and id = ${id}
    `,
  )
}

export type DecidedRow = Pick<LedgerRowRow, 'probability'> & { readonly decision: 'same' | 'other' }

/** What people of a county decided, latest first. */
export function listDecided(reading: Reading, county: string): Promise<DecidedRow[]> {
  return rowsOf<DecidedRow>(
    reading,
    sql`
      select probability, decision
      from registry.ledger_row
      where county_code = ${county} and decision is not null
      order by decided_at desc
      limit 5000
    `,
  )
}

/** Counties that compared anything. */
export async function listCountiesWithRuns(reading: Reading): Promise<string[]> {
  const rows = await rowsOf<Pick<Row<'registry.ledger_run'>, 'county_code'>>(
    reading,
    sql`select distinct county_code from registry.ledger_run`,
  )
  return rows.map((r) => r.county_code)
}

/** A piece of what was compared before a moment. @returns how many rows went */
export function deleteRowsBefore(tx: Tx, county: string, before: Date, most: number): Promise<number> {
  return run(
    tx,
    sql`
      delete from registry.ledger_row
      where county_code = ${county}
        and id in (
          select r.id
          from registry.ledger_run u
            join registry.ledger_row r on r.county_code = u.county_code
            and r.run_id = u.id
          where u.county_code = ${county} and u.at < ${before}
          limit ${most}
        )
    `,
  )
}

/** Comparisons before a moment of which nothing is left. @returns how many went */
export function deleteEmptyRuns(tx: Tx, county: string, before: Date): Promise<number> {
  return run(
    tx,
    sql`
      delete from registry.ledger_run u
      where u.county_code = ${county}
        and u.at < ${before}
        and not exists (
          select 1
          from registry.ledger_row r
          where r.county_code = u.county_code and r.run_id = u.id
        )
    `,
  )
}

export type SealedRow = Pick<Row<'registry.ledger_row'>, 'id' | 'village_id' | 'sealed'>

/** Rows of all comparisons of a county, by their ids. */
export function pageOfRows(
  reading: Reading,
  county: string,
  after: string | undefined,
  most: number,
): Promise<SealedRow[]> {
  return rowsOf<SealedRow>(
    reading,
    sql`
      select id, village_id, sealed
      from registry.ledger_row
      where county_code = ${county} ${after === undefined ? sql`` : sql`and id > ${after}::uuid`}
      order by id
      limit ${most}
    `,
  )
}

export async function deleteRows(tx: Tx, county: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await run(tx, sql`delete from registry.ledger_row where county_code = ${county} and id = any(${ids}::uuid[])`)
}
