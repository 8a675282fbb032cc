/** Meetings that are called follow the net (G5); those that were held stay where they were. */
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import { heirOf } from '@fengge/domain/places/rehoming'
import type { Ctx } from '../kernel/context.ts'
import { on } from '../kernel/reactions.ts'
import { followMeetings } from './store.ts'

export function worklogReactions(): void {
  on(netChanged, followNet)
}

async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  for (const id of change.ended) {
    const heir = heirOf(change, id)
    if (heir !== null) await followMeetings(ctx.tx, ctx.caller.countyCode, id, heir)
  }
}
