/** One event with its life, evidence, relatives and what this person may do with it now. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { getEvent as promise, revealReporter as revealPromise } from '@fengge/domain/events/contract/desk'
import { stepsShown, type EventView, type EvidenceRow } from '@fengge/domain/events/contract/views'
import { requestsOf } from '@fengge/domain/events/asking'
import { stateOf } from '@fengge/domain/events/calling'
import { callRuleAt, countsFrom, countTries } from '@fengge/domain/events/forms/call-rules'
import type { WorkCalendar } from '@fengge/domain/events/deadline'
import { placesWithPart } from '@fengge/domain/events/secrecy'
import { bindingDue, limitOf, marksOf } from '@fengge/domain/events/stage-clock'
import type { Suggestion } from '@fengge/domain/events/suggestion'
import { isAwaited, milestones, type EventCore } from '@fengge/domain/events/terms'
import { dayLength } from '@fengge/domain/kernel/time'
import { maskGiven, maskName, onFile } from '@fengge/domain/kernel/text'
import type { Asking, Ctx } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Department } from '../../identity/door.ts'
import { placeTree, type PlaceTree } from '../../places/door.ts'
import { offersFor, reachOf } from '../reach.ts'
import { viewSteps } from '../story/queries/list-steps.ts'
import { aroundOf } from './around.ts'
import { within } from './conditions.ts'
import { ruleBook } from '../rule-book.ts'
import { countOpenChildren, findVisible, type EventRecord } from '../store/event.ts'
import { listFlow } from '../store/flow.ts'
import {
  countLooks,
  holdLooks,
  listReporters,
  listWaiters,
  nameAt,
  phoneAt,
  roundOf,
  type Reporter,
  type WaiterRow,
} from '../store/reporters.ts'
import { suggestFor } from '../suggest.ts'

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
export async function getEvent(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const record = (await findVisible(ctx.tx, ask.id, reachOf(ctx))) ?? refuse('event.not-found', 404)
  const county = ctx.caller.countyCode
  const { departments, calendar } = await ruleBook(ctx, county)
  const [flow, evidence, related, reporters, openChildren, around] = await Promise.all([
    listFlow(ctx.tx, county, record.id),
    listEvidence(ctx, record.id),
    listRelated(ctx, record.core),
    listReporters(ctx.tx, county, record.id),
    countOpenChildren(ctx.tx, county, record.id),
    aroundOf(ctx, record.core),
  ])
  const isTold = await mayReveal(ctx, record, reporters)
  const can = offersFor(ctx, record.core, { now: ctx.now, calendar, openChildren, around })
  const isDesk = can.includes('dispatch') || can.includes('register') || can.includes('merge') || can.includes('recode')
  const suggestion = isDesk ? await suggestFor(ctx, county, record, ctx) : emptySuggestion
  if (record.core.isSensitive || reporters.some((r) => r.phone_sealed !== null))
    ctx.look('event.looked', record.id, { sensitive: record.core.isSensitive })
  return {
    ...viewHead(record, placeTree(ctx), departments),
    ...viewState(record.core, departments, calendar),
    // The id of a matter that is kept from him would tell that there is one.
    parentId: seenOf(related, record.core.parentId),
    mergedInto: seenOf(related, record.core.mergedInto),
    ...viewReporter(ctx, record.core, reporters, isTold),
    onBehalfOf: isTold || record.core.onBehalfOf === '' ? maskGiven(record.core.onBehalfOf) : onFile,
    callList: can.includes('call-back') ? await viewCallList(ctx, record.core, isTold) : [],
    flow: await viewSteps(ctx, { record, reporters }, flow),
    stepsBetween: Math.max(0, (flow.at(-1)?.seq ?? 0) - stepsShown.first - stepsShown.last),
    evidence,
    related,
    suggestion,
    can,
  }
}

const seenOf = (related: EventView['related'], id: string | null): string | null =>
  related.some((r) => r.id === id) ? id : null

export const emptySuggestion: Suggestion = { categories: [], topics: [], duplicates: [], departments: [] }

function viewHead(r: EventRecord, tree: PlaceTree, departments: ReadonlyMap<string, Department>) {
  const c = r.core
  const name = (id: string | null) => (id === null ? null : (tree.get(id)?.name ?? null))
  return {
    id: r.id,
    no: r.no,
    title: r.title,
    content: r.content,
    placeText: r.place_text,
    categoryCode: c.categoryCode,
    status: c.status,
    level: c.level,
    source: c.source,
    urgency: c.urgency,
    isSensitive: c.isSensitive,
    townName: name(c.townId),
    villageName: name(c.villageId),
    gridName: name(c.gridId),
    departmentName: c.departmentId === null ? null : (departments.get(c.departmentId)?.name ?? null),
    reportedAt: r.reported_at.toISOString(),
    occurredAt: r.occurred_at?.toISOString() ?? null,
    point: r.lng === null || r.lat === null ? null : { lng: r.lng, lat: r.lat },
    gridId: c.gridId,
    villageId: c.villageId,
    townId: c.townId,
    deskPlaceId: c.deskPlaceId,
    deskName: name(c.deskPlaceId) ?? '',
    ticketNo: r.ticket_no,
    externalDueAt: r.external_due_at?.toISOString() ?? null,
  }
}

function viewState(c: EventCore, departments: ReadonlyMap<string, Department>, calendar: WorkCalendar) {
  const marks = marksOf(c, calendar)
  return {
    stage: c.stage,
    stageStartedAt: iso(c.stageStartedAt)!,
    dueAt: iso(bindingDue(c)),
    halfAt: iso(marks.half),
    soonAt: iso(marks.soon),
    supervision: c.supervision,
    reworks: c.reworks,
    reopens: c.reopens,
    checkBy: c.checkBy,
    requests: requestsOf(c, calendar).map((r) => ({ kind: r.kind, since: iso(r.since)!, dueAt: iso(r.dueAt)! })),
    version: c.version,
    people: c.people,
    departmentId: c.departmentId,
    answer: c.answer,
    closeKind: c.closeKind,
    closedAt: iso(c.closedAt),
    satisfaction: c.satisfaction,
    isSolved: c.isSolved,
    handleDueAt: iso(c.handleDueAt),
    totalDueAt: iso(c.totalDueAt),
    limits: limitsOf(c),
    spent: { ...c.spent },
    pausedMs: c.pausedMs,
    suspension: c.suspension && { reason: c.suspension.reason, until: iso(c.suspension.until)! },
    pendingExtension: c.pendingExtension && {
      until: iso(c.pendingExtension.until)!,
      reason: c.pendingExtension.reason,
      plan: c.pendingExtension.plan,
    },
    forceCloseReason: c.forceClose?.reason ?? null,
    cancelReason: c.cancelAsk?.reason ?? null,
    recodeAsk: c.recodeAsk && { categoryCode: c.recodeAsk.categoryCode, reason: c.recodeAsk.reason },
    redLeader: c.redLeader,
    forceCloseAnswer: c.forceClose?.answer ?? null,
    isAwaited: isAwaited(c),
    isUnsignedFlagged: c.isUnsignedFlagged,
    partPlaceIds: placesOf(c),
    coHandlers: c.coHandlers.map((h) => ({ ...h, name: departments.get(h.departmentId)?.name ?? '' })),
  } satisfies Partial<EventView>
}

const limitsOf = (core: EventCore) =>
  Object.fromEntries(milestones.map((m) => [m, limitOf(core.limits, m, core.urgency)])) as EventView['limits']

const placesOf = (core: EventCore): string[] | null => {
  const places = placesWithPart(core)
  return places && [...places]
}

/**
 * That a citizen left his name and phone, the surname to who may ask for the rest, and no digit: four of them and a search
 * of the registry are a name. Staff stand in the flow by name, but for who told of staff.
 */
