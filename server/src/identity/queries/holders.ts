/** Who holds a phone, and who serves where and so ought to: for the page that tells whose phone is behind. */
import { dayOf, type Day } from '@fengge/domain/kernel/time'
import type { Duty } from '@fengge/domain/kernel/duty'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'

export interface Holder {
  readonly accountId: string
  readonly name: string
  readonly login: string
  readonly isActive: boolean
  /** Where the latest post is or was, outside any department. */
  readonly lastPlaceId: string | null
  /** As what. */
  readonly lastRole: string | null
}
export const listHolders = (tx: Reading, accountIds: readonly string[]): Promise<Holder[]> =>
  rowsOf<Holder>(
    tx,
    sql`
      select
        a.id as "accountId", a.name, a.login, a.status = 'active' as "isActive",
        (
          select p.place_id
          from identity.posting p
          where p.account_id = a.id and p.department_id is null
          order by p.from_on desc
          limit 1
        ) as "lastPlaceId",
        (
          select r.name
          from identity.posting p join identity.role r on r.code = p.role_code
          where p.account_id = a.id and p.department_id is null
          order by p.from_on desc
          limit 1
        ) as "lastRole"
      from identity.account a
      where a.id = any(${accountIds}::uuid[])
    `,
  )

/** Where somebody serves on a day; of who serves nowhere any more, where he did last. */
export async function listPlacesOf(tx: Reading, accountId: string, on: Day): Promise<string[]> {
  const rows = await rowsOf<{ placeId: string }>(
    tx,
    sql`
      select place_id as "placeId"
      from identity.posting
      where account_id = ${accountId}
        and department_id is null
        and from_on <= ${on}
        and (to_on is null or to_on >= ${on})
    `,
  )
  if (rows.length > 0) return rows.map((r) => r.placeId)
  const [holder] = await listHolders(tx, [accountId])
  return holder?.lastPlaceId ? [holder.lastPlaceId] : []
}

export interface Serving {
  readonly accountId: string
  readonly placeId: string
  readonly name: string
}
/** Who serves in a county now, in one of some roles that have a duty. */
export function listServing(
  tx: Reading,
  county: string,
  { duty, roles, now }: { readonly duty: Duty; readonly roles: readonly string[]; readonly now: number },
): Promise<Serving[]> {
  return rowsOf<Serving>(
    tx,
    sql`
      select p.account_id as "accountId", p.place_id as "placeId", a.name
      from identity.posting p
        join identity.account a on a.id = p.account_id
        join identity.role_duty d on d.role_code = p.role_code
        and d.duty = ${duty}
      where a.county_code = ${county}
        and a.status = 'active'
        and (p.to_on is null or p.to_on >= ${dayOf(now)}::date)
        and p.role_code = any(${roles}::text[])
    `,
  )
}
