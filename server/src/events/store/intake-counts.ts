/** How much comes in without an account: from one address in a day, and to one desk that has not looked yet. */
import { rowOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Tx } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'

export interface CameIn {
  readonly day: string
  readonly sender: string
  readonly bytes: number
}

type Share = { readonly reports: number; readonly bytes: number }

/** Counts a report before anything is done for it. @throws Refusal where the sender has had his share of the day */
export async function countIntake(tx: Tx, came: CameIn, most: Share): Promise<void> {
  if (!(await addIntake(tx, came, most))) refuse('report.quota', 429)
}

/** @returns whether it was within the share of its sender */
export async function addIntake(tx: Tx, { day, sender, bytes }: CameIn, most: Share): Promise<boolean> {
  const counted = await run(
    tx,
    sql`
      insert into events.intake_count (day, sender, reports, bytes)
      values (${day}, ${sender}, 1, ${bytes})
      on conflict (day, sender) do update
      set reports = intake_count.reports + 1, bytes = intake_count.bytes + excluded.bytes
      where intake_count.reports < ${most.reports} and intake_count.bytes + excluded.bytes <= ${most.bytes}
    `,
  )
  return counted > 0
}

/** Forgets the counts of days before one. */
export async function forgetIntake(tx: Tx, day: string): Promise<void> {
  await run(tx, sql`delete from events.intake_count where day < ${day}`)
}

/** How many reports of residents wait at a desk to be looked at, counted up to `most`. */
export async function countUnseen(tx: Reading, county: string, deskId: string, most: number): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from (
          select 1
          from events.event
          where county_code = ${county}
            and desk_place_id = ${deskId}
            and source = 'resident'
            and is_open
            and status in ('reported', 'verifying')
          limit ${most}
        ) x
    `,
  )
  return row?.n ?? 0
}
