/** What somebody is told that is not about an event: a row for each who is told. */
import type { Duty } from '@fengge/domain/kernel/duty'
import { dayOf } from '@fengge/domain/kernel/time'
import { rowsOf, run, sql } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'
import { freshId } from '../../kernel/fresh-id.ts'

export interface Said {
  readonly county: string
  readonly kind: 'net-refused' | 'arrival-offered' | 'arrival-desk'
  readonly about: string
  readonly change: string
  readonly on: string
  readonly problem: string
  readonly at: number
}

/** Accounts that hold a duty at one of some places today. */
export async function listHolding(
  tx: Tx,
  { duty, placeIds }: { readonly duty: Duty; readonly placeIds: readonly string[] },
  now: number,
): Promise<string[]> {
  const rows = await rowsOf<{ account_id: string }>(
    tx,
    sql`
      select distinct h.account_id
      from identity.public_duty h
      where h.duty = ${duty}
        and h.place_id = any(${placeIds}::uuid[])
        and h.from_on <= ${dayOf(now)}::date
        and (h.to_on is null or h.to_on >= ${dayOf(now)}::date)
    `,
  )
  return rows.map((r) => r.account_id)
}

export async function saveMessages(tx: Tx, accountIds: readonly string[], said: Said): Promise<void> {
  const { county, kind, about, change, on, problem } = said
  for (const accountId of accountIds)
    await run(
      tx,
      sql`
        insert into identity.message (county_code, id, account_id, kind, about, change, on_day, problem, at)
        values
          (
            ${county}, ${freshId(said.at)}, ${accountId}, ${kind}, ${about}, ${change}, ${on}, ${problem},
            ${new Date(said.at)}
          )
      `,
    )
}

/** Marks messages of an account as read by it. */
export async function saveMessagesRead(
  tx: Tx,
  { county, accountId, now }: { readonly county: string; readonly accountId: string; readonly now: number },
  ids: readonly string[],
): Promise<void> {
  await run(
    tx,
    sql`
      update identity.message
      set read_at = ${new Date(now)}
      where county_code = ${county} and account_id = ${accountId} and id = any(${ids}::uuid[]) and read_at is null
    `,
  )
}
