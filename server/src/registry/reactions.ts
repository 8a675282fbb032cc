/** When the net changes, buildings find their new grid and everything in them follows. */
import { placeFor } from './sight.ts'
import { sql, rowsWritten } from '../kernel/db/sql.ts'
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import type { Ctx } from '../kernel/context.ts'
import { on } from '../kernel/reactions.ts'

export function registryReactions(): void {
  on(netChanged, followNet)
}

async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  const county = ctx.caller.countyCode
  for (const from of change.from) {
    // Without a point of its own a building goes to the heir; a closed grid leaves it to its village.
    const home = change.heir ?? (change.to.includes(from) ? from : null)
    if (home === from) continue
    const place =
      home === null
        ? { gridId: null, ...change.homeOf(from) }
        : { ...placeFor(home), ...change.homeOf(home), gridId: home }
    for (const kind of ['estate', 'building', 'house', 'person', 'unit', 'facility'] as const)
      await rowsWritten(
        ctx.tx,
        sql`
          update ${sql.table(`registry.${kind}`)}
          set grid_id = ${place.gridId}, village_id = ${place.villageId}, town_id = ${place.townId}, version = version + 1
          where county_code = ${county} and grid_id = ${from}
        `,
      )
  }
}
