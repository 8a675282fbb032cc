/** Every act on an event goes through here: lock, may and decide by the table, save, tell. */
import type { Act, Action } from '@fengge/domain/events/acts'
import type { ActAsked } from '@fengge/domain/events/contract/desk'
import type { Actor } from '@fengge/domain/events/actor'
import { decide, words, type Decision } from '@fengge/domain/events/decide'
import { ownPhaseOf } from '@fengge/domain/events/forms/evidence'
import { eventActed, evidenceAttached } from '@fengge/domain/events/facts'
import type { Given } from '@fengge/domain/events/given'
import type { Hand } from '@fengge/domain/events/secrecy'
import { availableActions } from '@fengge/domain/events/standing'
import { clockOf } from '@fengge/domain/events/stored'
import { isOpen, type Category, type EventCore } from '@fengge/domain/events/terms'
import type { Asking, Ctx, Post } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse, settle } from '../../kernel/problems.ts'
import { departmentsServed, isPosted } from '../../identity/door.ts'
import { placeTree } from '../../places/door.ts'
import { homeAgain } from '../home-again.ts'
import { keepParts } from '../keep-parts.ts'
import { refuseMoreWords } from '../story/most-words.ts'
import { noticesFor } from '../notices.ts'
import { aroundOf } from '../queries/around.ts'
import { actorOf, reachOf } from '../reach.ts'
import { ruleBook, type RuleBook } from '../rule-book.ts'
import { countOpenChildren, findVisible, lockEvent, saveEvent, wakeEvent, type EventRecord } from '../store/event.ts'
import { attachEvidence, listPhases, type Attachment } from '../store/evidence.ts'
import { nextSeq, type FlowEntry } from '../store/flow.ts'
import { wakeMerged } from '../store/joined.ts'
import { saveExample, savePrecedent } from '../store/learning.ts'
import { noticeRow, saveNotices, type Notice } from '../store/notices.ts'
import { moveWords } from '../store/scope-words.ts'
import { listWaiters, roundOf, saveTold, tellReporters } from '../store/reporters.ts'
import { carryBelow, findRoot, joinTo, partFrom } from './join.ts'
import { asAccount, takeInNow, type Site } from '../take-in.ts'

export interface ActAsk {
  readonly eventId: string
  readonly version?: number | undefined
  readonly evidenceIds?: readonly string[]
  /** How somebody without an account stands before the event; of a caller with posts it is seen from them. */
  readonly as?: Actor
  /** The post of whoever writes down what somebody without an account says. */
  readonly heardBy?: Post
}
export interface Acted {
  readonly event: EventCore
  readonly can: Action[]
}

/** Takes an act. A stale version is refused with what changed since; an event out of reach is not found. */
export async function act(ctx: Ctx, ask: ActAsk, what: Act): Promise<Acted> {
  const record = await hold(ctx, ask, what)
  if (words.has(what.action)) await refuseMoreWords(ctx, record.id)
  const seq = await nextSeq(ctx.tx, ctx.caller.countyCode, record.id)
  const evidenceIds = ask.evidenceIds ?? []
  if (evidenceIds.length > 0)
    await attach(ctx, { eventId: record.id, evidenceIds, phase: ownPhaseOf(what.action), isPhaseSent: true })
  const book = await ruleBook(ctx, ctx.caller.countyCode)
  const actorBefore = async (event: EventCore) => ask.as ?? actorOf(ctx, event, await aroundOf(ctx, event))
  const given = { ...(await gather(ctx, record, what, book)), actor: await actorBefore(record.core) }
  const decided = settle(decide(record.core, what, given))
  const decision = { ...decided, event: homeAgain(ctx, record, decided.event) }
  const { heardBy } = ask
  await save(ctx, { record, what, decision, book, seq, evidenceIds, target: given.mergeTarget, heardBy })
  const openChildren = given.openChildren + (what.action === 'split' ? what.children.length : 0)
  const moment = { ...given, openChildren, actor: await actorBefore(decision.event) }
  return { event: decision.event, can: availableActions(decision.event, moment) }
}