function viewReporter(ctx: Asking, core: EventCore, rows: readonly Reporter[], isTold: boolean) {
  const first = rows[0]
  return {
    reporterName: first ? shownName(ctx, core, first, isTold) : null,
    reporterPhone: first?.phone_sealed ? onFile : null,
    reporters: rows.length,
    isAnonymous: first !== undefined && isNobody(first),
    isAnswerWanted: rows.some((r) => r.wants_answer),
  }
}

function shownName(ctx: Asking, core: EventCore, reporter: Reporter, isTold: boolean): string | null {
  const name = nameOf(ctx, reporter)
  if (!name) return null
  if (reporter.name_sealed === null) return core.isAboutStaff ? onFile : maskName(name)
  return isTold ? maskGiven(name) : onFile
}

const shownOf = (ctx: Asking, { id, nameSealed }: WaiterRow, isTold: boolean): string =>
  nameSealed !== null && isTold ? maskGiven(ctx.sealer.open(nameSealed, nameAt(id))) : onFile

/** Who is still to be rung, and who was; the number that was dialled is the sealed one that he left, shown for a purpose. */
async function viewCallList(ctx: Asking, core: EventCore, isTold: boolean): Promise<EventView['callList']> {
  const rule = callRuleAt(ctx.now)
  const waiters = await listWaiters(ctx.tx, ctx.caller.countyCode, core.id, roundOf(core))
  return waiters.map((w) => ({
    reporterId: w.id,
    name: w.nameSealed === null ? null : shownOf(ctx, w, isTold),
    phone: w.isPhoneLeft ? onFile : null,
    state: stateOf(w, ctx.now),
    tries: w.tries.map((at) => iso(at)!),
    counted: countTries(w.tries, rule),
    needed: rule.tries,
    countsFrom: iso(countsFrom(w.tries, ctx.now, rule)),
  }))
}

