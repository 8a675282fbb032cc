/** What higher floors may ask of events. */
import { dayOf } from '@fengge/domain/kernel/time'
import { isForResidents, type Category, type EventCore, type EventSource } from '@fengge/domain/events/terms'
import type { Report } from '@fengge/domain/events/contract/desk'
import { postsWith, type Ctx } from '../kernel/context.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { refuse } from '../kernel/problems.ts'
import { keepEvidence, type Named } from './keep-evidence.ts'
import { addIntake, countUnseen } from './store/intake-counts.ts'
import {
  asAccount,
  asCitizen,
  findSite,
  judgeCategory,
  judgeTime,
  takeInNow,
  type Judging,
  type Reported,
} from './take-in.ts'

export { act, type Acted } from './commands/act.ts'
export { startRules } from './commands/start-rules.ts'
export { reachOf } from './reach.ts'
export { eventsToldBy } from './store/kept-from.ts'
export { eventConfig, eventFeed, eventNews, unreadOf, viewEvents, type Oldest } from './queries/feed.ts'
export { countOrphans, listCounties } from './queries/counties.ts'
export { actAsFollower } from './commands/act-as-follower.ts'
export { findFollowed, offersForFollower, type Followed } from './queries/find-followed.ts'
export { nameEvidence } from './keep-evidence.ts'
export { countIntake } from './store/intake-counts.ts'
export { checkFiles } from './sweep-files.ts'
export { forgetRules, ruleBook } from './rule-book.ts'
export type { Day as CalendarDay } from './store/rules.ts'
export { placeOfEvent } from './store/event.ts'
export { handOverEvidence } from './store/hand-over.ts'
export { confidedDesk, findStanding, readsAtDesk, titleOf } from './queries/told-outside.ts'
export { takeEvidence } from './uploads.ts'
export { holdForAlarm, reportAlarm } from './commands/report-alarm.ts'
export { mustSeeEvent, visibleAmong } from './queries/get-event.ts'
export { isOutside } from './take-in.ts'

export interface ResidentReport extends Pick<Reported, 'id' | 'title' | 'content' | 'placeText' | 'point'> {
  readonly categoryCode: string
  readonly gridId: string | null
  readonly name: string
  readonly phone: string
  readonly stopNoticeRead: boolean
}

/** No number of senders closes a desk: from so many unseen reports on, each of them has a small share of the day. */
export interface Crowd {
  /** So many reports that nobody has looked at lie before a desk before shares are small. */
  readonly mostUnseen: number
  /** Who it came from, as narrowly and as widely as it is told, and how much each brings to that desk in a day then. */
  readonly sharesAt: (deskId: string) => readonly { readonly sender: string; readonly most: number }[]
}

async function holdShare(ctx: Ctx, deskId: string, { mostUnseen, sharesAt }: Crowd): Promise<void> {
  const unseen = await countUnseen(ctx.tx, ctx.caller.countyCode, deskId, mostUnseen + 1)
  if (unseen <= mostUnseen) return
  for (const { sender, most } of sharesAt(deskId)) {
    const came = { day: dayOf(ctx.now), sender, bytes: 0 }
    if (!(await addIntake(ctx.tx, came, { reports: most, bytes: 0 }))) refuse('report.desk-full', 429)
  }
}

/** Judges a resident's report before anything is done for it. @throws Refusal */
export async function judgeResidentReport(asker: Judging, report: ResidentReport): Promise<void> {
  await judgeOffered(asker, report)
  findSite(asker, report, undefined)
}

/** A resident tells of what he is offered: what his form does not name is not known there. */
async function judgeOffered(asker: Judging, { categoryCode, stopNoticeRead }: ResidentReport): Promise<Category> {
  const category = await judgeCategory(asker, categoryCode, stopNoticeRead)
  return isForResidents(category) ? category : refuse('category.unknown', 422, { code: categoryCode })
}

/**
 * A resident's report, without an account; gives the code to follow it by.
 * @param crowd what holds where very much lies before a desk already
 */
export async function reportAsResident(
  ctx: Ctx,
  report: ResidentReport,
  crowd?: Crowd,
): Promise<{ no: string; followCode: string; status: string }> {
  const { no, followCode, core } = await takeInNow(ctx, {
    report: { ...report, people: 0, scale: 'single', urgency: 0, occurredAt: null, evidenceIds: [] },
    source: 'resident',
    category: await judgeOffered(ctx, report),
    site: findSite(ctx, report, undefined),
    post: null,
    reporter: asCitizen(ctx, report.name, report.phone),
  })
  // Danger is never turned away.
  if (crowd && core.urgency === 0) await holdShare(ctx, core.deskPlaceId, crowd)
  return { no, followCode, status: core.status }
}

/** Keeps a resident's photo with the event it came with. */
export function keepResidentPhoto(ctx: Ctx, dataDir: string, eventId: string, named: Named): Promise<void> {
  return keepEvidence(ctx, dataDir, named, { id: freshId(ctx.now), eventId, phase: 'before', name: 'photo' })
}

/** A report by somebody with an account, inside a running transaction. */
export async function reportInside(
  ctx: Ctx,
  report: Report,
  source: EventSource,
): Promise<{ core: EventCore; followCode: string }> {
  const post = postsWith(ctx.caller, 'event.report')[0] ?? null
  judgeTime(ctx, report.occurredAt)
  const { core, followCode } = await takeInNow(ctx, {
    report,
    source,
    category: await judgeCategory(ctx, report.categoryCode, report.stopNoticeRead),
    site: findSite(ctx, report, post?.placeId),
    post,
    reporter: asAccount(ctx),
  })
  return { core, followCode }
}
export { guessLabels } from './suggest.ts'
