import type { EventCore } from '@fengge/domain/events/terms'
import type { Ctx } from '../kernel/context.ts'
import { sql, rowsWritten, run } from '../kernel/db/sql.ts'
import type { Tx } from '../kernel/db/tx.ts'
import { insertFlow, nextSeq } from './store.ts'

export function listOpenIn(
  tx: Tx,
  county: string,
  gridIds: readonly string[],
): Promise<{ core: EventCore; lng: number | null; lat: number | null }[]> {
  return rowsWritten(
    tx,
    sql<{
      core: EventCore
      lng: number | null
      lat: number | null
    }>`
      select core, lng, lat
      from events.event
      where county_code = ${county} and grid_id = any(${gridIds}::uuid[]) and is_open
      order by id
      for update
    `,
  )
}

/** Moves an open event to another grid, with a row in its flow that says so. */
export async function saveHome(ctx: Ctx, core: EventCore, from: string | null): Promise<void> {
  const county = ctx.caller.countyCode
  const flow = insertFlow(county, core.id, {
    seq: await nextSeq(ctx.tx, county, core.id),
    action: 'rehome',
    from: core.status,
    to: core.status,
    at: ctx.now,
    accountId: ctx.caller.accountId,
    postingId: null,
    actorName: ctx.caller.name,
    actorRole: null,
    actorOffice: null,
    reason: '',
    detail: { from, to: core.gridId },
    evidenceIds: [],
    clock: {},
  })
  await run(
    ctx.tx,
    sql`
      with f as (${flow})
      update events.event
      set
        grid_id = ${core.gridId}, village_id = ${core.villageId}, town_id = ${core.townId}, version = ${core.version},
        core = ${JSON.stringify(core)}::jsonb, wrote_in = pg_current_xact_id()
      where county_code = ${county} and id = ${core.id}
    `,
  )
}