/** The act of an endpoint, whose fields stand beside the event and its version. */
export async function actByRoute(
  ctx: Ctx,
  action: Action,
  ask: ActAsked,
): Promise<Pick<EventCore, 'id' | 'status' | 'version'> & { dueAt: string | null; can: Action[] }> {
  const { requestId: _requestId, eventId, version, evidenceIds, ...fields } = ask
  const { event, can } = await act(ctx, { eventId, version, evidenceIds }, { action, ...fields } as Act)
  return {
    id: event.id,
    status: event.status,
    version: event.version,
    dueAt: event.dueAt === null ? null : new Date(event.dueAt).toISOString(),
    can,
  }
}

async function hold(ctx: Ctx, ask: ActAsk, what: Act): Promise<EventRecord> {
  const { countyCode, kind } = ctx.caller
  if (kind === 'person' && !(await findVisible(ctx.tx, ask.eventId, reachOf(ctx))))
    return refuse('event.not-found', 404)
  // Two that are joined are held in one order, whichever is joined to which.
  if (what.action === 'merge' && what.intoEventId < ask.eventId) await lockEvent(ctx.tx, countyCode, what.intoEventId)
  const record = (await lockEvent(ctx.tx, countyCode, ask.eventId)) ?? refuse('event.not-found', 404)
  const { version, status } = record.core
  if (ask.version !== undefined && ask.version !== version)
    refuse('event.stale', 409, { version, status, since: ask.version })
  return record
}

async function attach(ctx: Ctx, what: Omit<Attachment, 'accountId'>): Promise<void> {
  const { countyCode, accountId } = ctx.caller
  const files = await attachEvidence(ctx.tx, countyCode, { ...what, accountId })
  if (files.length !== new Set(what.evidenceIds).size) refuse('evidence.unknown', 422)
  ctx.tell(evidenceAttached, { count: files.length, phase: what.phase, files }, what.eventId)
}

async function gather(ctx: Ctx, record: EventRecord, what: Act, book: RuleBook): Promise<Omit<Given, 'actor'>> {
  const county = ctx.caller.countyCode
  const event = record.core
  const category =
    book.category(event.categoryCode, record.reported_at.getTime()) ??
    book.meaning(event.categoryCode, ctx.now) ??
    refuse('category.unknown', 422)
  const isFinish = what.action === 'finish'
  return {
    now: ctx.now,
    calendar: book.calendar,
    category,
    departments: book.departments,
    nobodyIn: await nobodyIn(ctx, what),
    newCategory: newCategoryOf(event, what, book, ctx.now),
    openChildren: await countOpenChildren(ctx.tx, county, event.id),
    evidencePhases: isFinish ? await listPhases(ctx.tx, county, event.id) : new Set(),
    presentWorkerId: isFinish && (await isWorkerThere(ctx, event)) ? event.reporterId : null,
    waiters: asksWaiters.has(what.action) ? await listWaiters(ctx.tx, county, event.id, roundOf(event)) : [],
    site: what.action === 'place' ? gridSite(ctx, what.gridId) : undefined,
    mergeTarget: what.action === 'merge' ? await findTarget(ctx, what.intoEventId) : undefined,
    root: what.action === 'unlink' ? await findRoot(ctx, event) : undefined,
  }
}

/** Departments that it would be sent to, where nobody serves who would handle it. */
async function nobodyIn({ tx, now }: Asking, what: Act): Promise<Given['nobodyIn']> {
  const ids = sentTo(what)
  if (ids.length === 0) return undefined
  const served = await departmentsServed(tx, { ids, duty: 'event.finish', now })
  return new Set(ids.filter((id) => !served.has(id)))
}

function sentTo(what: Act): readonly string[] {
  if (what.action === 'dispatch') return [what.departmentId, ...what.coDepartmentIds]
  if (what.action === 'ask-co-handling') return what.departmentIds
  return what.action === 'transfer' || what.action === 'rule' ? [what.departmentId] : []
}

