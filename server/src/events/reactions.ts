import type { EventCore } from '@fengge/domain/events/terms'
import type { Ctx } from '../kernel/context.ts'
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import { gridAfter } from '@fengge/domain/places/rehoming'
import { on } from '../kernel/reactions.ts'
import { listOpenIn, saveHome } from './rehome-store.ts'

/** Open events follow the new borders: by their point where they have one, else to the heir (G5). */
export function eventReactions(): void {
  on(netChanged, rehomeEvents)
}

async function rehomeEvents(ctx: Ctx, change: NetChange): Promise<number> {
  const open = await listOpenIn(ctx.tx, ctx.caller.countyCode, change.from)
  let moved = 0
  for (const event of open) {
    const { lng, lat } = event
    const gridId = gridAfter(change, event.core.gridId!, lng === null || lat === null ? null : { lng, lat })
    if (gridId === event.core.gridId) continue
    const home =
      gridId === null ? { villageId: event.core.villageId, townId: event.core.townId } : change.homeOf(gridId)
    const core: EventCore = {
      ...event.core,
      gridId,
      villageId: home.villageId ?? event.core.villageId,
      townId: home.townId ?? event.core.townId,
      version: event.core.version + 1,
    }
    await saveHome(ctx, core, event.core.gridId)
    moved++
  }
  return moved
}
