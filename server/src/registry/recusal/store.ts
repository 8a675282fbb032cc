/** Who is kept from whom. */
import type { FieldChanges } from '@fengge/domain/registry/editing'
import type { Recusal } from '@fengge/domain/registry/recusal/contract'
import { rowOf, rowsOf, run, rowWritten, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

type Fresh = Pick<
  Row<'registry.recusal'>,
  | 'county_code'
  | 'id'
  | 'person_id'
  | 'account_id'
  | 'account_name'
  | 'reason'
  | 'until_on'
  | 'asked_by'
  | 'asked_by_name'
  | 'asked_at'
>

export async function addRecusal(tx: Tx, r: Fresh): Promise<void> {
  await run(
    tx,
    sql`
      insert into
        registry.recusal (
          county_code, id, person_id, account_id, account_name, reason, until_on, asked_by, asked_by_name, asked_at
        )
      values
        (
          ${r.county_code}, ${r.id}, ${r.person_id}, ${r.account_id}, ${r.account_name}, ${r.reason}, ${r.until_on},
          ${r.asked_by}, ${r.asked_by_name}, ${r.asked_at}
        )
    `,
  )
}

export type RecusalRow = Row<'registry.recusal'> & { readonly state: Recusal['state'] }

export function lockRecusal(tx: Tx, county: string, id: string): Promise<RecusalRow | undefined> {
  return rowWritten<RecusalRow>(
    tx,
    sql`
      select
        county_code, id, person_id, account_id, account_name, reason, until_on, state, asked_by, asked_by_name,
        asked_at, decided_by, decided_by_name, decided_at, decided_from, lift_reason, lift_by, lift_by_name, lift_asked_at,
        lifted_by, lifted_by_name, lifted_at
      from registry.recusal
      where county_code = ${county} and id = ${id}
      for update
    `,
  )
}

export async function saveDecision(
  tx: Tx,
  r: RecusalRow,
  d: By & { readonly isAgreed: boolean; readonly from: string | null },
): Promise<void> {
  await run(
    tx,
    sql`
      update registry.recusal
      set
        state = ${d.isAgreed ? 'agreed' : 'refused'}, decided_by = ${d.by}, decided_by_name = ${d.byName},
        decided_at = ${d.at}, decided_from = ${d.from}
      where county_code = ${r.county_code} and id = ${r.id}
    `,
  )
}

/** What an account asked for since a moment, to set and to lift, while it asks for nothing beside. */
export async function countAsked(tx: Tx, county: string, accountId: string, since: Date): Promise<number> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 20261203))`)
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select
        (count(*) filter (where asked_by = ${accountId} and asked_at >= ${since})
          + count(*) filter (where lift_by = ${accountId} and lift_asked_at >= ${since}))::int as n
      from registry.recusal
      where county_code = ${county}
        and (asked_by = ${accountId} and asked_at >= ${since} or lift_by = ${accountId} and lift_asked_at >= ${since})
    `,
  )
  return row?.n ?? 0
}

interface By {
  readonly by: string
  readonly byName: string
  readonly at: Date
}

export async function saveLiftAsked(tx: Tx, r: RecusalRow, l: By & { readonly reason: string }): Promise<void> {
  await run(
    tx,
    sql`
      update registry.recusal
      set lift_reason = ${l.reason}, lift_by = ${l.by}, lift_by_name = ${l.byName}, lift_asked_at = ${l.at}
      where county_code = ${r.county_code} and id = ${r.id}
    `,
  )
}

export async function saveLifted(tx: Tx, r: RecusalRow, l: By): Promise<void> {
  await run(
    tx,
    sql`
      update registry.recusal
      set state = 'lifted', lifted_by = ${l.by}, lifted_by_name = ${l.byName}, lifted_at = ${l.at}
      where county_code = ${r.county_code} and id = ${r.id}
    `,
  )
}

/** It stays in force, and may be asked to end again. */
export async function dropLift(tx: Tx, r: RecusalRow): Promise<void> {
  await run(
    tx,
    sql`
      update registry.recusal
      set lift_reason = null, lift_by = null, lift_by_name = null, lift_asked_at = null
      where county_code = ${r.county_code} and id = ${r.id}
    `,
  )
}

export type ListedRecusal = Omit<
  RecusalRow,
  'county_code' | 'decided_by' | 'decided_at' | 'decided_from' | 'lifted_by' | 'lifted_at'