/** What it is to be: as it is said, or as it was asked for before. */
function newCategoryOf(event: EventCore, what: Act, book: RuleBook, now: number): Given['newCategory'] {
  if (what.action === 'recode') return book.category(what.categoryCode, now)
  const asked = what.action === 'agree-recode' ? event.recodeAsk : null
  return asked === null ? undefined : book.category(asked.categoryCode, now)
}

/** Steps that end a matter only with the last who waits. */
const asksWaiters: ReadonlySet<Action> = new Set(['pass', 'call-back', 'confirm-unreasonable', 'rate'])

/** Whether the worker who reported still serves the grid. */
async function isWorkerThere(ctx: Asking, event: EventCore): Promise<boolean> {
  if (event.reporterId === null || event.gridId === null || event.source !== 'grid-worker') return false
  return isPosted(ctx.tx, { accountId: event.reporterId, placeId: event.gridId, duty: 'event.pass' }, ctx.now)
}

/** What is joined to: in the reach of who joins, and held, since it will count one more. */
/** A grid of the county with what it lies in; nothing where the place is none. */
function gridSite(ctx: Asking, id: string): Given['site'] {
  const tree = placeTree(ctx)
  const node = tree.get(id)
  if (node?.tier !== 'grid' || node.countyCode !== ctx.caller.countyCode) return undefined
  const up = (tier: 'village' | 'town') => tree.ancestor(id, tier)?.id ?? null
  return { gridId: id, villageId: up('village'), townId: up('town') }
}

async function findTarget(ctx: Ctx, id: string): Promise<EventCore | undefined> {
  if (!(await findVisible(ctx.tx, id, reachOf(ctx)))) return undefined
  return (await lockEvent(ctx.tx, ctx.caller.countyCode, id))?.core
}

/** An act that was decided, with all that its saving needs. */
interface Taken {
  readonly record: EventRecord
  readonly what: Act
  readonly decision: Decision
  readonly book: RuleBook
  readonly seq: number
  readonly evidenceIds: readonly string[]
  readonly target: EventCore | undefined
  readonly heardBy: Post | undefined
}

async function save(ctx: Ctx, taken: Taken): Promise<void> {
  const { record, what, decision, book } = taken
  const { event } = decision
  const county = ctx.caller.countyCode
  const post = ctx.caller.posts.find((p) => p.id === decision.stand?.postingId) ?? taken.heardBy ?? null
  await saveEvent(ctx.tx, county, { core: event, calendar: book.calendar, flow: stepOf(ctx, taken, post) })
  if (event.parentId !== null && isOpen(record.core.status) !== isOpen(event.status))
    await wakeEvent(ctx.tx, county, event.parentId)
  if (event.isSensitive) await keepParts(ctx, record.core, event, handOf(ctx, taken))
  const { told } = decision
  if (told !== undefined && told.reporterId !== '') await saveTold(ctx.tx, county, told, ctx.now)
  await follow(ctx, taken)
  const notices = noticesFor(event, what.action, ctx.now)
  if (event.status !== record.core.status) await wakeMerged(ctx.tx, county, event.id)
  if (event.status === 'closed' && record.core.status !== 'closed') notices.push(...(await tellClosed(ctx, event.id)))
  await saveNotices(
    ctx.tx,
    notices.map((n) => noticeRow(county, event.id, n, ctx.now)),
  )
  ctx.tell(eventActed[what.action], { from: record.core.status, to: event.status, ...decision.detail }, event.id, post)
}

/** From which post it was done, so that nobody below the desk of a matter about staff gets a part in it. */
const handOf = ({ caller }: Ctx, { decision, heardBy }: Taken): Hand => ({
  accountId: caller.accountId,
  placeId: decision.stand?.placeId ?? heardBy?.placeId ?? null,
  departmentId: decision.stand?.departmentId ?? null,
})

