import { clockOf } from '@fengge/domain/events/stored'
import type { EventCore } from '@fengge/domain/events/terms'
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import { gridAfter } from '@fengge/domain/places/rehoming'
import type { Ctx } from '../kernel/context.ts'
import { on } from '../kernel/reactions.ts'
import { ruleBook } from './rule-book.ts'
import { lockOpenIn, saveEvent, type EventRecord } from './store/event.ts'
import { nextSeq } from './store/flow.ts'

/** Open events follow the new borders: by their point where they have one, else to the heir (G5). */
export function eventReactions(): void {
  on(netChanged, rehomeEvents)
}

async function rehomeEvents(ctx: Ctx, change: NetChange): Promise<number> {
  let moved = 0
  for (const event of await lockOpenIn(ctx.tx, ctx.caller.countyCode, change.from)) {
    const core = rehome(event, change)
    if (core.gridId === event.core.gridId) continue
    await saveHome(ctx, event, core)
    moved++
  }
  return moved
}

function rehome({ core, lng, lat }: EventRecord, change: NetChange): EventCore {
  const gridId = gridAfter(change, core.gridId!, lng === null || lat === null ? null : { lng, lat })
  const home = gridId === null ? { villageId: null, townId: null } : change.homeOf(gridId)
  return {
    ...core,
    gridId,
    villageId: home.villageId ?? core.villageId,
    townId: home.townId ?? core.townId,
    version: core.version + 1,
  }
}

/** Moves an open event to another grid, with a row in its flow that says so; the matter itself has not changed. */
async function saveHome(ctx: Ctx, event: EventRecord, core: EventCore): Promise<void> {
  const county = ctx.caller.countyCode
  const { calendar } = await ruleBook(ctx, county)
  await saveEvent(ctx.tx, county, {
    core,
    calendar,
    changedAt: event.changed_at,
    flow: {
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
      detail: { from: event.core.gridId, to: core.gridId },
      evidenceIds: [],
      clock: clockOf(core),
    },
  })
}
