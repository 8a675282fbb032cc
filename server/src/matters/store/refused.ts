/** What was asked of the grid beyond its matters, counted. */
import { run, sql } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'

export interface Refused {
  readonly id: string
  readonly day: string
  readonly at: Date
  readonly accountId: string
  readonly byName: string
  readonly officeName: string
  readonly placeId: string
  readonly door: string
  readonly matterId: string
  readonly problem: string
  readonly taskKind: string | undefined
  readonly object: string | undefined
  readonly minutes: number
}

/** The same again on the same day is counted in its row, which tells what was asked last. */
export async function countRefused(tx: Tx, county: string, r: Refused): Promise<void> {
  await run(
    tx,
    sql`
      insert into matters.refused_order (
          county_code, id, on_day, account_id, by_name, office_name, place_id, door, matter_id, problem, task_kind,
          object, minutes, last_at
        )
      values
        (
          ${county}, ${r.id}, ${r.day}, ${r.accountId}, ${r.byName}, ${r.officeName}, ${r.placeId}, ${r.door},
          ${r.matterId}, ${r.problem}, ${r.taskKind ?? null}, ${r.object ?? null}, ${r.minutes}, ${r.at}
        )
      on conflict on constraint refused_order_once do update
      set
        times = matters.refused_order.times + 1, task_kind = excluded.task_kind, object = excluded.object,
        minutes = excluded.minutes, last_at = excluded.last_at
    `,
  )
}
