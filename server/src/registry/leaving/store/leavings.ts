/** Leavings in the database: what each ended, so that a slip gives back exactly that. */
import type { Heir } from '@fengge/domain/registry/leaving/leaving'
import type { LeavingKind, LeavingState, Witness } from '@fengge/domain/registry/leaving/terms'
import { startOf, type Day } from '@fengge/domain/kernel/time'
import { StoredMoved, type Moved } from '@fengge/domain/registry/leaving/moved'
import { rowOf, rowsOf, rowsWritten, rowWritten, run, sql, type RawBuilder } from '../../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../../kernel/db/tx.ts'
import type { SealedAt } from '../../../kernel/seal.ts'
import { nameNow, type LinkRow } from '../../store/links.ts'

type Columns = Pick<
  Row<'registry.leaving'>,
  | 'id'
  | 'person_id'
  | 'on_day'
  | 'to_sealed'
  | 'account_id'
  | 'by_name'
  | 'at'
  | 'undo_until'
  | 'keep_until'
  | 'returned_on'
>
export interface LeavingRow extends Columns {
  kind: LeavingKind
  state: LeavingState
  seen_by: Witness
  moved: unknown
}

/** Where it stands where somebody went. */
export const wentAt = (id: string): SealedAt => `registry.leaving.to_sealed:${id}`

const selectLeavings = sql`
  select
    l.id, l.person_id, l.kind, l.on_day, l.to_sealed, l.seen_by, l.moved, l.account_id, l.by_name, l.at, l.undo_until,
    l.keep_until, l.state, l.returned_on
  from registry.leaving l
`

export async function saveLeaving(
  tx: Tx,
  county: string,
  l: Omit<LeavingRow, 'returned_on' | 'moved'> & { readonly moved: Moved },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into
        registry.leaving (
          county_code, id, person_id, kind, on_day, to_sealed, seen_by, moved, account_id, by_name, at, undo_until,
          keep_until, state
        )
      values
        (
          ${county}, ${l.id}, ${l.person_id}, ${l.kind}, ${l.on_day}, ${l.to_sealed}, ${l.seen_by},
          ${JSON.stringify(StoredMoved.numbered(l.moved))}::jsonb, ${l.account_id}, ${l.by_name}, ${l.at}, ${l.undo_until}, ${l.keep_until},
          ${l.state}
        )
    `,
  )
}

export const lockLeaving = (tx: Tx, county: string, id: string): Promise<LeavingRow | undefined> =>
  rowWritten<LeavingRow>(tx, sql`${selectLeavings} where l.county_code = ${county} and l.id = ${id} for update`)

/** What is planned of somebody. */
export const findPlanned = (tx: Reading, county: string, personId: string): Promise<LeavingRow | undefined> =>
  rowOf<LeavingRow>(
    tx,
    sql`${selectLeavings} where l.county_code = ${county} and l.person_id = ${personId} and l.state = 'planned'`,
  )

/** Only what has not happened is somebody else's. */
export async function movePlan(tx: Tx, county: string, id: string, personId: string): Promise<void> {
  await run(
    tx,
    sql`
      update registry.leaving
      set person_id = ${personId}
      where county_code = ${county} and id = ${id} and state = 'planned'
    `,
  )
}

/** Planned leavings whose day has come, by county. */
export const listPlannedUntil = (
  tx: Reading,
  today: string,
): Promise<Pick<Row<'registry.leaving'>, 'county_code' | 'id'>[]> =>
  rowsOf(
    tx,
    sql`
      select county_code, id
      from registry.leaving
      where state = 'planned' and on_day <= ${today}
      order by county_code, on_day, id
    `,
  )

/** It is no plan any more: he goes, and what that ended is written down under the same id. */
export async function dropPlanned(tx: Tx, county: string, id: string): Promise<void> {
  await run(tx, sql`delete from registry.leaving where county_code = ${county} and id = ${id} and state = 'planned'`)
}

export interface Closing {
  readonly state: 'undone' | 'returned'
  readonly by: string
  readonly at: Date
  readonly returnedOn: string | null
}

export async function closeLeaving(tx: Tx, county: string, id: string, c: Closing): Promise<void> {
  await run(
    tx,
    sql`
      update registry.leaving
      set state = ${c.state}, closed_by = ${c.by}, closed_at = ${c.at}, returned_on = ${c.returnedOn}
      where county_code = ${county} and id = ${id}
    `,
  )
}

/**
 * Whom an account lets go on a day, at nobody's asking, while it lets nobody else go beside. What it says today counts,
 * what it took back too; and of what it said ahead all that comes to pass on one day, so that days do not add up.
 * @param when the day of the leaving, where that is ahead
 */
export async function countLetGo(
  tx: Tx,
  county: string,
  accountId: string,
  { today, onDay }: { readonly today: Day; readonly onDay: Day },
): Promise<number> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 20261130))`)
  const row = await rowOf<{ said: number; due: number }>(
    tx,
    sql`
      select
        count(*) filter (where at >= ${new Date(startOf(today))})::int as said,
        count(*) filter (where on_day = ${onDay} and state <> 'undone' and at < ${new Date(startOf(onDay))})::int as due
      from registry.leaving
      where county_code = ${county} and account_id = ${accountId} and kind <> 'erased'
    `,
  )
  const { said = 0, due = 0 } = row ?? {}
  return onDay === today ? said + due : Math.max(said, due)
}

/** Leavings of one person, the latest first. */
export const listLeavingsOf = (tx: Reading, county: string, personId: string): Promise<LeavingRow[]> =>
  rowsOf<LeavingRow>(
    tx,
    sql`${selectLeavings} where l.county_code = ${county} and l.person_id = ${personId} order by l.at desc limit 20`,
  )

