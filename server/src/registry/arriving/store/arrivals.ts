/** People who are said to have moved within the county, in the database. */
import type { ArrivalState } from '@fengge/domain/registry/arriving/terms'
import { rowOf, rowsOf, rowWritten, run, sql, type RawBuilder } from '../../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../../kernel/db/tx.ts'
import type { SealedAt } from '../../../kernel/seal.ts'
import type { Asking } from '../../../kernel/context.ts'
import { within } from '../../store/within.ts'

type Columns = Pick<
  Row<'registry.arrival'>,
  'id' | 'person_id' | 'where_sealed' | 'on_day' | 'from_id' | 'grid_id' | 'village_id' | 'town_id' | 'note' | 'due_on'
>
export interface ArrivalRow extends Columns {
  state: ArrivalState
}

/** Where it stands where somebody is said to have moved. */
export const arrivedAt = (id: string): SealedAt => `registry.arrival.where_sealed:${id}`

const selectArrivals = sql`
  select r.id, r.person_id, r.where_sealed, r.on_day, r.from_id, r.grid_id, r.village_id, r.town_id, r.note, r.state, r.due_on
  from registry.arrival r
`
/** Those that wait for somebody. */
const waits = sql`r.state in ('offered', 'desk')`

/** Those that a caller sees, as a condition over arrivals `r`. */
export const seesArrivals = (ctx: Asking): RawBuilder<unknown> => sql`
  r.person_id <> all(${[...(ctx.caller.unseen ?? [])]}::uuid[])
  and (
    r.state = 'offered' and (${within(ctx, 'registry.write')} or ${within(ctx, 'registry.correct')})
    or r.state = 'desk' and (${within(ctx, 'registry.correct')} or r.village_id is null and ${within(ctx, 'registry.trace')})
  )
`

export async function saveArrival(
  tx: Tx,
  county: string,
  a: Omit<ArrivalRow, 'note'> & Pick<Row<'registry.arrival'>, 'offered_by' | 'offered_at'>,
): Promise<void> {
  await run(
    tx,
    sql`
      insert into
        registry.arrival (
          county_code, id, person_id, where_sealed, on_day, from_id, grid_id, village_id, town_id, state, offered_by,
          offered_at, due_on
        )
      values
        (
          ${county}, ${a.id}, ${a.person_id}, ${a.where_sealed}, ${a.on_day}, ${a.from_id}, ${a.grid_id},
          ${a.village_id}, ${a.town_id}, ${a.state}, ${a.offered_by}, ${a.offered_at}, ${a.due_on}
        )
    `,
  )
}

export const lockArrival = (tx: Tx, county: string, id: string): Promise<ArrivalRow | undefined> =>
  rowWritten<ArrivalRow>(tx, sql`${selectArrivals} where r.county_code = ${county} and r.id = ${id} for update`)

/** Whether one of somebody waits, and whether one since a moment came to nothing. */
export async function earlierOf(
  tx: Reading,
  county: string,
  personId: string,
  since: Date,
): Promise<{ readonly waits: boolean; readonly failed: boolean }> {
  const row = await rowOf<{ waits: boolean | null; failed: boolean | null }>(
    tx,
    sql`
      select
        bool_or(${waits}) as waits,
        bool_or(r.state in ('closed', 'withdrawn') and r.offered_at >= ${since}) as failed
      from registry.arrival r
      where r.county_code = ${county} and r.person_id = ${personId}
    `,
  )
  return { waits: row?.waits ?? false, failed: row?.failed ?? false }
}

/** How many an account has offered since a moment, while it offers no other beside. */
export async function countOffered(tx: Tx, county: string, accountId: string, since: Date): Promise<number> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 20261127))`)
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from registry.arrival
      where county_code = ${county} and offered_by = ${accountId} and offered_at >= ${since}
    `,
  )
  return row?.n ?? 0
}

export type Waiting = ArrivalRow & { readonly name: string }

