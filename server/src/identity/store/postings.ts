/** Posts, roles and departments in the database. */
import type { Role } from '@fengge/domain/identity/roles'
import { rowOf, rowsOf, rowWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

export interface NewPosting {
  readonly id: string
  readonly accountId: string
  readonly roleCode: string
  readonly roleKind: string
  readonly placeId: string
  readonly departmentId: string | null
  readonly fromOn: string
  readonly toOn: string | null
}

export async function savePosting(tx: Tx, p: NewPosting): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.posting (id, account_id, role_code, role_kind, place_id, department_id, from_on, to_on)
      values
        (
          ${p.id}, ${p.accountId}, ${p.roleCode}, ${p.roleKind}, ${p.placeId}, ${p.departmentId}, ${p.fromOn},
          ${p.toOn}
        )
    `,
  )
}

export async function savePostingEnd(tx: Tx, id: string, toOn: string): Promise<void> {
  await run(tx, sql`update identity.posting set to_on = ${toOn} where id = ${id}`)
}

export type PostingPart = Pick<
  Row<'identity.posting'>,
  'id' | 'account_id' | 'role_code' | 'role_kind' | 'place_id' | 'from_on' | 'to_on'
>

export function lockPosting(tx: Tx, id: string): Promise<PostingPart | undefined> {
  return rowWritten<PostingPart>(
    tx,
    sql`
      select id, account_id, role_code, role_kind, place_id, from_on, to_on
      from identity.posting
      where id = ${id}
      for update
    `,
  )
}

/** A post of the business at a place, not in a department, that is in force on a day; the newest of several. */
export function findServingPost(
  reading: Reading,
  holder: { readonly accountId: string; readonly county: string },
  on: string,
): Promise<Pick<Row<'identity.posting'>, 'id' | 'place_id' | 'to_on'> | undefined> {
  return rowOf(
    reading,
    sql<Pick<Row<'identity.posting'>, 'id' | 'place_id' | 'to_on'>>`
      select p.id, p.place_id, p.to_on
      from identity.posting p
        join identity.account a on a.id = p.account_id
        and a.status = 'active'
        and a.county_code = ${holder.county}
        join identity.role r on r.code = p.role_code
        and r.kind = 'business'
      where p.account_id = ${holder.accountId}
        and p.department_id is null
        and p.from_on <= ${on}
        and (p.to_on is null or p.to_on >= ${on})
      order by p.from_on desc
      limit 1
    `,
  )
}

type PostAt = Pick<
  Row<'identity.posting'>,
  'id' | 'account_id' | 'role_code' | 'role_kind' | 'place_id' | 'department_id' | 'from_on' | 'to_on'
>

/** Posts in places that end, that go on beyond a day. */
export function listPostingsAt(tx: Reading, placeIds: readonly string[], on: string): Promise<PostAt[]> {
  return rowsOf<PostAt>(
    tx,
    sql`
      select id, account_id, role_code, role_kind, place_id, department_id, from_on, to_on
      from identity.posting
      where place_id = any(${placeIds}::uuid[]) and (to_on is null or to_on >= ${on})
      order by id
    `,
  )
}

/** Who holds some posts, and in what role. */
export function nameHolders(
  tx: Reading,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly holder: string; readonly role: string }[]> {
  return rowsOf<{ readonly id: string; readonly holder: string; readonly role: string }>(
    tx,
    sql`
      select p.id, a.name as holder, r.name as role
      from identity.posting p
        join identity.account a on a.id = p.account_id
        join identity.role r on r.code = p.role_code
      where p.id = any(${ids}::uuid[])
    `,
  )
}

export async function endPostingsAt(tx: Tx, placeIds: readonly string[], on: string): Promise<void> {
  await run(
    tx,
    sql`
      update identity.posting
      set to_on = case when from_on > ${on}::date then from_on - 1 else ${on}::date end
      where place_id = any(${placeIds}::uuid[]) and (to_on is null or to_on > ${on})
    `,
  )
}

export function findRole(
  reading: Reading,
  code: string,
): Promise<Pick<Row<'identity.role'>, 'code' | 'kind'> | undefined> {
  return rowOf(
    reading,
    sql<Pick<Row<'identity.role'>, 'code' | 'kind'>>`select code, kind from identity.role where code = ${code}`,
  )
}

/** Adds roles and duties that are not there; a county's own changes stay. */
export async function saveRoles(tx: Tx, roles: readonly Role[]): Promise<void> {
  for (const r of roles) {
    await run(
      tx,
      sql`
        insert into identity.role (code, name, name_en, kind, needs_second_factor)
        values (${r.code}, ${r.name}, ${r.nameEn}, ${r.kind}, ${r.needsSecondFactor})
        on conflict (code) do nothing
      `,
    )
    await run(
      tx,
      sql`
        insert into identity.role_duty (role_code, duty)
        select ${r.code}, unnest(${r.duties}::text[])
        on conflict do nothing
      `,
    )
  }
}

export interface NewDepartment {
  readonly id: string
  readonly county: string
  readonly placeId: string
  readonly name: string
  readonly kind: string
  readonly status: string
}

export async function saveDepartmentRow(tx: Tx, d: NewDepartment): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.department (id, county_code, place_id, name, kind, status)
      values (${d.id}, ${d.county}, ${d.placeId}, ${d.name}, ${d.kind}, ${d.status})
      on conflict (id) do update
      set name = excluded.name, kind = excluded.kind, status = excluded.status
    `,
  )
}

/** Where it stands does not change. */
export async function changeDepartmentRow(
  tx: Tx,
  d: Pick<NewDepartment, 'id' | 'name' | 'kind' | 'status'>,
): Promise<void> {
  await run(
    tx,
    sql`update identity.department set name = ${d.name}, kind = ${d.kind}, status = ${d.status} where id = ${d.id}`,
  )
}

type DepartmentRow = Pick<Row<'identity.department'>, 'county_code' | 'place_id' | 'kind' | 'status'>

/** Whose a department is, where it stands and what it does; nobody opens it beside. */
export async function lockDepartment(tx: Tx, id: string): Promise<DepartmentRow | undefined> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${id}, 20261201))`)
  return rowWritten(
    tx,
    sql<DepartmentRow>`
      select county_code, place_id, kind, status
      from identity.department
      where id = ${id}
      for update
    `,
  )
}

/** Where an active department stands. */
export async function findDepartmentPlace(reading: Reading, id: string): Promise<string | undefined> {
  const row = await rowOf<Pick<Row<'identity.department'>, 'place_id'>>(
    reading,
    sql`select place_id from identity.department where id = ${id} and status = 'active'`,
  )
  return row?.place_id
}

/** A department that stood in a place that ended stands in what follows it. */
export async function followDepartments(tx: Tx, endedId: string, heir: string): Promise<void> {
  await run(tx, sql`update identity.department set place_id = ${heir} where place_id = ${endedId}`)
}
