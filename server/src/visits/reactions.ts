/** When the net changes, tasks, hazards and services follow what they are about. */
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import type { Ctx } from '../kernel/context.ts'
import { on } from '../kernel/reactions.ts'
import { followHeir, followPeople, followRecords } from './store/following.ts'

export function visitReactions(): void {
  on(netChanged, followNet)
}

async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  const county = ctx.caller.countyCode
  await followRecords(ctx.tx, county, change.from)
  await followPeople(ctx.tx, county, change.from)
  if (change.heir !== null) await followHeir(ctx.tx, county, change, change.heir)
}
