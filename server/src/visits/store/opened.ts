/** How much somebody opened: hidden dangers of late, and requests at the door that are not told yet. */
import { rowOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Tx } from '../../kernel/db/tx.ts'

/** One after another, so that what an account sends at once is counted as what it sends in turn. */
export async function holdOpener(tx: Tx, accountId: string): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${accountId}::text, 20261129))`)
}

/** By when they came, whatever day a phone says. */
export async function countHazardsOf(
  reading: Reading,
  county: string,
  { accountId, since }: { readonly accountId: string; readonly since: Date },
): Promise<number> {
  const row = await rowOf<{ n: number }>(
    reading,
    sql`
      select coalesce(sum(hazards), 0)::int as n
      from visits.visit
      where county_code = ${county} and account_id = ${accountId} and received_at > ${since}
    `,
  )
  return row?.n ?? 0
}

export async function countServicesOf(
  reading: Reading,
  county: string,
  { accountId, gridId }: { readonly accountId: string; readonly gridId: string },
): Promise<number> {
  const row = await rowOf<{ n: number }>(
    reading,
    sql`
      select count(*)::int as n
      from visits.service
      where county_code = ${county}
        and grid_id = ${gridId}
        and account_id = ${accountId}
        and state not in ('told', 'withdrawn')
    `,
  )
  return row?.n ?? 0
}
