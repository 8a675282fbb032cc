/** Who serves where today, for the slices above. */
import type { Duty } from '@fengge/domain/kernel/duty'
import { dayOf } from '@fengge/domain/kernel/time'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import { roleCalled } from '../store/labels.ts'

/** Whether an account holds a post with a duty at a place today. */
export async function isPosted(
  tx: Reading,
  post: { readonly accountId: string; readonly placeId: string; readonly duty: Duty },
  now: number,
): Promise<boolean> {
  const today = dayOf(now)
  const found = await rowOf(
    tx,
    sql`
      select 1 as one
      from identity.posting p
        join identity.role_duty d on d.role_code = p.role_code
        and d.duty = ${post.duty}
        join identity.account a on a.id = p.account_id
        and a.status = 'active'
      where p.account_id = ${post.accountId}
        and p.place_id = ${post.placeId}
        and p.from_on <= ${today}
        and (p.to_on is null or p.to_on >= ${today})
    `,
  )
  return found !== undefined
}

export interface Colleague {
  readonly name: string
  readonly roleName: string
  readonly roleNameEn: string
}

/** Who serves in a grid today, as a stairwell board shows it (C1). */
export function listPosted(tx: Reading, placeIds: readonly string[], now: number): Promise<Colleague[]> {
  const today = dayOf(now)
  return rowsOf<Colleague>(
    tx,
    sql`
      select
        a.name, ${roleCalled(sql`a.county_code`, 'name')} as "roleName",
        ${roleCalled(sql`a.county_code`, 'name_en')} as "roleNameEn"
      from identity.posting p
        join identity.account a on a.id = p.account_id
        and a.status = 'active'
        join identity.role r on r.code = p.role_code
      where p.place_id = any(${placeIds}::uuid[])
        and p.department_id is null
        and r.kind = 'business'
        and p.from_on <= ${today}
        and (p.to_on is null or p.to_on >= ${today})
      order by p.from_on
      limit 12
    `,
  )
}

export async function nameOf(tx: Reading, accountId: string): Promise<string | undefined> {
  return (await rowOf<{ name: string }>(tx, sql`select name from identity.account where id = ${accountId}`))?.name
}

/** Who works in grids today, each with every grid that he works in. */
export async function listGridHolders(
  tx: Reading,
  gridIds: readonly string[],
  duty: Duty,
  now: number,
): Promise<GridHolder[]> {
  const today = dayOf(now)
  return rowsOf<GridHolder>(
    tx,
    sql`
      with serving as (
        select distinct p.account_id, p.place_id, a.name
        from identity.posting p
          join identity.role_duty d on d.role_code = p.role_code
          and d.duty = ${duty}
          join identity.account a on a.id = p.account_id
          and a.status = 'active'
        where p.role_code in ('grid-worker', 'part-time-worker')
          and p.department_id is null
          and p.from_on <= ${today}
          and (p.to_on is null or p.to_on >= ${today})
      )
      select s.account_id as "accountId", s.name, array_agg(s.place_id::text) as "gridIds"
      from serving s
      where s.account_id in (select x.account_id from serving x where x.place_id = any(${gridIds}::uuid[]))
      group by s.account_id, s.name
    `,
  )
}

export interface GridHolder {
  readonly accountId: string
  readonly name: string
  readonly gridIds: readonly string[]
}
