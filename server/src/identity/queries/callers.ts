/** From a session, or from an account, to a caller with his posts in force and the duties of their roles. */
import { isDuty } from '@fengge/domain/kernel/duty'
import { dayOf } from '@fengge/domain/kernel/time'
import { isAdminKind } from '@fengge/domain/identity/roles'
import { idleMsFor } from '@fengge/domain/identity/password'
import type { Caller, Post } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'
import type { FoundSession } from '../../kernel/sessions.ts'
import { centreCalled, roleCalled } from '../store/labels.ts'

type AccountPart = Pick<Row<'identity.account'>, 'name' | 'kind' | 'county_code' | 'is_invented'> & {
  readonly account_id: string
}
type SessionRow = AccountPart &
  Pick<Row<'identity.account'>, 'must_change'> &
  Pick<Row<'identity.session'>, 'expires_at' | 'seen_at' | 'device' | 'device_id' | 'has_second_factor'>

/** The session of a token's digest, expired or not. */
export async function findSession(reading: Reading, tokenHash: string, now: number): Promise<FoundSession | undefined> {
  const row = await rowOf<SessionRow>(
    reading,
    sql`
      select
        s.account_id, a.name, a.kind, a.county_code, a.is_invented, a.must_change, s.expires_at, s.seen_at, s.device,
        s.device_id, s.has_second_factor
      from identity.session s join identity.account a on a.id = s.account_id
      where s.token_hash = ${tokenHash} and a.status = 'active'
    `,
  )
  if (!row) return undefined
  const posts = await listPosts(reading, row.account_id, now)
  const caller = callerOf(row, posts, { isSure: row.has_second_factor, mustChangePassword: row.must_change })
  return {
    caller: { ...caller, session: { hash: tokenHash, device: row.device, phone: row.device_id } },
    expiresAt: row.expires_at.getTime(),
    seenAt: row.seen_at.getTime(),
    idleMs: idleMsFor(row.device, caller.isAdmin),
  }
}

/** A caller for work done in somebody's name outside a session (import, hand-over of a phone, demo). */
export async function findCaller(reading: Reading, accountId: string, now: number): Promise<Caller | undefined> {
  const row = await rowOf<AccountPart>(
    reading,
    sql`
      select id as account_id, name, kind, county_code, is_invented
      from identity.account
      where id = ${accountId} and status = 'active'
    `,
  )
  if (!row) return undefined
  return callerOf(row, await listPosts(reading, accountId, now), { isSure: true, mustChangePassword: false })
}

export interface PostRow {
  readonly id: string
  readonly role_code: string
  readonly role_name: string
  readonly kind: string
  readonly place_id: string
  readonly department_id: string | null
  readonly office_name: string
  readonly duties: string[]
  readonly needs_second_factor: boolean
}

/** The postings of an account in force on the day of `now`, with the duties of their roles. */
export function listPosts(reading: Reading, accountId: string, now: number): Promise<PostRow[]> {
  const today = dayOf(now)
  return rowsOf<PostRow>(
    reading,
    sql`
      select
        p.id, p.role_code, ${roleCalled(sql`l.county_code`, 'name')} as role_name, r.kind, p.place_id, p.department_id,
        coalesce(d.name, ${centreCalled}) as office_name, r.needs_second_factor,
        coalesce((select array_agg(duty) from identity.role_duty rd where rd.role_code = p.role_code), '{}') as duties
      from identity.posting p
        join identity.role r on r.code = p.role_code
        join places.public_place l on l.id = p.place_id
        left join identity.department d on d.id = p.department_id
      where p.account_id = ${accountId} and p.from_on <= ${today} and (p.to_on is null or p.to_on >= ${today})
      order by p.from_on, p.id
    `,
  )
}

/**
 * A post that asks for a second factor is none to a session opened without one. Of invented people only administrators
 * are asked for it: their passwords are published, and what they see does not exist.
 */
function callerOf(
  account: AccountPart,
  rows: readonly PostRow[],
  session: { readonly isSure: boolean; readonly mustChangePassword: boolean },
): Caller {
  return {
    kind: account.kind === 'machine' ? 'machine' : 'person',
    accountId: account.account_id,
    name: account.name,
    countyCode: account.county_code,
    posts: rows.filter((r) => session.isSure || !asksForFactor(account, r)).map(postOf),
    mustChangePassword: session.mustChangePassword,
    isAdmin: rows.some((r) => isAdminKind(r.kind)),
  }
}

const asksForFactor = (account: AccountPart, { needs_second_factor, kind }: PostRow): boolean =>
  needs_second_factor && !(account.is_invented && kind === 'business')

const postOf = (r: PostRow): Post => ({
  id: r.id,
  roleCode: r.role_code,
  roleName: r.role_name,
  placeId: r.place_id,
  departmentId: r.department_id,
  officeName: r.office_name,
  duties: new Set(r.duties.filter(isDuty)),
})
