/** Reads of departments and roles. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/identity/contract'
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
