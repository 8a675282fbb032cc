/**
 * The one path by which an event begins, whoever reports it: grid look-up, first state and clock, number, words for
 * the search, first row of the flow, notices, and the fact. It builds the rows; who calls writes them, alone or with
 * what is reported at the same moment.
 */
import { composeFollowCode } from '@fengge/domain/events/event-number'
import { eventReported, evidenceAttached } from '@fengge/domain/events/facts'
import { isTypedForAnother } from '@fengge/domain/events/forms/caller'
import { gradeReport, receiveReport, sampleShare } from '@fengge/domain/events/intake'
import { partsOf } from '@fengge/domain/events/secrecy'
import { clockOf } from '@fengge/domain/events/stored'
import type { Category, EventCore, EventSource } from '@fengge/domain/events/terms'
import type { Report } from '@fengge/domain/events/contract/desk'
import { dayLength, minute } from '@fengge/domain/kernel/time'
import { maskGiven } from '@fengge/domain/kernel/text'
import type { Asker, Asking, Ctx, Post } from '../kernel/context.ts'
import { freshId, tenBytes } from '../kernel/fresh-id.ts'
import { refuse } from '../kernel/problems.ts'
import { placeTree, type Node, type PlaceTree } from '../places/door.ts'
import { noticesFor } from './notices.ts'
import { nextEventNumber } from './numbers.ts'
import { ruleBook } from './rule-book.ts'
import { eventRow } from './store/event.ts'
import { listFreeEvidence } from './store/evidence.ts'
import { flowRow, type FlowEntry } from './store/flow.ts'
import { noticeRow } from './store/notices.ts'
import { followAt, nameAt, phoneAt, reporterRow, type FreshReporter } from './store/reporters.ts'
import { saveIntake, type IntakeRows } from './store/take-in.ts'
import { indexWords, scopeWords } from './words.ts'

export interface Site {
  readonly grid: Node | undefined
  readonly village: Node | undefined
  readonly town: Node | undefined
  readonly county: Node
}

/** Where something was seen, as far as it is known. */
type Where = Pick<Report, 'gridId' | 'point'>
type Point = NonNullable<Report['point']>

/** The grid of a point; where none is drawn, its village or town. */
const nearestAt = (tree: PlaceTree, { lng, lat }: Point): Node | undefined =>
  tree.locate(lng, lat) ?? tree.locateIn('village', lng, lat) ?? tree.locateIn('town', lng, lat)

/** Metres by which a phone may be wrong about where it is. */
const margin = 100

/** Whether a point lies in another county, or beyond the border of this one where that is drawn. */
export function isOutside(asker: Asker, { lng, lat }: Point): boolean {
  const tree = placeTree(asker)
  const county = asker.caller.countyCode
  const countyAt = (x: number, y: number) =>
    (nearestAt(tree, { lng: x, lat: y }) ?? tree.locateIn('county', x, y))?.countyCode
  const found = countyAt(lng, lat)
  if (found !== undefined) return found !== county
  const own = tree.byCode(`${county}000000`)
  if (own === undefined || !tree.isDrawn(own.id)) return false
  const step = margin / 111_000
  const around = [-step, step].flatMap((d) => [countyAt(lng + d, lat), countyAt(lng, lat + d)])
  return !around.includes(county)
}

/**
 * Where a report belongs: its grid by code or by point, else the reporter's own place, else the county desk. What lies
 * beyond the county is refused, and never filed to the reporter's own grid.
 */
export function findSite(asker: Asker, { gridId, point }: Where, own: string | undefined): Site {
  const county = asker.caller.countyCode
  const tree = placeTree(asker)
  if (point !== null && isOutside(asker, point)) refuse('event.outside-county', 422)
  const named = gridId === null ? undefined : (tree.get(gridId) ?? refuse('place.unknown', 422))
  if (named && named.countyCode !== county) refuse('place.unknown', 422)
  const at =
    named ?? (point === null ? undefined : nearestAt(tree, point)) ?? (own === undefined ? undefined : tree.get(own))
  const inside = at?.countyCode === county ? at : undefined
  const up = (tier: 'grid' | 'village' | 'town') => (inside ? tree.ancestor(inside.id, tier) : undefined)
  const countyNode = tree.byCode(`${county}000000`) ?? refuse('place.unknown', 422)
  return { grid: up('grid'), village: up('village'), town: up('town'), county: countyNode }
}