/** @param scope a condition over the arrival as `r` */
export const listWaiting = (tx: Reading, county: string, scope: RawBuilder<unknown>): Promise<Waiting[]> =>
  rowsOf<Waiting>(
    tx,
    sql`
      select
        r.id, r.person_id, r.where_sealed, r.on_day, r.from_id, r.grid_id, r.village_id, r.town_id, r.note, r.state,
        r.due_on, p.name
      from registry.arrival r
        join registry.person p on p.county_code = r.county_code
        and p.id = r.person_id
        and p.state = 'live'
      where r.county_code = ${county} and ${waits} and ${scope}
      order by r.offered_at, r.id
      limit 100
    `,
  )

export async function countWaiting(tx: Reading, county: string, scope: RawBuilder<unknown>): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from registry.arrival r
        join registry.person p on p.county_code = r.county_code
        and p.id = r.person_id
        and p.state = 'live'
      where r.county_code = ${county} and ${waits} and ${scope}
    `,
  )
  return row?.n ?? 0
}

export interface Answer {
  readonly state: ArrivalState
  readonly note: string
  readonly by: string
  readonly at: Date
}

export async function saveAnswer(tx: Tx, county: string, id: string, a: Answer): Promise<void> {
  await run(
    tx,
    sql`
      update registry.arrival
      set state = ${a.state}, note = ${a.note}, answered_by = ${a.by}, answered_at = ${a.at}, due_on = null
      where county_code = ${county} and id = ${id}
    `,
  )
}

/** Those whose grid had its days. */
export const listLate = (tx: Reading, today: string): Promise<Pick<Row<'registry.arrival'>, 'county_code' | 'id'>[]> =>
  rowsOf(
    tx,
    sql`
      select county_code, id
      from registry.arrival
      where state = 'offered' and due_on <= ${today}
      order by due_on, county_code, id
    `,
  )

/** The day it had stays with it: so the desk reads that nobody answered. */
export async function passToDesk(tx: Tx, county: string, id: string): Promise<void> {
  await run(tx, sql`update registry.arrival set state = 'desk' where county_code = ${county} and id = ${id}`)
}

type Placed = Pick<Row<'registry.arrival'>, 'grid_id' | 'village_id' | 'town_id'>
export async function sendArrival(
  tx: Tx,
  county: string,
  id: string,
  to: Placed & Pick<Row<'registry.arrival'>, 'due_on'>,
): Promise<void> {
  await run(
    tx,
    sql`
      update registry.arrival
      set state = 'offered', note = '', grid_id = ${to.grid_id}, village_id = ${to.village_id}, town_id = ${to.town_id},
        due_on = ${to.due_on}
      where county_code = ${county} and id = ${id}
    `,
  )
}

/** He lives elsewhere by now, or left the register: nobody looks for him any more. */
export async function withdrawArrivals(tx: Tx, county: string, personId: string): Promise<void> {
  await run(
    tx,
    sql`
      update registry.arrival r
      set state = 'withdrawn'
      where r.county_code = ${county} and r.person_id = ${personId} and ${waits}
    `,
  )
}

/** What waits for one record waits for the one it became, unless something does already. */
export async function carryArrivals(tx: Tx, county: string, dropId: string, keepId: string): Promise<void> {
  await run(
    tx,
    sql`
      update registry.arrival r
      set person_id = ${keepId}
      where r.county_code = ${county}
        and r.person_id = ${dropId}
        and ${waits}
        and not exists (
          select 1
          from registry.arrival o
          where o.county_code = r.county_code and o.person_id = ${keepId} and o.state in ('offered', 'desk')
        )
    `,
  )
}

/** Of a grid that has ended the desk above decides. @param to the community and the town that hold it now */
export async function raiseArrivals(
  tx: Tx,
  county: string,
  gridId: string,
  to: Omit<Placed, 'grid_id'>,
): Promise<void> {
  await run(
    tx,
    sql`
      update registry.arrival r
      set state = 'desk', due_on = null, grid_id = null, village_id = ${to.village_id}, town_id = ${to.town_id}
      where r.county_code = ${county} and r.grid_id = ${gridId} and ${waits}
    `,
  )
}

export async function forgetArrivals(tx: Tx, county: string, personIds: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`delete from registry.arrival where county_code = ${county} and person_id = any(${personIds}::uuid[])`,
  )
}
