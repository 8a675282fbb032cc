/** When the net changes, tasks, hazards and services follow what they are about. */
import { sql, run } from '../kernel/db/sql.ts'
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import type { Ctx } from '../kernel/context.ts'
import { on } from '../kernel/reactions.ts'

export function visitReactions(): void {
  on(netChanged, followNet)
}

async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  const county = ctx.caller.countyCode
  for (const table of ['task', 'hazard'] as const) {
    const stamp = table === 'task' ? sql`, version = t.version + 1, wrote_in = pg_current_xact_id()` : sql``
    const isOpen = sql`t.county_code = ${county} and t.grid_id = any(${change.from}::uuid[]) and t.state = 'open'`
    for (const kind of ['person', 'house', 'unit', 'facility'] as const)
      await run(
        ctx.tx,
        sql`
          update ${sql.table(`visits.${table}`)} t
          set grid_id = r.grid_id, village_id = r.village_id, town_id = r.town_id ${stamp}
          from ${sql.table(`registry.${kind}`)} r
          where ${isOpen}
            and t.subject_kind = ${kind}
            and r.county_code = t.county_code
            and r.id = t.subject_id
            and r.grid_id is distinct from t.grid_id
        `,
      )
    if (change.heir !== null) {
      const home = change.homeOf(change.heir)
      await run(
        ctx.tx,
        sql`
          update ${sql.table(`visits.${table}`)} t
          set grid_id = ${change.heir}, village_id = ${home.villageId}, town_id = ${home.townId} ${stamp}
          where ${isOpen}
            and t.subject_kind = 'grid'
            and t.grid_id <> ${change.heir}
            and not (t.grid_id = any(${change.to}::uuid[]))
        `,
      )
    }
  }
  // What was asked for somebody goes with him.
  await run(
    ctx.tx,
    sql`
      update visits.service t
      set
        grid_id = r.grid_id, village_id = r.village_id, town_id = r.town_id, version = t.version + 1,
        wrote_in = pg_current_xact_id()
      from registry.person r
      where t.county_code = ${county}
        and t.grid_id = any(${change.from}::uuid[])
        and t.state not in ('told', 'withdrawn')
        and r.county_code = t.county_code
        and r.id = t.person_id
        and r.grid_id <> t.grid_id
    `,
  )
  if (change.heir !== null)
    await run(
      ctx.tx,
      sql`
        update visits.service
        set grid_id = ${change.heir}, version = version + 1, wrote_in = pg_current_xact_id()
        where county_code = ${county}
          and grid_id = any(${change.from}::uuid[])
          and not (grid_id = any(${change.to}::uuid[]))
          and state not in ('told', 'withdrawn')
      `,
    )
}
