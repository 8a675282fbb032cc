/** Reads of departments and roles. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/identity/contract'
import type { Duty } from '@fengge/domain/kernel/duty'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import { placeTree } from '../../places/door.ts'
import { roleCalled } from '../store/labels.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

export interface Department {
  readonly id: string
  readonly placeId: string
  readonly name: string
  readonly kind: string
  readonly isActive: boolean
}

/** The departments of a county by id; small, and asked for often. */
export async function departmentsById(tx: Reading, countyCode: string): Promise<Map<string, Department>> {
  const rows = await rowsOf<Department>(
    tx,
    sql`
      select id, place_id as "placeId", name, kind, status = 'active' as "isActive"
      from identity.department
      where county_code = ${countyCode}
    `,
  )
  return new Map(rows.map((r) => [r.id, r]))
}

/** Those of some departments that are open and where somebody with a duty serves today. */
export async function departmentsServed(
  tx: Reading,
  { ids, duty, now }: { readonly ids: readonly string[]; readonly duty: Duty; readonly now: number },
): Promise<Set<string>> {
  const today = dayOf(now)
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`
      select d.id
      from identity.department d
      where
        d.id = any(${ids}::uuid[])
        and d.status = 'active'
        and exists (
          select 1
          from identity.posting p
            join identity.role_duty r on r.role_code = p.role_code
            and r.duty = ${duty}
            join identity.account a on a.id = p.account_id
            and a.status = 'active'
          where p.department_id = d.id and p.from_on <= ${today} and (p.to_on is null or p.to_on >= ${today})
        )
    `,
  )
  return new Set(rows.map((r) => r.id))
}

export async function listDepartments(ctx: Asking, ask: Ask<'listDepartments'>): Reply<'listDepartments'> {
  const places =
    ask.placeId === undefined
      ? undefined
      : placeTree(ctx)
          .line(ask.placeId)
          .map((n) => n.id)
  const departments = await rowsOf<ReplyOf<typeof promises.listDepartments>['departments'][number]>(
    ctx.tx,
    sql`
      select d.id, d.place_id as "placeId", l.name as "placeName", d.name, d.kind, d.status
      from identity.department d join places.public_place l on l.id = d.place_id
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
          code, ${roleCalled(sql`${ctx.caller.countyCode}`, 'name')} as name,
          ${roleCalled(sql`${ctx.caller.countyCode}`, 'name_en')} as "nameEn", kind,
          coalesce((select array_agg(duty order by duty) from identity.role_duty d where d.role_code = r.code), '{}'
          ) as duties
        from identity.role r
        order by kind, code
      `,
    ),
  }
}
