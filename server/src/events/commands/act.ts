/** Every act on an event goes through here: lock, may and decide by the table, save, tell. */
import type { Act, Action } from '@fengge/domain/events/acts'
import { decide, type Decision } from '@fengge/domain/events/decide'
import type { Given } from '@fengge/domain/events/given'
import { isOpen, type EventCore } from '@fengge/domain/events/terms'
import type { Ctx, Asking } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse, settle } from '../../kernel/problems.ts'
import { isPosted } from '../../identity/door.ts'
import { placeTree } from '../../places/door.ts'
import { noticesFor } from '../notices.ts'
import { within } from '../queries/conditions.ts'
import { actorOf, offersFor, reachOf } from '../reach.ts'
import { ruleBook, type RuleBook } from '../rule-book.ts'
import * as store from '../store.ts'
import { attachEvidence, listPhases, type Attachment } from '../store/evidence.ts'
import { saveIntake } from './report-event.ts'

export interface ActAsk {
  readonly eventId: string
  readonly version?: number | undefined
  readonly evidenceIds?: readonly string[]
}
export interface Acted {
  readonly event: EventCore
  readonly can: string[]
}

const phaseOf: Partial<Record<Action, string>> = {
  finish: 'after',
  'self-close': 'after',
  'finish-co-handling': 'after',
  pass: 'check',
  fail: 'check',
  verify: 'before',
}

/** Takes an act. A stale version is refused with what changed since; an event out of reach is not found. */
export async function act(ctx: Ctx, ask: ActAsk, what: Act): Promise<Acted> {
  const county = ctx.caller.countyCode
  if (ctx.caller.kind === 'person' && !(await store.findVisible(ctx.tx, ask.eventId, within(reachOf(ctx.caller)))))
    return refuse('event.not-found', 404)
  const record = (await store.lockEvent(ctx.tx, county, ask.eventId)) ?? refuse('event.not-found', 404)
  const event = record.core
  const seq = await store.nextSeq(ctx.tx, county, event.id)
  if (ask.version !== undefined && ask.version !== event.version)
    refuse('event.stale', 409, { version: event.version, status: event.status, since: ask.version })
  const evidenceIds = ask.evidenceIds ?? []
  if (evidenceIds.length > 0)
    await attach(ctx, { eventId: event.id, evidenceIds, phase: phaseOf[what.action] ?? 'during' })
  const book = await ruleBook(ctx.tx, county)
  const given = await gather(ctx, event, what, book, record.reported_at.getTime())
  const decision = settle(decide(event, what, given))
  await save(ctx, record, decision, what, { seq, evidenceIds, book })
  const openChildren = given.openChildren + (what.action === 'split' ? what.children.length : 0)
  return { event: decision.event, can: offersFor(ctx.caller, decision.event, { ...given, openChildren }) }
}

async function attach(ctx: Ctx, what: Omit<Attachment, 'accountId'>): Promise<void> {
  const { countyCode, accountId } = ctx.caller
  if (!(await attachEvidence(ctx.tx, countyCode, { ...what, accountId }))) refuse('evidence.unknown', 422)
}

async function gather(ctx: Asking, event: EventCore, what: Act, book: RuleBook, reportedAt: number): Promise<Given> {
  const county = ctx.caller.countyCode
  const category =
    book.category(event.categoryCode, reportedAt) ??
    book.category(event.categoryCode, ctx.now) ??
    refuse('category.unknown', 422)
  const isWorkerThere =
    what.action === 'finish' &&
    event.reporterId !== null &&
    event.source === 'grid-worker' &&
    event.gridId !== null &&
    (await isPosted(ctx.tx, { accountId: event.reporterId, placeId: event.gridId, duty: 'event.pass' }, ctx.now))
  return {
    now: ctx.now,
    calendar: book.calendar,
    actor: actorOf(ctx.caller, event),
    category,
    departments: book.offices,
    newCategory: what.action === 'recode' ? book.category(what.categoryCode, ctx.now) : undefined,
    openChildren: await store.countOpenChildren(ctx.tx, county, event.id),
    evidencePhases: what.action === 'finish' ? await listPhases(ctx.tx, county, event.id) : new Set(),
    presentWorkerId: isWorkerThere ? event.reporterId : null,
    mergeTarget: what.action === 'merge' ? await findTarget(ctx, what.intoEventId) : undefined,
  }
}

