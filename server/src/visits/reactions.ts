/** What visits hold follows what it is about: when the net changes, when somebody moves, and when two records become one. */
import { dayOf } from '@fengge/domain/kernel/time'
import { netChanged, netForeseen, type NetChange, type NetForesight } from '@fengge/domain/places/facts'
import { gridAfter, heirOf, villagesOf } from '@fengge/domain/places/rehoming'
import {
  personCameBack,
  personLeft,
  overlaySaved,
  personLinked,
  personMerged,
  personParted,
  personsDeleted,
  recordClosed,
  recordReopened,
  type PersonGone,
  type PersonHomed,
  type PersonsJoined,
  type RecordsGone,
} from '@fengge/domain/registry/facts'
import type { Asking, Ctx } from '../kernel/context.ts'
import { answers, on } from '../kernel/reactions.ts'
import { followCampaigns } from './store/campaigns.ts'
import { carryLast, carryOthers, carryTasks, returnLast, returnOthers, returnTasks } from './store/carrying.ts'
import {
  countLeft,
  dropTasksOfEndedCare,
  followCautions,
  followGrid,
  followPeople,
  followPerson,
  followPlaces,
  followRecords,
  followRecordsOf,
  listServicesIn,
  moveService,
} from './store/following.ts'
import { endHazardsOfGone, reopenHazards } from './store/hazards.ts'
import { dropTasksOf, forgetAnswers, reopenTasks } from './store/leaving.ts'

export function visitReactions(): void {
  answers(netForeseen, foreseeNet)
  on(netChanged, followNet)
  on(personLinked, followMove)
  on(personLeft, followLeaving)
  on(personCameBack, followBack)
  on(recordClosed, followClosing)
  on(recordReopened, followReopening)
  on(personsDeleted, forgetPeople)
  on(overlaySaved, followCare)
  on(personMerged, followMerge)
  on(personParted, followParting)
}

/** Where what follows nothing goes. */
const afterAll = (change: NetChange, id: string, gridId: string) =>
  change.to.includes(gridId) ? gridId : gridAfter(change, { id, gridId, point: null })

const endedGrids = (change: NetChange) => change.from.filter((g) => !change.to.includes(g))

async function foreseeNet(asking: Asking, change: NetChange): Promise<NetForesight> {
  const county = asking.caller.countyCode
  const ended = endedGrids(change)
  const left = await countLeft(asking.tx, county, ended)
  const services = await listServicesIn(asking.tx, county, ended)
  return {
    loose: [
      ...left.flatMap(({ thing, grid_id: from, n }) =>
        afterAll(change, '', from) === undefined ? [{ thing, id: null, name: '', from, n }] : [],
      ),
      // A service is always a grid's; one for somebody who is registered goes where he goes.
      ...services.flatMap(({ id, no, grid_id: from, person_id: person }) =>
        (afterAll(change, id, from) ?? null) === null && (person === null || change.to.length === 0)
          ? [{ thing: 'service' as const, id, name: no, from, n: 1 }]
          : [],
      ),
    ],
  }
}

async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  const county = ctx.caller.countyCode
  const homeFor = <G extends string | null>(from: string, gridId: G) => ({ gridId, ...change.homeOf(gridId ?? from) })
  await change.step('tasks')
  await followRecords(ctx.tx, county, { grids: change.from, villages: villagesOf(change) })
  await followPeople(ctx.tx, county, change.from)
  for (const from of endedGrids(change)) {
    const to = afterAll(change, '', from)
    if (to !== undefined) await followGrid(ctx.tx, county, from, homeFor(from, to))
  }
  for (const { id, grid_id: from } of await listServicesIn(ctx.tx, county, endedGrids(change))) {
    const to = afterAll(change, id, from)
    if (typeof to === 'string') await moveService(ctx.tx, county, id, homeFor(from, to))
  }
  for (const id of change.ended) {
    const { villageId } = change.homeOf(id)
    const followers = change.followersOf(id)
    const next = followers.length > 0 || villageId === null ? followers : [villageId]
    if (next.length > 0) await followPlaces(ctx.tx, county, id, next)
    const heir = heirOf(change, id)
    if (heir !== null) await followCampaigns(ctx.tx, county, id, heir)
  }
}

/** Whoever visited him where he lived before is told nothing of where he lives now. */
async function followMove(ctx: Ctx, { personId, from, to }: PersonHomed): Promise<void> {
  if (from.gridId !== to.gridId || from.villageId !== to.villageId || from.townId !== to.townId)
    await followPerson(ctx.tx, ctx.caller.countyCode, personId)
}

/** Nobody is sent to the door of who has left. */
async function followLeaving(ctx: Ctx, { personId, leavingId }: PersonGone): Promise<void> {
  await dropTasksOf(ctx.tx, ctx.caller.countyCode, [personId], leavingId)
  await endHazardsOfGone(ctx.tx, ctx.caller.countyCode)
}

/** Nor to a shop or a home that is there no more. */
async function followClosing(ctx: Ctx, { recordIds, closingId }: RecordsGone): Promise<void> {
  await dropTasksOf(ctx.tx, ctx.caller.countyCode, recordIds, closingId)
  await endHazardsOfGone(ctx.tx, ctx.caller.countyCode)
}

async function followReopening(ctx: Ctx, { recordIds, closingId }: RecordsGone): Promise<void> {
  const county = ctx.caller.countyCode
  await reopenHazards(ctx.tx, county, closingId)
  await reopenTasks(ctx.tx, county, closingId)
  await followRecordsOf(ctx.tx, county, recordIds)
}

/** A slip opens again what it dropped; who was really away is visited by the rules, from the beginning. */
async function followBack(
  ctx: Ctx,
  { personId, leavingId, isSlip }: PersonGone & { readonly isSlip: boolean },
): Promise<void> {
  if (!isSlip) return
  await reopenHazards(ctx.tx, ctx.caller.countyCode, leavingId)
  await reopenTasks(ctx.tx, ctx.caller.countyCode, leavingId)
  // The border may have moved over his house meanwhile.
  await followPerson(ctx.tx, ctx.caller.countyCode, personId)
}

async function followCare(ctx: Ctx, { personId }: { readonly personId: string }): Promise<void> {
  const today = dayOf(ctx.now)
  await followCautions(ctx.tx, ctx.caller.countyCode, { personId, today })
  await dropTasksOfEndedCare(ctx.tx, ctx.caller.countyCode, today)
}

async function forgetPeople(ctx: Ctx, { personIds }: { readonly personIds: readonly string[] }): Promise<void> {
  await forgetAnswers(ctx, personIds)
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
  for (const id of [joined.keepId, joined.dropId]) await followPerson(ctx.tx, county, id)
}
