/** What visits hold follows what it is about: when the net changes, when somebody moves, and when two records become one. */
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import {
  personLinked,
  personMerged,
  personParted,
  type PersonHomed,
  type PersonsJoined,
} from '@fengge/domain/registry/facts'
import type { Ctx } from '../kernel/context.ts'
import { on } from '../kernel/reactions.ts'
import { carryLast, carryOthers, carryTasks, returnLast, returnOthers, returnTasks } from './store/carrying.ts'
import { followHeir, followPeople, followPerson, followRecords } from './store/following.ts'

export function visitReactions(): void {
  on(netChanged, followNet)
  on(personLinked, followMove)
  on(personMerged, followMerge)
  on(personParted, followParting)
}

async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  const county = ctx.caller.countyCode
  await followRecords(ctx.tx, county, change.from)
  await followPeople(ctx.tx, county, change.from)
  if (change.heir !== null) await followHeir(ctx.tx, county, change, change.heir)
}

/** Whoever visited him where he lived before is told nothing of where he lives now. */
async function followMove(ctx: Ctx, { personId, from, to }: PersonHomed): Promise<void> {
  if (from.gridId !== to.gridId || from.villageId !== to.villageId || from.townId !== to.townId)
    await followPerson(ctx.tx, ctx.caller.countyCode, personId)
}

async function followMerge(ctx: Ctx, joined: PersonsJoined): Promise<void> {
  const county = ctx.caller.countyCode
  await carryTasks(ctx.tx, county, joined)
  await carryOthers(ctx.tx, county, joined)
  await carryLast(ctx.tx, county, joined)
}

async function followParting(ctx: Ctx, joined: PersonsJoined): Promise<void> {
  const county = ctx.caller.countyCode
  await returnTasks(ctx.tx, county, joined)
  await returnOthers(ctx.tx, county, joined)
  await returnLast(ctx.tx, county, joined)
}