const isNobody = (r: Reporter) => r.account_id === null && r.name_sealed === null && r.phone_sealed === null

/** A reporter's name in clear: sealed for a citizen, of the account for everybody else. */
const nameOf = (ctx: Asking, { id, name_sealed, account_name }: Reporter) =>
  name_sealed ? ctx.sealer.open(name_sealed, nameAt(id)) : account_name

export async function listEvidence(ctx: Asking, eventId: string): Promise<EvidenceRow[]> {
  const rows = await rowsOf<{
    id: string
    kind: EvidenceRow['kind']
    phase: EvidenceRow['phase']
    name: string
    mime: string
    size: number
    sha256: string
    has: boolean
    at: Date
  }>(
    ctx.tx,
    sql`
      select id, kind, phase, name, mime, size, sha256, thumbnail_path is not null as has, at
      from events.evidence
      where county_code = ${ctx.caller.countyCode} and event_id = ${eventId}
      order by at
    `,
  )
  return rows.map(({ has, at, ...r }) => ({ ...r, hasThumbnail: has, at: at.toISOString() }))
}

/** Parts and twins of an event, as far as the caller sees them. */
function listRelated(ctx: Asking, core: EventCore): Promise<EventView['related']> {
  return rowsOf(
    ctx.tx,
    sql<EventView['related'][number]>`
      select
        e.id, e.no, e.title, e.status, case
          when e.parent_id = ${core.id} then 'child'
          when e.merged_into = ${core.id} then 'merged'
          when e.id = ${core.parentId} then 'parent'
          else 'target'
        end as relation
      from events.event e
      where (
          e.parent_id = ${core.id}
          or e.merged_into = ${core.id}
          or e.id = ${core.parentId}::uuid
          or e.id = ${core.mergedInto}::uuid
        )
        and ${within(reachOf(ctx))}
      order by e.id = ${core.parentId}::uuid is true or e.id = ${core.mergedInto}::uuid is true desc, e.no
      limit 50
    `,
  )
}

/** Shows who reported, in clear, against a purpose; every look is in the journal, and twenty a day are enough (B7). */
export async function revealReporter(
  ctx: Ctx,
  ask: AskOf<typeof revealPromise>,
): Promise<ReplyOf<typeof revealPromise>> {
  const { countyCode, accountId } = ctx.caller
  const record = (await findRevealed(ctx, ask.eventId)) ?? refuse('event.not-found', 404)
  await holdLooks(ctx.tx, accountId)
  const today = await countLooks(ctx.tx, countyCode, { accountId, what: reveal, since: ctx.now - dayLength })
  if (today >= mostReveals) refuse('look.quota', 429, { most: mostReveals })
  ctx.look(reveal, record.id, { purpose: ask.purpose })
  const reporters = await listReporters(ctx.tx, countyCode, record.id)
  return {
    reporters: reporters.map((r) => ({
      id: r.id,
      name: nameOf(ctx, r) ?? '',
      phone: r.phone_sealed ? ctx.sealer.open(r.phone_sealed, phoneAt(r.id)) : '',
    })),
  }
}

/**
 * The event where the caller may ask who told of it: who only helps its department never does. What is about staff shows
 * that to nobody who serves a grid, nor to who told of it with him.
 */
async function findRevealed(ctx: Asking, id: string): Promise<EventRecord | undefined> {
  const reach = { ...reachOf(ctx, 'event.reveal-reporter'), isHelpLeftOut: true }
  const record = await findVisible(ctx.tx, id, reach)
  if (!record?.core.isAboutStaff) return record
  return findVisible(ctx.tx, id, { ...reach, grids: [], caredFor: [], accountId: null })
}

/** Whether a caller may ask for what is sealed of who told; asked where there is something. */
async function mayReveal(ctx: Asking, { id, core }: EventRecord, rows: readonly Reporter[]): Promise<boolean> {
  if (core.onBehalfOf === '' && rows.every((r) => r.name_sealed === null)) return false
  return (await findRevealed(ctx, id)) !== undefined
}

const reveal = 'reporter.revealed'
const mostReveals = 20

/** @throws not found where it is out of the caller's reach */
export async function mustSeeEvent(ctx: Asking, id: string): Promise<void> {
  if (!(await findVisible(ctx.tx, id, reachOf(ctx)))) refuse('event.not-found', 404)
}

/** Those of some events that a caller may see: of the others not even the id is told. */
export async function visibleAmong(ctx: Asking, ids: readonly (string | null)[]): Promise<ReadonlySet<string>> {
  const asked = [...new Set(ids.filter((id) => id !== null))]
  if (asked.length === 0) return new Set()
  const rows = await rowsOf<{ id: string }>(
    ctx.tx,
    sql`select e.id from events.event e where e.id = any(${asked}::uuid[]) and ${within(reachOf(ctx))}`,
  )
  return new Set(rows.map((r) => r.id))
}
