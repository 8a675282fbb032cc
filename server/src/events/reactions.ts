import { clockOf } from '@fengge/domain/events/stored'
import { withoutDepartment } from '@fengge/domain/events/stage-clock'
import type { EventCore } from '@fengge/domain/events/terms'
import { departmentClosed } from '@fengge/domain/identity/facts'
import {
  gridsWeighed,
  netChanged,
  netForeseen,
  type GridFigures,
  type NetChange,
  type NetForesight,
} from '@fengge/domain/places/facts'
import { gridAfter, heirOf, villagesOf, type Point } from '@fengge/domain/places/rehoming'
import type { LoosePart, NetFlow } from '@fengge/domain/places/terms'
import type { Asking, Ctx } from '../kernel/context.ts'
import { answers, on } from '../kernel/reactions.ts'
import { noticesOfClosedDepartment } from './notices.ts'
import { forgetRules, ruleBook } from './rule-book.ts'
import { countOfClass, listOpenIn } from './queries/of-grids.ts'
import { lockOpenIn, lockOpenOf, saveEvent, type EventRecord } from './store/event.ts'
import { nextSeq } from './store/flow.ts'
import { wakeMerged } from './store/joined.ts'
import { followNotices, noticeRow, saveNotices } from './store/notices.ts'
import { followViews } from './store/views.ts'

/** Open events follow the new borders: by their point where they have one, else where a person said (G5). */
export function eventReactions(): void {
  answers(netForeseen, foreseeEvents)
  answers(gridsWeighed, weighGrids)
  on(netChanged, rehomeEvents)
  on(departmentClosed, takeBack)
}

/** Disputes of the last year in some grids (domain.md C1). */
async function weighGrids(
  asking: Asking,
  { gridIds }: { readonly gridIds: readonly string[] },
): Promise<GridFigures[]> {
  const since = new Date(asking.now - 365 * 86_400_000)
  const rows = await countOfClass(asking.tx, asking.caller.countyCode, { classCode: disputeClass, gridIds, since })
  return rows.map(({ grid_id: gridId, n }) => ({ gridId, figures: { dispute: n } }))
}
/** 矛盾纠纷: the class of the catalogue that its disputes are in. */
const disputeClass = '10'

async function foreseeEvents(asking: Asking, change: NetChange): Promise<NetForesight> {
  const flows = new Map<string, NetFlow>()
  const loose: LoosePart[] = []
  for (const { id, no, grid_id: from, lng, lat } of await listOpenIn(
    asking.tx,
    asking.caller.countyCode,
    whereOf(change),
  )) {
    const to = after(change, { id, from, point: pointOf({ lng, lat }) })
    const key = `${from} ${to}`
    if (to === undefined) {
      if (from !== null) loose.push({ thing: 'event', id, name: no, from, n: 1 })
    } else flows.set(key, { thing: 'event', from, to, n: 1 + (flows.get(key)?.n ?? 0) })
  }
  return { moved: [...flows.values()], loose }
}

const whereOf = (change: NetChange) => ({ grids: change.from, villages: villagesOf(change) })

/** What lies in no grid comes into one that now holds its point. */
function after(
  change: NetChange,
  { id, from, point }: { readonly id: string; readonly from: string | null; readonly point: Point | null },
): string | null | undefined {
  if (from !== null) return gridAfter(change, { id, gridId: from, point })
  const to = point === null ? undefined : change.locate(point.lng, point.lat)
  return to !== undefined && change.to.includes(to) ? to : undefined
}

const pointOf = ({ lng, lat }: Pick<EventRecord, 'lng' | 'lat'>) => (lng === null || lat === null ? null : { lng, lat })

async function rehomeEvents(ctx: Ctx, change: NetChange): Promise<number> {
  await change.step('events')
  let moved = 0
  for (const event of await lockOpenIn(ctx.tx, ctx.caller.countyCode, whereOf(change))) {
    const core = rehome(event, change)
    if (core.gridId === event.core.gridId) continue
    await saveHome(ctx, event, core)
    moved++
  }
  await followNotices(ctx.tx, ctx.caller.countyCode, change.ended)
  for (const id of change.ended) {
    const heir = heirOf(change, id)
    if (heir !== null) await followViews(ctx.tx, ctx.caller.countyCode, id, heir)
  }
  return moved
}

function rehome(event: EventRecord, change: NetChange): EventCore {
  const { core } = event
  const from = core.gridId
  const gridId = after(change, { id: core.id, from, point: pointOf(event) })
  if (gridId === undefined) return core
  const home = change.homeOf((gridId ?? from)!)
  return {
    ...core,
    gridId,
    villageId: home.villageId ?? core.villageId,
    townId: home.townId ?? core.townId,
    version: core.version + 1,
  }
}

/** Moves an open event to another grid, with a row in its flow that says so; the matter itself has not changed. */
const saveHome = (ctx: Ctx, event: EventRecord, core: EventCore): Promise<void> =>
  saveFollowed(ctx, event, {
    core,
    action: 'rehome',
    detail: { from: event.core.gridId, to: core.gridId },
    changedAt: event.changed_at,
  })

/** What a department that is closed has in hand goes back to its desks, which are told (D2). */
async function takeBack(ctx: Ctx, { departmentId }: { readonly departmentId: string }): Promise<number> {
  const county = ctx.caller.countyCode
  const { calendar } = await ruleBook(ctx, county)
  let followed = 0
  for (const event of await lockOpenOf(ctx.tx, county, departmentId)) {
    const core = withoutDepartment(event.core, departmentId, { now: ctx.now, calendar })
    if (core === event.core) continue
    followed++
    await saveFollowed(ctx, event, { core, action: 'department-closed', detail: { department: departmentId } })
    if (core.status === event.core.status) continue
    await wakeMerged(ctx.tx, county, core.id)
    const notices = noticesOfClosedDepartment(core, ctx.now)
    await saveNotices(
      ctx.tx,
      notices.map((n) => noticeRow(county, core.id, n, ctx.now)),
    )
  }
  forgetRules(ctx)
  return followed
}

interface Followed {
  readonly core: EventCore
  readonly action: string
  readonly detail: Record<string, unknown>
  readonly changedAt?: Date
}

/** Keeps what followed for an event, with a row in its flow that says so. */
async function saveFollowed(
  ctx: Ctx,
  event: EventRecord,
  { core, action, detail, changedAt }: Followed,
): Promise<void> {
  const county = ctx.caller.countyCode
  const { calendar } = await ruleBook(ctx, county)
  await saveEvent(ctx.tx, county, {
    core,
    calendar,
    ...(changedAt === undefined ? {} : { changedAt }),
    flow: {
      seq: await nextSeq(ctx.tx, county, core.id),
      action,
      from: event.core.status,
      to: core.status,
      at: ctx.now,
      accountId: ctx.caller.accountId,
      postingId: null,
      actorName: ctx.caller.name,
      actorRole: null,
      actorOffice: null,
      reason: '',
      detail,
      evidenceIds: [],
      clock: clockOf(core),
    },
  })
}