> & {
  readonly name: string
  readonly grid_id: string | null
  readonly village_id: string | null
  readonly town_id: string | null
  readonly waits: boolean
  /** Since when it waits, or was asked. */
  readonly since: Date
}

/** Which of them: of the people of any of some conditions over persons `r`; what concerns an account is never told to it. */
export interface Listing {
  readonly scopes: readonly RawBuilder<unknown>[]
  readonly accountId: string
  readonly today: string
}
const listed = ({ scopes, accountId, today }: Listing) => sql`
  select
    k.id, k.person_id, k.account_id, k.account_name, k.reason, k.until_on, k.state, k.asked_by, k.asked_by_name,
    k.asked_at, k.decided_by_name, k.lift_reason, k.lift_by, k.lift_by_name, k.lift_asked_at, k.lifted_by_name,
    r.name, r.grid_id, r.village_id, r.town_id, coalesce(k.lift_asked_at, k.asked_at) as since,
    k.state = 'asked' or (k.state = 'agreed' and k.until_on >= ${today} and k.lift_by is not null) as waits
  from registry.recusal k
    join registry.person r on r.county_code = k.county_code and r.id = k.person_id
  where (${sql.join(scopes, sql` or `)}) and k.account_id <> ${accountId}
`

/** Where a page of them ended. */
export interface RecusalMark {
  readonly waits: boolean
  readonly at: Date
  readonly id: string
}
function beyond(mark: RecusalMark | undefined): RawBuilder<unknown> {
  if (mark === undefined) return sql`true`
  const older = sql`(not x.waits and (x.since < ${mark.at} or (x.since = ${mark.at} and x.id > ${mark.id})))`
  return mark.waits ? sql`(not x.waits or (x.since, x.id) > (${mark.at}, ${mark.id}))` : older
}

/** Those that wait, the longest waiting first; then all others, the latest first. */
export const listRecusals = (
  reading: Reading,
  listing: Listing,
  page: { readonly after: RecusalMark | undefined; readonly size: number },
): Promise<ListedRecusal[]> =>
  rowsOf<ListedRecusal>(
    reading,
    sql`
      select
        x.id, x.person_id, x.account_id, x.account_name, x.reason, x.until_on, x.state, x.asked_by, x.asked_by_name,
        x.asked_at, x.decided_by_name, x.lift_reason, x.lift_by, x.lift_by_name, x.lift_asked_at, x.lifted_by_name,
        x.name, x.grid_id, x.village_id, x.town_id, x.waits, x.since
      from (${listed(listing)}) x
      where ${beyond(page.after)}
      order by x.waits desc, case when x.waits then x.since end, x.since desc, x.id
      limit ${page.size}
    `,
  )

export async function countRecusals(reading: Reading, listing: Listing): Promise<{ waiting: number; total: number }> {
  const row = await rowOf<{ waiting: number; total: number }>(
    reading,
    sql`
      select (count(*) filter (where x.waits))::int as waiting, count(*)::int as total
      from (${listed(listing)}) x
    `,
  )
  return row ?? { waiting: 0, total: 0 }
}

/** Those of some people who are called so, or have that number or phone. */
export async function listSought(
  reading: Reading,
  county: string,
  ids: readonly string[],
  by: { readonly name: string; readonly ids: readonly string[]; readonly phones: readonly string[] },
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    reading,
    sql`
      select id
      from registry.person
      where county_code = ${county}
        and id = any(${ids}::uuid[])
        and (
          name = nullif(${by.name}, '')
          or id_index = any(${by.ids}::text[]) or phone_index = any(${by.phones}::text[])
        )
    `,
  )
  return rows.map((r) => r.id)
}

export type TheirKeys = Pick<Row<'registry.person'>, 'name' | 'id_index' | 'phone_index'>
/** What some people are found by in words of others. */
export const listKeys = (reading: Reading, county: string, ids: readonly string[]): Promise<TheirKeys[]> =>
  rowsOf<TheirKeys>(
    reading,
    sql`
      select name, id_index, phone_index
      from registry.person
      where county_code = ${county} and id = any(${ids}::uuid[]) and name <> ''
    `,
  )

/** The phone of each of some people who has one, sealed. */
export const listPhones = (
  reading: Reading,
  county: string,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly phone: string }[]> =>
  rowsOf<{ id: string; phone: string }>(
    reading,
    sql`
      select id, sealed ->> 'phone' as phone
      from registry.person
      where county_code = ${county} and id = any(${ids}::uuid[]) and sealed ? 'phone'
    `,
  )

