/** What waits for a mover follows him, and the net: nobody looks for whom the register no longer holds. */
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import { personLeft, personMerged, personsDeleted } from '@fengge/domain/registry/facts'
import type { Ctx } from '../../kernel/context.ts'
import { on } from '../../kernel/reactions.ts'
import { carryArrivals, forgetArrivals, raiseArrivals, withdrawArrivals } from './store/arrivals.ts'

export function arrivingReactions(): void {
  on(netChanged, followNet)
  on(personLeft, (ctx, { personId }) => withdrawArrivals(ctx.tx, ctx.caller.countyCode, personId))
  on(personMerged, (ctx, { dropId, keepId }) => carryArrivals(ctx.tx, ctx.caller.countyCode, dropId, keepId))
  on(personsDeleted, (ctx, { personIds }) => forgetArrivals(ctx.tx, ctx.caller.countyCode, personIds))
}

async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  for (const id of change.from.filter((g) => !change.to.includes(g))) {
    const { villageId, townId } = change.homeOf(id)
    await raiseArrivals(ctx.tx, ctx.caller.countyCode, id, { village_id: villageId, town_id: townId })
  }
}
