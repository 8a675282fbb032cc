/** Report: all checks, grid look-up, first step of the flow, journal and alarms, in one statement with what is reported at the same moment. */
import { composeFollowCode } from '@fengge/domain/events/event-number'
import { gradeReport, receiveReport } from '@fengge/domain/events/intake'
import type { Category, EventSource } from '@fengge/domain/events/terms'
import type { Report, reportEvent as promise } from '@fengge/domain/events/contract/desk'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { minute } from '@fengge/domain/kernel/time'
import { postsWith, type Post, type Ctx, type Asking } from '../../kernel/context.ts'
import { sql, run } from '../../kernel/db/sql.ts'
import type { Sink } from '../../kernel/db/sink.ts'
import { freshId, tenBytes } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Inserting } from '../../kernel/run-call.ts'
import { placeTree, type Node } from '../../places/door.ts'
import { nextEventNumber } from '../numbers.ts'
import { noticesFor } from '../notices.ts'
import { ruleBook } from '../rule-book.ts'
import {
  eventRow,
  eventSink,
  flowRow,
  flowSink,
  noticeRow,
  noticeSink,
  reporterRow,
  reporterSink,
  saveNotices,
  type FlowEntry,
  type FreshEvent,
  type FreshReporter,
} from '../store.ts'
import { attachEvidence, countFreeEvidence, evidenceSink } from '../store/evidence.ts'
import { indexWords, scopeWords } from '../words.ts'

/** Which sources a role may report as; everything else would be borrowed plumage. */
const sourceOfRole: Record<string, EventSource> = {
  'grid-worker': 'grid-worker',
  'part-time-worker': 'grid-worker',
  liaison: 'liaison',
  'hotline-operator': 'hotline',
  handler: 'department',
  'department-head': 'department',
  inspector: 'inspection',
  leader: 'leader',
  'grid-leader': 'inspection',
  'deputy-leader': 'inspection',
  'village-officer': 'inspection',
  dispatcher: 'inspection',
  'duty-chief': 'inspection',
}

export interface Site {
  readonly grid: Node | undefined
  readonly village: Node | undefined
  readonly town: Node | undefined
  readonly county: Node
}

/** Where a report belongs: its grid by code or by point, else the reporter's own place, else the county desk. */
export function findSite(
  county: string,
  gridId: string | null,
  point: { lng: number; lat: number } | null,
  own: string | undefined,
): Site {
  const tree = placeTree()
  const named = gridId === null ? undefined : (tree.get(gridId) ?? refuse('place.unknown', 422))
  if (named && named.countyCode !== county) refuse('place.unknown', 422)
  const at =
    named ??
    (point === null
      ? undefined
      : (tree.locate(point.lng, point.lat) ??
        tree.locateIn('village', point.lng, point.lat) ??
        tree.locateIn('town', point.lng, point.lat))) ??
    (own === undefined ? undefined : tree.get(own))
  const inside = at?.countyCode === county ? at : undefined
  const up = (tier: 'grid' | 'village' | 'town') => (inside ? tree.ancestor(inside.id, tier) : undefined)
  const countyNode = tree.byCode(`${county}000000`) ?? refuse('place.unknown', 422)
  return { grid: up('grid'), village: up('village'), town: up('town'), county: countyNode }
}

export interface Intake {
  readonly report: Pick<
    Report,
    'id' | 'title' | 'content' | 'placeText' | 'point' | 'people' | 'scale' | 'urgency' | 'occurredAt' | 'evidenceIds'
  >
  readonly source: EventSource
  readonly category: Category
  readonly site: Site
  readonly reporter: Omit<FreshReporter, 'id' | 'followCode' | 'at'>
  readonly post: Post | null
  readonly ticketNo: string | null
  readonly externalDueAt: number | null
}