/** Changes of their phones, with what each was before and after, sealed. */
export const listPhoneChanges = (
  reading: Reading,
  county: string,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly fields: FieldChanges }[]> =>
  rowsOf<{ id: string; fields: FieldChanges }>(
    reading,
    sql`
      select id, jsonb_build_object('phone', fields -> 'phone') as fields
      from registry.change
      where county_code = ${county} and kind = 'person' and record_id = any(${ids}::uuid[]) and fields ? 'phone'
    `,
  )

/** The accounts that are kept from anybody on a day. */
export const listKept = (
  reading: Reading,
  today: string,
): Promise<{ readonly county: string; readonly accountId: string }[]> =>
  rowsOf<{ county: string; accountId: string }>(
    reading,
    sql`
      select distinct county_code as county, account_id as "accountId"
      from registry.recusal
      where state = 'agreed' and until_on >= ${today}
    `,
  )

/**
 * Days before it was asked for in which whoever lived with somebody counts as of the household: a move is written down
 * late, and with the day on which it was.
 */
const livedBefore = 365

/** What a record `x` was merged into, and what was merged into it. */
const mergedWith = (county: string) => sql`
  select p.merged_into as id
  from registry.person p
  where p.county_code = ${county} and p.id = x.id and p.merged_into is not null
  union all
  select p.id
  from registry.person p
  where p.county_code = ${county} and p.merged_into = x.id
`

/** Of those in `person` each, and whoever lived with them since. */
const livedWith = (county: string) => sql`
  select id from person
  union
  select w.person_id
  from person x
    join registry.link l on l.county_code = ${county}
    and l.person_id = x.id
    and l.role <> 'owner'
    and (l.to_on is null or l.to_on >= x.since)
    join registry.link w on w.county_code = ${county}
    and w.house_id = l.house_id
    and w.role <> 'owner'
    and (w.to_on is null or w.to_on >= greatest(x.since, l.from_on))
    and (l.to_on is null or w.from_on <= l.to_on)
`

/**
 * Whom an account may not see on a day: each, and whoever lived with him since a year before it was asked for, so that none
 * of a family shows where the others went, with what their records were merged into and what was merged into them; the
 * homes of them all as they are now, and who lives there too.
 */
export async function listUnseen(
  reading: Reading,
  county: string,
  accountId: string,
  today: string,
): Promise<string[]> {
  const row = await rowOf<{ ids: string[] | null }>(
    reading,
    sql`
      with recursive person as (
        select k.person_id as id, (k.asked_at at time zone 'Asia/Shanghai')::date - ${livedBefore}::int as since
        from registry.recusal k
        where k.county_code = ${county}
          and k.account_id = ${accountId}
          and k.state = 'agreed'
          and k.until_on >= ${today}
        union
        select m.id, x.since
        from person x
          cross join lateral (${mergedWith(county)}) m
      ),
      lived as (${livedWith(county)}),
      household as (
        select id from lived
        union
        select m.id
        from household x
          cross join lateral (${mergedWith(county)}) m
      ),
      home as (
        select l.house_id as id
        from household x
          join registry.link l on l.county_code = ${county}
          and l.person_id = x.id
          and l.to_on is null
          and l.role <> 'owner'
      )
      select array_agg(u.id) as ids
      from
        (
          select id from household
          union
          select id from home
          union
          select l.person_id
          from home h
            join registry.link l on l.county_code = ${county}
            and l.house_id = h.id
            and l.to_on is null
            and l.role <> 'owner'
        ) u
    `,
  )
  return row?.ids ?? []
}

/** What was said of a record while it was two in one holds for the other too once they are parted. */
export async function copyRecusals(
  tx: Tx,
  county: string,
  { fromId, toId, since }: { readonly fromId: string; readonly toId: string; readonly since: Date },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into
        registry.recusal (
          county_code, id, person_id, account_id, account_name, reason, until_on, state, asked_by, asked_by_name,
          asked_at, decided_by, decided_by_name, decided_at, decided_from
        )
      select
        county_code, gen_random_uuid(), ${toId}, account_id, account_name, reason, until_on, state, asked_by,
        asked_by_name, asked_at, decided_by, decided_by_name, decided_at, decided_from
      from registry.recusal
      where county_code = ${county}
        and person_id = ${fromId}
        and asked_at >= ${since}
        and state in ('asked', 'agreed')
    `,
  )
}
