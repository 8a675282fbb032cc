/**
 * Runs a command outside a request (job, import, demo) by the same path: its own transaction, journal and
 * request row. Nothing writes by another way.
 */
import { createCtx, type Caller, type Ctx } from './context.ts'
import { sql, run } from './db/sql.ts'
import type { Engine } from './engine.ts'
import { freshId } from './fresh-id.ts'
import { journalRows, journalSink, requestRow, requestSink } from './journal.ts'

export async function actAs<T>(
  engine: Engine,
  caller: Caller,
  name: string,
  work: (ctx: Ctx) => Promise<T>,
  requestId?: string,
): Promise<T> {
  const now = engine.clock.now()
  let last: Ctx | undefined
  const result = await engine.database.write(async (tx) => {
    const ctx = (last = createCtx({
      tx,
      now,
      caller,
      requestId: requestId ?? freshId(now),
      ip: null,
      sealer: engine.sealer,
      apart: engine.database.write,
    }))
    const value = await work(ctx)
    await run(
      tx,
      sql`
        with
          j as (${journalSink.into(journalRows(ctx, engine.journalKey))}) ${requestSink.into([requestRow(ctx, name, '', null)])}
      `,
    )
    return value
  })
  for (const after of last?.afterCommit ?? []) await after()
  return result
}