/** What is reported: a part of the ask of `reportEvent`. */
export type Reported = Pick<
  Report,
  'id' | 'title' | 'content' | 'placeText' | 'point' | 'people' | 'scale' | 'urgency' | 'occurredAt' | 'evidenceIds'
> &
  Partial<Pick<Report, 'onBehalfOf'>>

export interface Intake {
  readonly report: Reported
  readonly source: EventSource
  readonly category: Category
  readonly site: Site
  readonly reporter: Omit<FreshReporter, 'followIndex' | 'followSealed' | 'at'>
  readonly post: Post | null
  /** Who told it wants it kept among those who handle it, whatever it is about. */
  readonly isSecret?: boolean
  readonly hotline?: { readonly no: string | null; readonly externalDueAt: number | null }
  /** The event this one was split off. */
  readonly parentId?: string
}

export interface TakenIn {
  readonly core: EventCore
  readonly no: string
  readonly followCode: string
  readonly rows: IntakeRows
}

/**
 * A reporter with an account; his own name is in the registry of accounts and needs no seal. For whom he reports is
 * sealed as a citizen's name is; the event itself shows it masked.
 */
export function asAccount(ctx: Asking, onBehalfOf = ''): Intake['reporter'] {
  const id = freshId(ctx.now)
  return {
    id,
    accountId: ctx.caller.accountId,
    nameSealed: onBehalfOf === '' ? null : ctx.sealer.seal(onBehalfOf, nameAt(id)),
    phoneSealed: null,
    phoneIndex: null,
    isAnswerWanted: true,
  }
}

/** A reporter without one: name and number sealed, the number findable by its index. */
export function asCitizen(ctx: Asking, name: string, phone: string, isAnswerWanted = true): Intake['reporter'] {
  const id = freshId(ctx.now)
  return {
    id,
    accountId: null,
    nameSealed: name === '' ? null : ctx.sealer.seal(name, nameAt(id)),
    phoneSealed: phone === '' ? null : ctx.sealer.seal(phone, phoneAt(id)),
    phoneIndex: phone === '' ? null : ctx.sealer.index(phone),
    isAnswerWanted,
  }
}

/** What the judging of a report asks for: no more than a reading of the books. */
export type Judging = Pick<Asking, 'tx' | 'caller' | 'now' | 'shelf'>

/** Judges a category for a report: known, in force, and its stop notice read. */
export async function judgeCategory(ctx: Judging, code: string, isNoticeRead: boolean): Promise<Category> {
  const book = await ruleBook(ctx, ctx.caller.countyCode)
  const category = book.category(code, ctx.now) ?? refuse('category.unknown', 422, { code })
  if (category.stopNotice !== null && !isNoticeRead && category.urgency < 2)
    refuse('category.stop-notice', 422, { notice: category.stopNotice, noticeEn: category.stopNoticeEn })
  return category
}

/** Judges what a person reports and builds everything that a fresh event writes, without writing it; tells the fact. */
export async function takeIn(ctx: Asking, intake: Intake): Promise<TakenIn> {
  const { report } = intake
  if (report.evidenceIds.length > 0) await holdEvidence(ctx, report)
  const { calendar } = await ruleBook(ctx, ctx.caller.countyCode)
  const core = receive(ctx, intake, calendar)
  const no = await nextEventNumber(ctx, areaOf(intake.site, core))
  const county = ctx.caller.countyCode
  const followCode = composeFollowCode(tenBytes())
  const { id } = intake.reporter
  const follow = {
    followIndex: ctx.sealer.index(followCode),
    followSealed: ctx.sealer.seal(followCode, followAt(id)),
  }
  const reporter = { ...intake.reporter, ...follow, at: ctx.now }
  const { categoryCode: category, level, urgency, source } = core
  ctx.tell(eventReported, { no, category, level, urgency, source }, core.id, intake.post)
  return {
    core,
    no,
    followCode,
    rows: {
      event: [
        eventRow(
          {
            county,
            no,
            core,
            ...headOf(intake, ctx.now),
            words: wordsOf(intake, no, ctx.now),
            parts:
              isTypedForAnother(source) && core.isSensitive
                ? partsOf(core, {
                    accountId: ctx.caller.accountId,
                    placeId: intake.post?.placeId ?? null,
                    departmentId: null,
                  })
                : null,
          },
          calendar,
        ),
      ],
      flow: [flowRow(county, core.id, firstStep(ctx, intake, core))],
      reporter: [reporterRow(county, core.id, reporter)],
      evidence: report.evidenceIds.map((id) => ({
        county_code: county,
        id,
        event_id: core.id,
        account_id: ctx.caller.accountId,
      })),
      notice: noticesFor(core, 'report', ctx.now).map((n) => noticeRow(county, core.id, n, ctx.now)),
    },
  }
}