function stepOf(
  { caller, now }: Ctx,
  { record, what, decision, seq, evidenceIds }: Taken,
  post: Post | null,
): FlowEntry {
  const { event } = decision
  return {
    seq,
    action: what.action,
    from: record.core.status,
    to: event.status,
    at: now,
    accountId: caller.accountId,
    postingId: post?.id ?? null,
    actorName: caller.kind === 'person' ? caller.name : null,
    actorRole: post?.roleName ?? caller.kind,
    actorOffice: post?.officeName ?? null,
    reason: decision.reason,
    detail: decision.detail,
    evidenceIds,
    clock: clockOf(event),
  }
}

/** Everybody who reported it hears that it is closed, also by way of a report that was joined to it. */
async function tellClosed(ctx: Ctx, eventId: string): Promise<Notice[]> {
  const county = ctx.caller.countyCode
  const accounts = await tellReporters(ctx.tx, county, eventId, ctx.now)
  return accounts.map((accountId) => ({ id: freshId(ctx.now), kind: 'closed', accountId }))
}

/** What some acts do beside the event itself. */
async function follow(ctx: Ctx, taken: Taken): Promise<void> {
  const { record, what, decision, target } = taken
  const county = ctx.caller.countyCode
  const { event } = decision
  if (what.action === 'place')
    await moveWords(ctx.tx, county, { from: record.core, to: event, at: record.reported_at.getTime() })
  if (what.action === 'merge' && target) await joinTo(ctx, record.core, target)
  if (what.action === 'unlink') await partFrom(ctx, record.core)
  if (event.categoryCode !== record.core.categoryCode) await carryBelow(ctx, event, handOf(ctx, taken))
  if (what.action === 'rule')
    await savePrecedent(ctx.tx, county, {
      id: freshId(ctx.now),
      categoryCode: event.categoryCode,
      departmentId: what.departmentId,
      eventId: event.id,
      reason: what.note,
      at: ctx.now,
    })
  if (what.action === 'split') await openChildren(ctx, record, what.children)
  if (event.status === 'closed' && !event.isSensitive)
    await saveExample(ctx.tx, county, {
      kind: 'category',
      id: event.id,
      label: event.categoryCode,
      text: `${record.title}\n${record.content.slice(0, 1000)}`,
      at: ctx.now,
    })
}

type Child = Extract<Act, { action: 'split' }>['children'][number]

async function openChildren(ctx: Ctx, parent: EventRecord, children: readonly Child[]): Promise<void> {
  const book = await ruleBook(ctx, ctx.caller.countyCode)
  const { core } = parent
  const point = parent.lng === null || parent.lat === null ? null : { lng: parent.lng, lat: parent.lat }
  for (const child of children)
    await takeInNow(ctx, {
      report: {
        ...child,
        placeText: parent.place_text,
        point,
        people: core.people,
        scale: 'single',
        urgency: core.urgency,
        occurredAt: null,
        evidenceIds: [],
      },
      source: 'inspection',
      category: asParent(
        book.category(child.categoryCode, ctx.now) ?? refuse('category.unknown', 422, { code: child.categoryCode }),
        core,
      ),
      post: null,
      site: siteOf(ctx, core),
      reporter: asAccount(ctx),
      parentId: core.id,
      isSecret: core.isSensitive,
    })
}

/** What is split off a matter about staff is about staff, and stands no lower: whether it is is the county's to say, by a recode. */
const asParent = (category: Category, { isAboutStaff, level }: EventCore): Category =>
  isAboutStaff ? { ...category, isAboutStaff, level: Math.max(category.level, level) as Category['level'] } : category

function siteOf(ctx: Ctx, core: EventCore): Site {
  const tree = placeTree(ctx)
  const node = (id: string | null) => (id === null ? undefined : tree.get(id))
  const county = tree.get(core.countyId) ?? refuse('place.unknown', 422)
  return { grid: node(core.gridId), village: node(core.villageId), town: node(core.townId), county }
}