/** Builds everything a fresh event writes, without writing it. */
export async function prepareIntake(
  ctx: Asking,
  intake: Intake,
): Promise<{ fresh: FreshEvent; flow: FlowEntry; reporter: FreshReporter; calendar: Parameters<typeof eventRow>[1] }> {
  const { report, source, category, site } = intake
  const { calendar } = await ruleBook(ctx.tx, ctx.caller.countyCode)
  const basis = {
    id: report.id,
    source,
    text: `${report.title} ${report.content}`,
    people: report.people,
    scale: report.scale,
    urgency: report.urgency,
    reporterId: intake.reporter.accountId,
  }
  const place = {
    gridId: site.grid?.id ?? null,
    villageId: site.village?.id ?? null,
    townId: site.town?.id ?? null,
    countyId: site.county.id,
  }
  // Every twentieth self-handled event is looked at by somebody else (D2); the id's randomness decides.
  const core = receiveReport(basis, category, place, {
    now: ctx.now,
    calendar,
    isSampled: parseInt(report.id.slice(-4), 16) % 20 === 0,
  })
  const area = (site.village ?? site.town ?? site.county).code
  const no = await nextEventNumber(ctx, area)
  const scopes = [site.town && `t:${site.town.id}`, site.village && `v:${site.village.id}`].flatMap((word) =>
    word === undefined ? [] : scopeWords(word, ctx.now),
  )
  const words = [
    ...new Set([
      ...indexWords(`${report.title} ${report.content.slice(0, 2000)} ${report.placeText}`),
      no,
      ...(intake.ticketNo === null ? [] : [intake.ticketNo.toLowerCase()]),
      ...scopes,
    ]),
  ]
  const fresh: FreshEvent = {
    county: ctx.caller.countyCode,
    no,
    title: report.title,
    content: report.content,
    placeText: report.placeText,
    point: report.point,
    reportedAt: ctx.now,
    occurredAt: report.occurredAt === null ? null : Date.parse(report.occurredAt),
    ticketNo: intake.ticketNo,
    externalDueAt: intake.externalDueAt,
    words,
    core,
  }
  const flow: FlowEntry = {
    seq: 1,
    action: 'report',
    from: null,
    to: core.status,
    at: ctx.now,
    accountId: ctx.caller.accountId,
    postingId: intake.post?.id ?? null,
    actorName: ctx.caller.kind === 'resident' ? null : ctx.caller.name,
    actorRole: intake.post?.roleName ?? null,
    actorOffice: intake.post?.officeName ?? null,
    reason: '',
    detail: { reasons: gradeReport(basis, category).reasons, source },
    evidenceIds: report.evidenceIds,
    clock: { stage: core.stage, due: core.dueAt },
  }
  return {
    fresh,
    flow,
    calendar,
    reporter: { ...intake.reporter, id: freshId(ctx.now), followCode: composeFollowCode(tenBytes()), at: ctx.now },
  }
}

/** Judges a category for a report: known, in force, and its stop notice read. */
export async function judgeCategory(ctx: Asking, code: string, isNoticeRead: boolean): Promise<Category> {
  const book = await ruleBook(ctx.tx, ctx.caller.countyCode)
  const category = book.category(code, ctx.now) ?? refuse('category.unknown', 422, { code })
  if (category.stopNotice !== null && !isNoticeRead && category.urgency < 2)
    refuse('category.stop-notice', 422, { notice: category.stopNotice, noticeEn: category.stopNoticeEn })
  return category
}

/** The tables a report inserts into, in the order of the rows that `reportEvent` gives. */
export const reportSinks: readonly Sink<never>[] = [eventSink, flowSink, reporterSink, evidenceSink, noticeSink]