/** How each of some people left, of those who are gone. */
export const findOpenLeavings = (tx: Reading, county: string, personIds: readonly string[]): Promise<LeavingRow[]> =>
  personIds.length === 0
    ? Promise.resolve([])
    : rowsOf<LeavingRow>(
        tx,
        sql`
          ${selectLeavings}
          where l.county_code = ${county} and l.person_id = any(${personIds}::uuid[]) and l.state = 'open'
        `,
      )

/** Whether he left by right, and what is held of him only waits to be deleted. */
export async function isErased(tx: Reading, county: string, person: { id: string; state: string }): Promise<boolean> {
  if (person.state !== 'gone') return false
  return (await findOpenLeavings(tx, county, [person.id])).some((l) => l.kind === 'erased')
}

/** Who left otherwise is deleted by right: no later than by right, and no later than he would have been. @returns false where nothing says how he left */
export async function turnErased(tx: Tx, county: string, personId: string, keepUntil: string): Promise<boolean> {
  const turned = await run(
    tx,
    sql`
      update registry.leaving
      set
        kind_before = kind, keep_before = keep_until, kind = 'erased',
        keep_until = least(keep_until, ${keepUntil}::date)
      where county_code = ${county} and person_id = ${personId} and state = 'open'
    `,
  )
  return turned > 0
}

/** He has left as he had before it was to be deleted by right. @returns false where he left by that alone */
export async function turnBack(tx: Tx, county: string, id: string): Promise<boolean> {
  const turned = await run(
    tx,
    sql`
      update registry.leaving
      set kind = kind_before, keep_until = keep_before, kind_before = null, keep_before = null
      where county_code = ${county} and id = ${id} and kind_before is not null
    `,
  )
  return turned > 0
}

/** The latest of the people in reach. @param scope a condition over the person as `r` */
export const listLeavingsIn = (tx: Reading, scope: RawBuilder<unknown>): Promise<LeavingRow[]> =>
  rowsOf<LeavingRow>(
    tx,
    sql`
      ${selectLeavings}
      join registry.person r on r.county_code = l.county_code
      and r.id = l.person_id
      where ${scope}
      order by l.at desc
      limit 100
    `,
  )

/** Open links of somebody, locked; with who else lives in those houses, for whoever heads them next. */
export const lockOpenLinks = (tx: Tx, county: string, personId: string): Promise<LinkRow[]> =>
  rowsWritten<LinkRow>(
    tx,
    sql`
      select id, person_id, house_id, role, from_on, to_on, basis, is_lead
      from registry.link
      where county_code = ${county} and person_id = ${personId} and to_on is null
      order by id
      for update
    `,
  )

export type Housemate = Heir & { readonly name: string; readonly houseId: string }

export function listHousemates(
  tx: Reading,
  county: string,
  houseIds: readonly string[],
  personId: string,
): Promise<Housemate[]> {
  return rowsOf<Housemate>(
    tx,
    sql`
      select l.id as "linkId", l.house_id as "houseId", l.role, l.from_on as "fromOn", p.born, p.name
      from registry.link l
        join registry.person p on p.county_code = l.county_code
        and p.id = l.person_id
        and p.state = 'live'
      where l.county_code = ${county}
        and l.house_id = any(${houseIds}::uuid[])
        and l.person_id <> ${personId}
        and l.to_on is null
    `,
  )
}

/** Ends links on a day; one that began later ends on the day it began. */
export async function endLinks(tx: Tx, county: string, ids: readonly string[], onDay: string): Promise<void> {
  await run(
    tx,
    sql`
      update registry.link l
      set to_on = greatest(l.from_on, ${onDay}::date), is_lead = false, ended_name = ${nameNow}
      where l.county_code = ${county} and l.id = any(${ids}::uuid[])
    `,
  )
}

/** Links as they were, of houses that are still there. */
export async function reopenLinks(tx: Tx, county: string, links: Moved['links']): Promise<void> {
  await run(
    tx,
    sql`
      update registry.link l
      set to_on = null, is_lead = m.is_lead, ended_name = null
      from
        unnest(${links.map((l) => l.id)}::uuid[], ${links.map((l) => l.isLead)}::boolean[]) m (id, is_lead),
        registry.house h
      where l.county_code = ${county}
        and l.id = m.id
        and h.county_code = l.county_code
        and h.id = l.house_id
        and h.state = 'live'
    `,
  )
}

/** He is counted no more, or again; who comes back is looked after from a day on. */
export async function saveState(
  tx: Tx,
  county: string,
  person: { readonly id: string; readonly state: 'live' | 'gone'; readonly now: number; readonly dueAt?: Date },
): Promise<void> {
  const due = person.dueAt === undefined ? sql`` : sql`, due_at = ${person.dueAt}`
  await run(
    tx,
    sql`
      update registry.person
      set state = ${person.state}, version = version + 1, changed_at = ${new Date(person.now)} ${due}
      where county_code = ${county} and id = ${person.id}
    `,
  )
}

/** Who lives nowhere now is looked for by a day, if not sooner. */
export async function saveDueBy(tx: Tx, county: string, personId: string, by: Date): Promise<void> {
  await run(
    tx,
    sql`
      update registry.person
      set due_at = least(coalesce(due_at, ${by}), ${by}), version = version + 1
      where county_code = ${county} and id = ${personId}
    `,
  )
}

/** The day on which somebody died, where he is registered so. */
export async function findDeath(tx: Reading, county: string, personId: string): Promise<Day | undefined> {
  const row = await rowOf<Pick<Row<'registry.leaving'>, 'on_day'>>(
    tx,
    sql`
      select on_day
      from registry.leaving
      where county_code = ${county} and person_id = ${personId} and kind = 'died' and state = 'open'
    `,
  )
  return row?.on_day
}
