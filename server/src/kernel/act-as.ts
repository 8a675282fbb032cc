/**
 * Runs a command outside a request (job, import, demo) by the same path: its own transaction, journal and
 * request row. Nothing writes by another way.
 */
import { createCtx, type Caller, type Ctx } from './context.ts'
import { freshId } from './fresh-id.ts'
import type { Ground } from './ground.ts'
import { journalRows, requestRow } from './journal.ts'
import { saveAnswered } from './store.ts'

export function actAs<T>(ground: Ground, caller: Caller, name: string, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return actOnce(ground, caller, { name, requestId: freshId(ground.clock.now()) }, work)
}

/** The same under an id of the sender's, so that sending it again cannot do it again. */
export async function actOnce<T>(
  ground: Ground,
  caller: Caller,
  act: { readonly name: string; readonly requestId: string },
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const { database, sealer, chance, shelf, journalKey } = ground
  const now = ground.clock.now()
  let last: Ctx | undefined
  const result = await database.write(async (tx) => {
    const { requestId } = act
    const ctx = (last = createCtx({
      tx,
      now,
      caller,
      requestId,
      ip: null,
      sealer,
      chance,
      shelf,
      apart: database.write,
    }))
    const value = await work(ctx)
    await saveAnswered(tx, journalRows(ctx, journalKey), requestRow(ctx, act.name, '', null))
    return value
  })
  for (const after of last?.afterCommit ?? []) await after()
  return result
}