export const reportEvent: Inserting<typeof promise> = async (ctx, ask) => {
  const post = pickPost(ctx, ask.source)
  const category = await judgeCategory(ctx, ask.categoryCode, ask.stopNoticeRead)
  if (ask.occurredAt !== null && Date.parse(ask.occurredAt) > ctx.now + 5 * minute) refuse('event.date-future', 422)
  const site = findSite(ctx.caller.countyCode, ask.gridId, ask.point, post.placeId)
  const intake: Intake = {
    report: ask,
    source: sourceOfRole[post.roleCode] ?? 'grid-worker',
    category,
    site,
    post,
    ticketNo: null,
    externalDueAt: null,
    reporter: { accountId: ctx.caller.accountId, nameSealed: null, phoneSealed: null, phoneIndex: null },
  }
  const { fresh, flow, reporter, calendar } = await prepareIntake(ctx, intake)
  if (ask.evidenceIds.length > 0) await holdEvidence(ctx, ask.evidenceIds)
  ctx.tell(
    'event.reported',
    { no: fresh.no, category: category.code, level: fresh.core.level, urgency: fresh.core.urgency },
    ask.id,
    post,
  )
  const county = ctx.caller.countyCode
  return {
    reply: replyFor(fresh, reporter),
    rows: [
      [eventRow(fresh, calendar)],
      [flowRow(county, ask.id, flow)],
      [reporterRow(county, ask.id, reporter)],
      ask.evidenceIds.map((id) => ({ county_code: county, id, event_id: ask.id })),
      noticesFor(fresh.core, 'report', ctx.now).map((n) => noticeRow(county, ask.id, n, ctx.now)),
    ],
  }
}

const replyFor = (fresh: FreshEvent, reporter: FreshReporter): ReplyOf<typeof promise> => ({
  id: fresh.core.id,
  no: fresh.no,
  status: fresh.core.status,
  dueAt: fresh.core.dueAt === null ? null : new Date(fresh.core.dueAt).toISOString(),
  followCode: reporter.followCode,
})

/** The post one reports from; a source that none of one's posts stands for is refused. */
function pickPost(ctx: Asking, source: EventSource): Post {
  const posts = postsWith(ctx.caller, 'event.report')
  return (
    posts.find((p) => sourceOfRole[p.roleCode] === source) ??
    (source === 'grid-worker' ? posts[0] : undefined) ??
    refuse('event.source-not-yours', 403)
  )
}

async function holdEvidence(ctx: Asking, ids: readonly string[]): Promise<void> {
  const { countyCode, accountId } = ctx.caller
  if ((await countFreeEvidence(ctx.tx, countyCode, accountId, ids)) !== new Set(ids).size)
    refuse('evidence.unknown', 422)
}

/** Saves an intake inside a running transaction (hotline, residents, children of a split). */
export async function saveIntake(
  ctx: Ctx,
  intake: Intake,
  parentId: string | null = null,
): Promise<{ fresh: FreshEvent; followCode: string }> {
  const { fresh, flow, reporter, calendar } = await prepareIntake(ctx, intake)
  const county = ctx.caller.countyCode
  const event = parentId === null ? fresh : { ...fresh, core: { ...fresh.core, parentId } }
  await run(
    ctx.tx,
    sql`
      with
        e as (${eventSink.into([eventRow(event, calendar)])}),
        f as (${flowSink.into([flowRow(county, fresh.core.id, flow)])}) ${reporterSink.into([reporterRow(county, fresh.core.id, reporter)])}
    `,
  )
  if (intake.report.evidenceIds.length > 0)
    await attachEvidence(ctx.tx, county, {
      eventId: fresh.core.id,
      evidenceIds: intake.report.evidenceIds,
      phase: 'before',
      accountId: ctx.caller.accountId,
    })
  await saveNotices(ctx.tx, county, fresh.core.id, noticesFor(fresh.core, 'report', ctx.now), ctx.now)
  ctx.tell(
    'event.reported',
    { no: fresh.no, category: intake.category.code, level: fresh.core.level, source: intake.source },
    fresh.core.id,
    intake.post,
  )
  return { fresh: event, followCode: reporter.followCode }
}
