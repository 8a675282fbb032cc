/** Closings in the database: what went, and what that ended, so that a slip gives back exactly that. */
import type { ClosingKind, ClosingState } from '@fengge/domain/registry/closing/terms'
import { StoredMoved, type Moved } from '@fengge/domain/registry/leaving/moved'
import { livingRoles, type RecordKind } from '@fengge/domain/registry/terms'
import { startOf, type Day } from '@fengge/domain/kernel/time'
import { rowOf, rowsOf, rowsWritten, rowWritten, run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { Place } from '../record-columns.ts'
import type { LinkRow } from '../store/links.ts'

type Columns = Pick<
  Row<'registry.closing'>,
  'id' | 'record_id' | 'on_day' | 'reason' | 'rooms' | 'by_name' | 'at' | 'undo_until'
>
export interface ClosingRow extends Columns {
  record_kind: RecordKind
  kind: ClosingKind
  state: ClosingState
  links: unknown
}

const selectClosings = sql`
  select
    c.id, c.record_kind, c.record_id, c.kind, c.on_day, c.reason, c.rooms, c.links, c.by_name, c.at, c.undo_until, c.state
  from registry.closing c
`

export async function saveClosing(
  tx: Tx,
  county: string,
  c: Omit<ClosingRow, 'links' | 'state'> & { readonly links: Moved['links']; readonly account_id: string },
): Promise<void> {
  const links = JSON.stringify(StoredMoved.numbered({ links: [...c.links], overlays: [], heads: [] }))
  await run(
    tx,
    sql`
      insert into
        registry.closing (
          county_code, id, record_kind, record_id, kind, on_day, reason, rooms, links, account_id, by_name, at, undo_until
        )
      values
        (
          ${county}, ${c.id}, ${c.record_kind}, ${c.record_id}, ${c.kind}, ${c.on_day}, ${c.reason}, ${c.rooms}::uuid[],
          ${links}::jsonb, ${c.account_id}, ${c.by_name}, ${c.at}, ${c.undo_until}
        )
    `,
  )
}

export const lockClosing = (tx: Tx, county: string, id: string): Promise<ClosingRow | undefined> =>
  rowWritten<ClosingRow>(tx, sql`${selectClosings} where c.county_code = ${county} and c.id = ${id} for update`)

export async function endClosing(
  tx: Tx,
  county: string,
  id: string,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`
      update registry.closing
      set state = 'undone', closed_by = ${by}, closed_at = ${at}
      where county_code = ${county} and id = ${id}
    `,
  )
}

/** How many an account has closed on a day; held until the end of the transaction, so that two at once count each other. */
export async function countClosed(tx: Tx, county: string, accountId: string, today: Day): Promise<number> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 20261130))`)
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from registry.closing
      where county_code = ${county} and account_id = ${accountId} and at >= ${new Date(startOf(today))}
    `,
  )
  return row?.n ?? 0
}

/** Rooms of a building that are in the register, locked. */
export async function lockRooms(tx: Tx, county: string, buildingId: string): Promise<string[]> {
  const rows = await rowsWritten<Pick<Row<'registry.house'>, 'id'>>(
    tx,
    sql`
      select id
      from registry.house
      where county_code = ${county} and parent_id = ${buildingId} and state = 'live'
      order by id
      for no key update
    `,
  )
  return rows.map((r) => r.id)
}

/** Open links of some houses, locked. */
export const lockLinksOf = (tx: Tx, county: string, houseIds: readonly string[]): Promise<LinkRow[]> =>
  houseIds.length === 0
    ? Promise.resolve([])
    : rowsWritten<LinkRow>(
        tx,
        sql`
          select id, person_id, house_id, role, from_on, to_on, basis, is_lead
          from registry.link
          where county_code = ${county} and house_id = any(${houseIds}::uuid[]) and to_on is null
          order by id
          for update
        `,
      )

export const isLiving = (links: readonly LinkRow[]): boolean => links.some((l) => livingRoles.includes(l.role))

/** Whether something live stands in a record that does not go along with it: all of an estate or house; of a building, firms and things in it or in its rooms. */
export async function hasOthersIn(tx: Reading, county: string, ids: readonly string[]): Promise<boolean> {
  const row = await rowOf<{ has: boolean }>(
    tx,
    sql`
      select
        exists (
          select 1 from registry.unit
          where county_code = ${county} and parent_id = any(${ids}::uuid[]) and state = 'live'
        ) or exists (
          select 1 from registry.facility
          where county_code = ${county} and parent_id = any(${ids}::uuid[]) and state = 'live'
        ) as has
    `,
  )
  return row!.has
}

/** Where a record lies from now on, with the rooms that come back along with it. */
export async function savePlace(
  tx: Tx,
  county: string,
  { kind, ids, place }: { readonly kind: RecordKind; readonly ids: readonly string[]; readonly place: Place },
): Promise<void> {
  await run(
    tx,
    sql`
      update ${sql.table(`registry.${kind}`)}
      set grid_id = ${place.gridId}, village_id = ${place.villageId}, town_id = ${place.townId}
      where county_code = ${county} and id = any(${ids}::uuid[])
    `,
  )
}

export const listClosingsOf = (tx: Reading, county: string, recordId: string): Promise<ClosingRow[]> =>
  rowsOf<ClosingRow>(
    tx,
    sql`${selectClosings} where c.county_code = ${county} and c.record_id = ${recordId} order by c.at desc limit 20`,
  )

const closable = ['unit', 'house', 'building', 'estate', 'facility'] as const
/** Everything that may be closed, as `r`, with where it lies. */
const places = sql.join(
  closable.map(
    (kind) => sql`select county_code, id, grid_id, village_id, town_id from ${sql.table(`registry.${kind}`)}`,
  ),
  sql` union all `,
)
const inScope = (scope: RawBuilder<unknown>) => sql`
  join (${places}) r on r.county_code = c.county_code
  and r.id = c.record_id
  where ${scope}
`
export const closingsAPage = 50
/** The latest in reach first. */
export const listClosingRows = (tx: Reading, scope: RawBuilder<unknown>, page: number): Promise<ClosingRow[]> =>
  rowsOf<ClosingRow>(
    tx,
    sql`
      ${selectClosings}
      ${inScope(scope)}
      order by c.at desc, c.id
      limit ${closingsAPage}
      offset ${(page - 1) * closingsAPage}
    `,
  )

export async function countClosingRows(tx: Reading, scope: RawBuilder<unknown>): Promise<number> {
  const row = await rowOf<{ n: number }>(tx, sql`select count(*)::int as n from registry.closing c ${inScope(scope)}`)
  return row?.n ?? 0
}
