/** What phones could not hand in waits at a place, and follows the net (G5). */
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import { heirOf } from '@fengge/domain/places/rehoming'
import type { Ctx } from '../kernel/context.ts'
import { on } from '../kernel/reactions.ts'
import { followInbox } from './store/inbox.ts'

export function syncReactions(): void {
  on(netChanged, followNet)
}

async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  for (const id of change.ended) {
    const heir = heirOf(change, id)
    if (heir !== null) await followInbox(ctx.tx, ctx.caller.countyCode, id, heir)
  }
}
