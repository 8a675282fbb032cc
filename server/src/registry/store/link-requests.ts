/** Requests that people of another place be linked with a house. */
import type { LinkRequest } from '@fengge/domain/registry/link-contract'
import type { LinkRole } from '@fengge/domain/registry/terms'
import { rowOf, rowsOf, rowsWritten, rowWritten, run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

type Columns = Pick<
  Row<'registry.link_request'>,
  | 'id'
  | 'person_id'
  | 'house_id'
  | 'from_on'
  | 'basis'
  | 'asked_name'
  | 'asked_by'
  | 'asked_by_name'
  | 'asked_at'
  | 'reason'
  | 'is_aside'
>
export interface LinkRequestRow extends Columns {
  role: LinkRole
  state: LinkRequest['state']
}

const selectRequests = sql`
  select
    q.id, q.person_id, q.house_id, q.role, q.from_on, q.basis, q.asked_name, q.asked_by, q.asked_by_name, q.asked_at,
    q.state, q.reason, q.is_aside
  from registry.link_request q
`

export async function saveLinkRequest(
  tx: Tx,
  county: string,
  q: Omit<LinkRequestRow, 'state' | 'reason'>,
): Promise<void> {
  await run(
    tx,
    sql`
      insert into
        registry.link_request (
          county_code, id, person_id, house_id, role, from_on, basis, asked_name, asked_by, asked_by_name, asked_at,
          is_aside
        )
      values
        (
          ${county}, ${q.id}, ${q.person_id}, ${q.house_id}, ${q.role}, ${q.from_on}, ${q.basis}, ${q.asked_name},
          ${q.asked_by}, ${q.asked_by_name}, ${q.asked_at}, ${q.is_aside}
        )
    `,
  )
}

/** Whether the same is asked for already and waits, or something else about him by the same account. */
export async function hasOpenRequest(
  tx: Reading,
  county: string,
  q: Pick<LinkRequestRow, 'person_id' | 'house_id' | 'role' | 'asked_by'>,
): Promise<boolean> {
  const row = await rowOf(
    tx,
    sql`
      select 1 as one
      from registry.link_request
      where county_code = ${county}
        and person_id = ${q.person_id}
        and (asked_by = ${q.asked_by} or house_id = ${q.house_id} and role = ${q.role} and not is_aside)
        and state = 'open'
    `,
  )
  return row !== undefined
}

/** How many requests an account has made since a moment, while it makes no other beside. */
export async function countLinkRequests(tx: Tx, county: string, accountId: string, since: Date): Promise<number> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 20261129))`)
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from registry.link_request
      where county_code = ${county} and asked_by = ${accountId} and asked_at >= ${since}
    `,
  )
  return row?.n ?? 0
}

export const lockLinkRequest = (tx: Tx, county: string, id: string): Promise<LinkRequestRow | undefined> =>
  rowWritten<LinkRequestRow>(tx, sql`${selectRequests} where q.county_code = ${county} and q.id = ${id} for update`)

/** Whose requests are listed. @property people a condition over persons `r` */
export interface RequestsAbout {
  readonly accountId: string | null
  readonly people: RawBuilder<unknown>
}
const listed = (county: string, { accountId, people }: RequestsAbout) => sql`
  q.county_code = ${county}
  and (
    q.asked_by = ${accountId}
    or q.state = 'open'
    and not q.is_aside
    and exists (
      select 1
      from registry.person r
      where r.county_code = q.county_code and r.id = q.person_id and ${people}
    )
  )
`
/** Where a page of requests ended. */
export interface RequestMark {
  readonly isOpen: boolean
  readonly at: Date
  readonly id: string
}
function beyond(mark: RequestMark | undefined): RawBuilder<unknown> {
  if (mark === undefined) return sql`true`
  const older = sql`(q.state <> 'open' and (q.asked_at < ${mark.at} or (q.asked_at = ${mark.at} and q.id > ${mark.id})))`
  const later = sql`(q.state <> 'open' or (q.asked_at, q.id) > (${mark.at}, ${mark.id}))`
  return mark.isOpen ? later : older
}

/** Those that wait, oldest first, about people of some places or by an account; then what was decided of its own, latest first. */
export const listLinkRequestRows = (
  tx: Reading,
  county: string,
  about: RequestsAbout,
  page: { readonly after: RequestMark | undefined; readonly size: number },
): Promise<LinkRequestRow[]> =>
  rowsOf<LinkRequestRow>(
    tx,
    sql`
      ${selectRequests}
      where ${listed(county, about)} and ${beyond(page.after)}
      order by q.state = 'open' desc, case when q.state = 'open' then q.asked_at end, q.asked_at desc, q.id
      limit ${page.size}
    `,
  )

/** How many of them wait. */
export async function countOpenRequests(tx: Reading, county: string, about: RequestsAbout): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from registry.link_request q
      where ${listed(county, about)} and q.state = 'open'
    `,
  )
  return row?.n ?? 0
}

export interface LinkDecision {
  readonly state: 'agreed' | 'refused'
  readonly reason: string
  readonly by: string
  readonly at: Date
}

export async function saveLinkDecision(tx: Tx, county: string, id: string, d: LinkDecision): Promise<void> {
  await run(
    tx,
    sql`
      update registry.link_request
      set state = ${d.state}, reason = ${d.reason}, decided_by = ${d.by}, decided_at = ${d.at}
      where county_code = ${county} and id = ${id}
    `,
  )
}

/** Ends what waits about a head of houses that have one now. @returns what was ended */
export const lapseHeadRequests = (
  tx: Tx,
  county: string,
  houseIds: readonly string[],
  at: Date,
): Promise<Pick<LinkRequestRow, 'id' | 'person_id' | 'house_id'>[]> =>
  rowsWritten<Pick<LinkRequestRow, 'id' | 'person_id' | 'house_id'>>(
    tx,
    sql`
      update registry.link_request q
      set state = 'lapsed', decided_at = ${at}
      where q.county_code = ${county}
        and q.house_id = any(${houseIds}::uuid[])
        and q.role = 'head'
        and q.state = 'open'
        and exists (
          select 1
          from registry.link l
          where l.county_code = q.county_code and l.house_id = q.house_id and l.role = 'head' and l.to_on is null
        )
      returning q.id, q.person_id, q.house_id
    `,
  )