async function findTarget(ctx: Asking, id: string): Promise<EventCore | undefined> {
  return (await store.findVisible(ctx.tx, id, within(reachOf(ctx.caller))))?.core
}

async function save(
  ctx: Ctx,
  record: store.EventRecord,
  decision: Decision,
  what: Act,
  with_: { seq: number; evidenceIds: readonly string[]; book: RuleBook },
): Promise<void> {
  const { event } = decision
  const county = ctx.caller.countyCode
  const post =
    decision.stand === null ? null : (ctx.caller.posts.find((p) => p.id === decision.stand!.postingId) ?? null)
  await store.saveEvent(ctx.tx, county, event, with_.book.calendar, {
    seq: with_.seq,
    action: what.action,
    from: record.core.status,
    to: event.status,
    at: ctx.now,
    accountId: ctx.caller.accountId,
    postingId: post?.id ?? null,
    actorName: ctx.caller.kind === 'person' ? ctx.caller.name : null,
    actorRole: post?.roleName ?? ctx.caller.kind,
    actorOffice: post?.officeName ?? null,
    reason: decision.reason,
    detail: decision.detail,
    evidenceIds: with_.evidenceIds,
    clock: {
      stage: event.stage,
      started: event.stageStartedAt,
      due: event.dueAt,
      handleDue: event.handleDueAt,
      spent: event.spent,
      paused: event.pausedMs,
    },
  })
  await follow(ctx, record, decision, what)
  const notices = noticesFor(event, what.action, ctx.now)
  if (event.status === 'closed' && record.core.status !== 'closed')
    notices.push(
      ...(await store.tellReporters(ctx.tx, county, event.id, ctx.now)).map((accountId) => ({
        id: freshId(ctx.now),
        kind: 'closed',
        accountId,
      })),
    )
  await store.saveNotices(ctx.tx, county, event.id, notices, ctx.now)
  ctx.tell(decision.fact, { from: record.core.status, to: event.status, ...decision.detail }, event.id, post)
}

/** What some acts do beside the event itself. */
async function follow(ctx: Ctx, record: store.EventRecord, decision: Decision, what: Act): Promise<void> {
  const county = ctx.caller.countyCode
  const { event } = decision
  if (what.action === 'merge') await store.moveReporters(ctx.tx, county, event.id, what.intoEventId)
  if (what.action === 'unlink') await store.returnReporters(ctx.tx, county, event.id)
  if (what.action === 'rule')
    await store.savePrecedent(ctx.tx, county, {
      id: freshId(ctx.now),
      categoryCode: event.categoryCode,
      departmentId: what.departmentId,
      eventId: event.id,
      reason: what.note,
      at: ctx.now,
    })
  if (what.action === 'split') await openChildren(ctx, record, what.children)
  if (!isOpen(event.status) && event.status === 'closed' && !event.isSensitive)
    await store.saveExample(
      ctx.tx,
      county,
      'category',
      event.id,
      event.categoryCode,
      `${record.title}\n${record.content.slice(0, 1000)}`,
      ctx.now,
    )
}

async function openChildren(
  ctx: Ctx,
  parent: store.EventRecord,
  children: readonly { id: string; title: string; content: string; categoryCode: string }[],
): Promise<void> {
  const tree = placeTree()
  const book = await ruleBook(ctx.tx, ctx.caller.countyCode)
  const { core } = parent
  for (const child of children) {
    const category =
      book.category(child.categoryCode, ctx.now) ?? refuse('category.unknown', 422, { code: child.categoryCode })
    await saveIntake(
      ctx,
      {
        report: {
          ...child,
          placeText: parent.place_text,
          point: parent.lng === null ? null : { lng: parent.lng, lat: parent.lat! },
          people: core.people,
          scale: 'single',
          urgency: core.urgency,
          occurredAt: null,
          evidenceIds: [],
        },
        source: 'inspection',
        category,
        post: null,
        ticketNo: null,
        externalDueAt: null,
        site: {
          grid: core.gridId === null ? undefined : tree.get(core.gridId),
          village: core.villageId === null ? undefined : tree.get(core.villageId),
          town: core.townId === null ? undefined : tree.get(core.townId),
          county: tree.get(core.countyId)!,
        },
        reporter: { accountId: ctx.caller.accountId, nameSealed: null, phoneSealed: null, phoneIndex: null },
      },
      core.id,
    )
  }
}
