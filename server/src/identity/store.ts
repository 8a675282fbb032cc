/** Accounts, postings, sessions, departments in the database. */
import { rowOf, rowsOf, sql, rowWritten, run } from '../kernel/db/sql.ts'
import type { Tx, Reading } from '../kernel/db/tx.ts'

export interface AccountRow {
  id: string
  county_code: string
  login: string
  name: string
  kind: 'person' | 'machine'
  status: 'active' | 'closed'
  password_hash: string | null
  password_set_at: Date | null
  must_change: boolean
  totp_secret: string | null
  totp_pending: string | null
  totp_last_step: number | null
  failures: number
  locked_until: Date | null
  is_invented: boolean
}

export function lockByLogin(tx: Tx, login: string): Promise<AccountRow | undefined> {
  return rowWritten<AccountRow>(tx, sql`select * from identity.account where login = ${login} for update`)
}
export function lockAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  return rowWritten<AccountRow>(tx, sql`select * from identity.account where id = ${id} for update`)
}
export async function saveAccount(
  tx: Tx,
  a: {
    id: string
    county: string
    login: string
    name: string
    kind: string
    hash: string | null
    mustChange: boolean
    isInvented: boolean
    now: number
  },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.account (
          id, county_code, login, name, kind, password_hash, password_set_at, must_change, is_invented, created_at
        )
      values
        (${a.id}, ${a.county}, ${a.login}, ${a.name}, ${a.kind}, ${a.hash}, ${a.hash === null ? null : new Date(a.now)}, ${a.mustChange}, ${a.isInvented}, ${new Date(a.now)})
    `,
  )
}
export async function saveFailure(tx: Tx, id: string, failures: number, lockedUntil: number | null): Promise<void> {
  await run(
    tx,
    sql`
      update identity.account
      set failures = ${failures}, locked_until = ${lockedUntil === null ? null : new Date(lockedUntil)}
      where id = ${id}
    `,
  )
}
export async function savePassword(tx: Tx, id: string, hash: string, mustChange: boolean, now: number): Promise<void> {
  await run(
    tx,
    sql`
      update identity.account
      set
        password_hash = ${hash}, password_set_at = ${new Date(now)}, must_change = ${mustChange}, failures = 0,
        locked_until = null
      where id = ${id}
    `,
  )
}
export async function saveStatus(tx: Tx, id: string, status: 'active' | 'closed'): Promise<void> {
  await run(tx, sql`update identity.account set status = ${status} where id = ${id}`)
}
export async function savePending(tx: Tx, id: string, sealed: string): Promise<void> {
  await run(tx, sql`update identity.account set totp_pending = ${sealed} where id = ${id}`)
}
export async function saveSecondFactor(tx: Tx, id: string, step: number): Promise<void> {
  await run(
    tx,
    sql`
      update identity.account
      set totp_secret = totp_pending, totp_pending = null, totp_last_step = ${step}
      where id = ${id}
    `,
  )
}
export async function saveStep(tx: Tx, id: string, step: number): Promise<void> {
  await run(tx, sql`update identity.account set totp_last_step = ${step} where id = ${id}`)
}
export async function saveSession(
  tx: Tx,
  s: { hash: string; accountId: string; device: string; hasSecondFactor: boolean; now: number; expiresAt: number },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.session
      values
        (${s.hash}, ${s.accountId}, ${s.device}, ${s.hasSecondFactor}, ${new Date(s.now)}, ${new Date(s.now)}, ${new Date(s.expiresAt)})
    `,
  )
}
export async function dropSession(tx: Tx, hash: string): Promise<void> {
  await run(tx, sql`delete from identity.session where token_hash = ${hash}`)
}
export async function dropSessionsOf(tx: Tx, accountId: string): Promise<void> {
  await run(tx, sql`delete from identity.session where account_id = ${accountId}`)
}
export async function savePosting(
  tx: Tx,
  p: {
    id: string
    accountId: string
    roleCode: string
    roleKind: string
    placeId: string
    departmentId: string | null
    fromOn: string
    toOn: string | null
  },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.posting
      values
        (${p.id}, ${p.accountId}, ${p.roleCode}, ${p.roleKind}, ${p.placeId}, ${p.departmentId}, ${p.fromOn}, ${p.toOn})
    `,
  )
}
export async function savePostingEnd(tx: Tx, id: string, toOn: string): Promise<void> {
  await run(tx, sql`update identity.posting set to_on = ${toOn} where id = ${id}`)
}
export function findRole(tx: Reading, code: string): Promise<{ code: string; kind: string } | undefined> {
  return rowOf(tx, sql<{ code: string; kind: string }>`select code, kind from identity.role where code = ${code}`)
}
export function findPosting(
  tx: Tx,
  id: string,
): Promise<{ id: string; account_id: string; place_id: string; from_on: string } | undefined> {
  return rowWritten(
    tx,
    sql<{
      id: string
      account_id: string
      place_id: string
      from_on: string
    }>`select id, account_id, place_id, from_on from identity.posting where id = ${id} for update`,
  )
}
export async function saveDepartmentRow(
  tx: Tx,
  d: { id: string; county: string; placeId: string; name: string; kind: string; status: string },
): Promise<void> {
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
export async function saveRoles(
  tx: Tx,
  roles: readonly {
    code: string
    name: string
    nameEn: string
    kind: string
    needsSecondFactor: boolean
    duties: readonly string[]
  }[],
): Promise<void> {
  for (const r of roles) {
    await run(
      tx,
      sql`
        insert into identity.role
        values (${r.code}, ${r.name}, ${r.nameEn}, ${r.kind}, ${r.needsSecondFactor})
        on conflict (code) do nothing
      `,
    )
    await run(
      tx,
      sql`
        insert into identity.role_duty
        select ${r.code}, unnest(${r.duties}::text[])
        on conflict do nothing
      `,
    )
  }
}
/** Postings of grids that ended go on in those that follow them; the old ones keep their dates. */
export async function followGrids(
  tx: Tx,
  from: readonly string[],
  to: readonly string[],
  on: string,
  makeId: () => string,
): Promise<void> {
  const posts = await rowsOf<{
    account_id: string
    role_code: string
    role_kind: string
    department_id: string | null
    to_on: string | null
  }>(
    tx,
    sql`select distinct account_id, role_code, role_kind, department_id, to_on from identity.posting
    where place_id = any(${from}::uuid[]) and (to_on is null or to_on >= ${on})`,
  )
  for (const p of posts)
    for (const placeId of to)
      await savePosting(tx, {
        id: makeId(),
        accountId: p.account_id,
        roleCode: p.role_code,
        roleKind: p.role_kind,
        placeId,
        departmentId: p.department_id,
        fromOn: on,
        toOn: p.to_on,
      })
  await run(
    tx,
    sql`
      update identity.posting
      set to_on = greatest(from_on, ${on}::date)
      where place_id = any(${from}::uuid[]) and (to_on is null or to_on > ${on})
    `,
  )
}
export { rowsOf }