/** Takes in within a running transaction: hotline, residents, children of a split. */
export async function takeInNow(ctx: Ctx, intake: Intake): Promise<TakenIn> {
  const taken = await takeIn(ctx, intake)
  await saveIntake(ctx.tx, taken.rows)
  return taken
}

/** Who tells of something as it is now does not mean another year. */
const longestAgo = 2 * 366 * dayLength

/** A report says when it was; nobody sees tomorrow, and a slip of the year is asked again. */
export function judgeTime(ctx: Asking, occurredAt: string | null): void {
  if (occurredAt === null) return
  const at = Date.parse(occurredAt)
  if (at > ctx.now + 5 * minute) refuse('event.date-future', 422)
  if (at < ctx.now - longestAgo) refuse('event.date-long-ago', 422)
}

/** What comes with a report was sent by who reports, and is of no event yet. */
async function holdEvidence(ctx: Asking, { id, evidenceIds }: Reported): Promise<void> {
  const { countyCode, accountId } = ctx.caller
  const files = await listFreeEvidence(ctx.tx, countyCode, accountId, evidenceIds)
  if (files.length !== new Set(evidenceIds).size) refuse('evidence.unknown', 422)
  ctx.tell(evidenceAttached, { count: files.length, phase: 'before', files }, id)
}

const basisOf = ({ report, source, reporter }: Intake) => ({
  id: report.id,
  source,
  text: `${report.title} ${report.content}`,
  people: report.people,
  scale: report.scale,
  urgency: report.urgency,
  reporterId: reporter.accountId,
  onBehalfOf: maskGiven(report.onBehalfOf ?? ''),
  isAnswerWanted: reporter.isAnswerWanted,
})

function receive(ctx: Asking, intake: Intake, calendar: Parameters<typeof eventRow>[1]): EventCore {
  const { site, category, parentId = null } = intake
  const place = {
    gridId: site.grid?.id ?? null,
    villageId: site.village?.id ?? null,
    townId: site.town?.id ?? null,
    countyId: site.county.id,
  }
  // The server draws, not whoever made the id: a sample that one can keep out of is none.
  const isSampled = ctx.chance.draw() < sampleShare
  const core = receiveReport(basisOf(intake), category, place, { now: ctx.now, calendar, isSampled })
  const externalDueAt = intake.hotline?.externalDueAt ?? null
  return { ...core, parentId, externalDueAt, isSensitive: core.isSensitive || (intake.isSecret ?? false) }
}

/** By a gap in the numbers of its area a desk would learn that there is a matter which is kept from it: those are the county's. */
const areaOf = (site: Site, { isSensitive }: EventCore) =>
  (isSensitive ? site.county : (site.village ?? site.town ?? site.county)).code

function headOf({ report, hotline }: Intake, now: number) {
  return {
    title: report.title,
    content: report.content,
    placeText: report.placeText,
    point: report.point,
    reportedAt: now,
    occurredAt: report.occurredAt === null ? null : Date.parse(report.occurredAt),
    hotlineNo: hotline?.no ?? null,
    externalDueAt: hotline?.externalDueAt ?? null,
  }
}

/** What a search finds it by: its words, its numbers, where it lies. */
function wordsOf({ report, site, hotline }: Intake, no: string, now: number): string[] {
  const scopes = [site.town && `t:${site.town.id}`, site.village && `v:${site.village.id}`]
  return [
    ...new Set([
      ...indexWords(`${report.title} ${report.content.slice(0, 2000)} ${report.placeText}`),
      no,
      ...(hotline?.no ? [hotline.no.toLowerCase()] : []),
      ...scopes.flatMap((word) => (word === undefined ? [] : scopeWords(word, now))),
    ]),
  ]
}

function firstStep({ caller, now }: Asking, intake: Intake, core: EventCore): FlowEntry {
  const { post, source, category, report } = intake
  return {
    seq: 1,
    action: 'report',
    from: null,
    to: core.status,
    at: now,
    accountId: caller.accountId,
    postingId: post?.id ?? null,
    actorName: caller.kind === 'resident' ? null : caller.name,
    actorRole: post?.roleName ?? null,
    actorOffice: post?.officeName ?? null,
    reason: '',
    detail: { reasons: gradeReport(basisOf(intake), category).reasons, source },
    evidenceIds: report.evidenceIds,
    clock: clockOf(core),
  }
}
