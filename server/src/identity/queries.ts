/** Reads of accounts, posts and departments, within the caller's county. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/identity/contract'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Asking } from '../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'
import { refuse } from '../kernel/problems.ts'
import { placeTree } from '../places/door.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>
interface PostView {
  id: string
  roleCode: string
  roleName: string
  roleNameEn: string
  placeId: string
  placeName: string
  departmentId: string | null
  departmentName: string | null
  fromOn: string
  toOn: string | null
}

const postJson = sql`
  jsonb_build_object(
    'id', p.id, 'roleCode', p.role_code, 'roleName', r.name, 'roleNameEn', r.name_en, 'placeId', p.place_id,
    'placeName', l.name, 'departmentId', p.department_id, 'departmentName', d.name, 'fromOn', p.from_on, 'toOn',
    p.to_on
  )
`
const postJoin = sql`
  identity.posting p
  join identity.role r on r.code = p.role_code
  join places.place l on l.id = p.place_id
  left join identity.department d on d.id = p.department_id
`

export async function describeMe(
  tx: Reading,
  accountId: string,
  now: number,
  duties: readonly string[],
): Promise<ReplyOf<typeof promises.whoAmI>> {
  const row = await rowOf<{
    name: string
    login: string
    county_code: string
    must_change: boolean
    has_factor: boolean
    needs: boolean
    postings: PostView[]
  }>(
    tx,
    sql`
      select
        a.name, a.login, a.county_code, a.must_change, a.totp_secret is not null as has_factor,
        coalesce((select bool_or(r.needs_second_factor) from ${postJoin} where p.account_id = a.id), false) as needs,
        coalesce(
          (
            select jsonb_agg(${postJson} order by p.from_on)
            from ${postJoin}
            where p.account_id = a.id and p.from_on <= ${dayOf(now)} and (p.to_on is null or p.to_on >= ${dayOf(now)})
          ),
          '[]'
        ) as postings
      from identity.account a
      where a.id = ${accountId}
    `,
  )
  if (!row) return refuse('signed-out', 401)
  return {
    accountId,
    name: row.name,
    login: row.login,
    countyCode: row.county_code,
    mustChangePassword: row.must_change,
    needsSecondFactor: row.needs,
    hasSecondFactor: row.has_factor,
    duties: [...duties],
    postings: row.postings,
  }
}

export async function whoAmI(ctx: Asking): Reply<'whoAmI'> {
  return describeMe(ctx.tx, ctx.caller.accountId!, ctx.now, [
    ...new Set(ctx.caller.posts.flatMap((p) => [...p.duties])),
  ])
}

export async function listAccounts(ctx: Asking, ask: Ask<'listAccounts'>): Reply<'listAccounts'> {
  const text = `%${ask.text.replace(/[%_\\]/g, '\\$&')}%`
  const where = sql`
    a.county_code = ${ctx.caller.countyCode}
    and (a.login like ${text} or a.name like ${text})
    and (
      ${ask.roleCode} = ''
      or exists (select 1 from identity.posting p where p.account_id = a.id and p.role_code = ${ask.roleCode})
    )
  `
  const rows = await rowsOf<{
    id: string
    login: string
    name: string
    kind: 'person' | 'machine'
    status: 'active' | 'closed'
    is_locked: boolean
    has_password: boolean
    has_factor: boolean
    is_invented: boolean
    postings: PostView[]
  }>(
    ctx.tx,
    sql`
      select
        a.id, a.login, a.name, a.kind, a.status, coalesce(a.locked_until > ${new Date(ctx.now)}, false) as is_locked,
        a.password_hash is not null as has_password, a.totp_secret is not null as has_factor, a.is_invented,
        coalesce((select jsonb_agg(${postJson} order by p.from_on) from ${postJoin} where p.account_id = a.id), '[]'
        ) as postings
      from identity.account a
      where ${where}
      order by a.login
      limit 30
      offset ${(ask.page - 1) * 30}
    `,
  )
  const total = await rowOf<{ n: number }>(ctx.tx, sql`select count(*) as n from identity.account a where ${where}`)
  return {
    accounts: rows.map((r) => ({
      id: r.id,
      login: r.login,
      name: r.name,
      kind: r.kind,
      status: r.status,
      isLocked: r.is_locked,
      hasPassword: r.has_password,
      hasSecondFactor: r.has_factor,
      isInvented: r.is_invented,
      postings: r.postings,
    })),
    total: total!.n,
  }
}

export async function listDepartments(ctx: Asking, ask: Ask<'listDepartments'>): Reply<'listDepartments'> {
  const places =
    ask.placeId === undefined
      ? undefined
      : placeTree()
          .line(ask.placeId)
          .map((n) => n.id)
  const departments = await rowsOf<ReplyOf<typeof promises.listDepartments>['departments'][number]>(
    ctx.tx,
    sql`
      select d.id, d.place_id as "placeId", l.name as "placeName", d.name, d.kind, d.status
      from identity.department d join places.place l on l.id = d.place_id
      where
        d.county_code = ${ctx.caller.countyCode} ${places === undefined ? sql`` : sql`and d.place_id = any(${places}::uuid[])`}
      order by l.code, d.name
      limit 2000
    `,
  )
  return { departments }
}

export async function listRoles(ctx: Asking): Reply<'listRoles'> {
  return {
    roles: await rowsOf(
      ctx.tx,
      sql<ReplyOf<typeof promises.listRoles>['roles'][number]>`
        select
          code, name, name_en as "nameEn", kind,
          coalesce((select array_agg(duty order by duty) from identity.role_duty d where d.role_code = r.code), '{}'
          ) as duties
        from identity.role r
        order by kind, code
      `,
    ),
  }
}
