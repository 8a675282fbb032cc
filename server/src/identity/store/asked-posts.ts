/** Posts that wait for whoever gives posts, in the database. */
import { rowsOf, rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import { roleCalled } from './labels.ts'

export type NewAskedPost = Pick<Row<'identity.asked_post'>, 'id' | 'account_id' | 'role_code' | 'place_id' | 'from_on'>
export async function saveAskedPosts(
  tx: Tx,
  county: string,
  why: { readonly causeId: string; readonly cause: string; readonly askedBy: string; readonly at: Date },
  posts: readonly NewAskedPost[],
): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.asked_post (
          county_code, id, cause_id, cause, account_id, role_code, place_id, from_on, asked_by, asked_at
        )
      select
        ${county}, r.id, ${why.causeId}, ${why.cause}, r.account_id, r.role_code, r.place_id, r.from_on, ${why.askedBy},
        ${why.at}
      from
        jsonb_to_recordset(${JSON.stringify(posts)}::jsonb)
          as r (id uuid, account_id uuid, role_code text, place_id uuid, from_on date)
    `,
  )
}

interface Group {
  readonly cause_id: string
  readonly cause: string
  readonly account_id: string
  readonly name: string
  readonly role: string
  readonly role_en: string
  readonly places: string[]
  readonly posts: { readonly id: string; readonly placeId: string }[]
  readonly from_on: string
  readonly asked_by: string
  readonly asked_at: Date
}
/** What waits: all posts of one person, role and day that come of one cause together. */
export function listAsked(reading: Reading, county: string): Promise<Group[]> {
  return rowsOf<Group>(
    reading,
    sql`
      select
        p.cause_id, p.cause, p.account_id, a.name, ${roleCalled(sql`p.county_code`, 'name')} as role,
        ${roleCalled(sql`p.county_code`, 'name_en')} as role_en, array_agg(l.name order by l.code) as places,
        jsonb_agg(jsonb_build_object('id', p.id, 'placeId', p.place_id) order by l.code) as posts, p.from_on, b.name as asked_by, min(p.asked_at) as asked_at
      from identity.asked_post p
        join identity.account a on a.id = p.account_id
        join identity.account b on b.id = p.asked_by
        join identity.role r on r.code = p.role_code
        join places.public_place l on l.id = p.place_id
      where p.county_code = ${county} and p.state = 'asked'
      group by
        p.county_code, p.cause_id, p.cause, p.account_id, a.name, r.code, r.name, r.name_en, b.name, p.from_on
      order by min(p.asked_at), a.name, r.code
      limit 500
    `,
  )
}

type Asked = NewAskedPost & Pick<Row<'identity.asked_post'>, 'asked_by'>
export function lockAsked(
  tx: Tx,
  county: string,
  of: { readonly causeId: string; readonly accountId: string; readonly ids: readonly string[] },
): Promise<Asked[]> {
  return rowsWritten<Asked>(
    tx,
    sql`
      select id, account_id, role_code, place_id, from_on, asked_by
      from identity.asked_post
      where county_code = ${county}
        and cause_id = ${of.causeId}
        and account_id = ${of.accountId}
        and id = any(${of.ids}::uuid[])
        and state = 'asked'
      order by id
      for update
    `,
  )
}
export async function saveDecided(
  tx: Tx,
  ids: readonly string[],
  decided: { readonly state: 'agreed' | 'refused'; readonly by: string; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`
      update identity.asked_post
      set state = ${decided.state}, decided_by = ${decided.by}, decided_at = ${decided.at}
      where id = any(${ids}::uuid[])
    `,
  )
}

/** What was asked for comes to nothing. @returns those that were given already */
export async function withdrawAsked(tx: Tx, causeId: string): Promise<{ id: string; from_on: string }[]> {
  const given = await rowsWritten<{ id: string; from_on: string; state: string }>(
    tx,
    sql`select id, from_on, state from identity.asked_post where cause_id = ${causeId} for update`,
  )
  await run(
    tx,
    sql`update identity.asked_post set state = 'withdrawn' where cause_id = ${causeId} and state in ('asked', 'agreed')`,
  )
  return given.filter((g) => g.state === 'agreed')
}

/** What waits for a place that ended waits for the first that follows it, or for nothing. */
export async function followAsked(tx: Tx, ended: string, next: string | null): Promise<void> {
  await run(
    tx,
    next === null
      ? sql`update identity.asked_post set state = 'withdrawn' where place_id = ${ended} and state = 'asked'`
      : sql`update identity.asked_post set place_id = ${next} where place_id = ${ended} and state = 'asked'`,
  )
}

/** Whom the departments of a county have on a day. */
export function listDepartmentStaff(
  reading: Reading,
  county: string,
  on: string,
): Promise<{ accountId: string; name: string; role: string; department: string }[]> {
  return rowsOf<{ accountId: string; name: string; role: string; department: string }>(
    reading,
    sql`
      select distinct
        on (d.name, a.name, a.id) a.id as "accountId", a.name, ${roleCalled(sql`a.county_code`, 'name')} as role,
        d.name as department
      from identity.posting p
        join identity.account a on a.id = p.account_id
        and a.status = 'active'
        and a.county_code = ${county}
        join identity.department d on d.id = p.department_id
        join identity.role r on r.code = p.role_code
        and r.kind = 'business'
      where p.from_on <= ${on} and (p.to_on is null or p.to_on >= ${on})
      order by d.name, a.name, a.id
    `,
  )
}
