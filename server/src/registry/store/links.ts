/** Who lives in or owns what, from when to when and on what basis. */
import type { LinkRole } from '@fengge/domain/registry/terms'
import { rowOf, rowsOf, rowWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { Place } from '../record-columns.ts'

type Columns = Pick<Row<'registry.link'>, 'id' | 'person_id' | 'house_id' | 'from_on' | 'to_on' | 'basis' | 'is_lead'>
export interface LinkRow extends Columns {
  role: LinkRole
}

const selectLinks = sql`select id, person_id, house_id, role, from_on, to_on, basis, is_lead from registry.link`

export const listHomes = (tx: Reading, county: string, personId: string): Promise<LinkRow[]> =>
  rowsOf<LinkRow>(
    tx,
    sql`
      ${selectLinks}
      where county_code = ${county} and person_id = ${personId}
      order by to_on nulls first, is_lead desc
      limit 50
    `,
  )

export const lockOpenLink = (tx: Tx, county: string, id: string): Promise<LinkRow | undefined> =>
  rowWritten<LinkRow>(
    tx,
    sql`
      ${selectLinks}
      where county_code = ${county} and id = ${id} and to_on is null
      for update
    `,
  )

export async function hasOpenLink(
  tx: Reading,
  county: string,
  link: { personId: string; houseId: string; role: LinkRole },
): Promise<boolean> {
  const row = await rowOf(
    tx,
    sql`
      select 1 as one
      from registry.link
      where county_code = ${county}
        and person_id = ${link.personId}
        and house_id = ${link.houseId}
        and role = ${link.role}
        and to_on is null
    `,
  )
  return row !== undefined
}

export async function hasLead(tx: Reading, county: string, personId: string): Promise<boolean> {
  const row = await rowOf(
    tx,
    sql`
      select 1 as one
      from registry.link
      where county_code = ${county} and person_id = ${personId} and is_lead and to_on is null
    `,
  )
  return row !== undefined
}

/** Whether somebody lives anywhere that is known; what he only owns is no home. */
export async function hasHome(tx: Reading, county: string, personId: string): Promise<boolean> {
  const row = await rowOf(
    tx,
    sql`
      select 1 as one
      from registry.link
      where county_code = ${county} and person_id = ${personId} and role <> 'owner' and to_on is null
      limit 1
    `,
  )
  return row !== undefined
}

export async function saveLink(tx: Tx, county: string, link: Omit<LinkRow, 'to_on'>): Promise<void> {
  await run(
    tx,
    sql`
      insert into registry.link (county_code, id, person_id, house_id, role, from_on, to_on, basis, is_lead)
      values
        (
          ${county}, ${link.id}, ${link.person_id}, ${link.house_id}, ${link.role}, ${link.from_on}, null,
          ${link.basis}, ${link.is_lead}
        )
    `,
  )
}

/** The grid of the lead home answers for the person: whatever led before leads no more. */
export async function moveLead(tx: Tx, county: string, personId: string, home: Place): Promise<void> {
  await run(
    tx,
    sql`
      update registry.link
      set is_lead = false
      where county_code = ${county} and person_id = ${personId} and is_lead
    `,
  )
  await run(
    tx,
    sql`
      update registry.person
      set grid_id = ${home.gridId}, village_id = ${home.villageId}, town_id = ${home.townId}
      where county_code = ${county}
        and id = ${personId}
        and (grid_id, village_id, town_id) is distinct from (
          ${home.gridId}::uuid, ${home.villageId}::uuid, ${home.townId}::uuid
        )
    `,
  )
}

/** How whoever a link `l` is of is called now: what its house remembers of him when it ends. */
export const nameNow = sql`
  (
    select p.name
    from registry.person p
    where p.county_code = l.county_code and p.id = l.person_id
  )
`

export async function saveEnd(tx: Tx, county: string, id: string, toOn: string): Promise<void> {
  await run(
    tx,
    sql`
      update registry.link l
      set to_on = ${toOn}, is_lead = false, ended_name = ${nameNow}
      where l.county_code = ${county} and l.id = ${id}
    `,
  )
}

/** The latest home that somebody still has leads from now on. */
export async function leadWithLatest(tx: Tx, county: string, personId: string): Promise<void> {
  await run(
    tx,
    sql`
      update registry.link
      set is_lead = true
      where county_code = ${county}
        and id = (
          select id
          from registry.link
          where county_code = ${county} and person_id = ${personId} and to_on is null and role <> 'owner'
          order by from_on desc, id
          limit 1
        )
    `,
  )
}

/** Whether anybody is, or was, linked with a person or a house. */
export async function isLinked(tx: Reading, county: string, recordId: string): Promise<boolean> {
  const row = await rowOf(
    tx,
    sql`
      select 1 as one
      from registry.link
      where county_code = ${county} and (person_id = ${recordId} or house_id = ${recordId})
      limit 1
    `,
  )
  return row !== undefined
}

/** How many links an account has ended since an instant; it waits for what it is ending just now. */
export async function countEnded(tx: Tx, county: string, accountId: string, since: Date): Promise<number> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 20261131))`)
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from registry.change
      where county_code = ${county} and account_id = ${accountId} and what = 'unlink' and at >= ${since}
    `,
  )
  return row?.n ?? 0
}
