/** What higher floors may ask of events. */
import type { EventCore, EventSource } from '@fengge/domain/events/terms'
import type { Report } from '@fengge/domain/events/contract/desk'
import { postsWith, type Ctx } from '../kernel/context.ts'
import type { KeptFile } from '../kernel/files.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { saveEvidence } from './store/evidence.ts'
import { asAccount, asCitizen, findSite, judgeCategory, judgeTime, takeInNow, type Reported } from './take-in.ts'

export { act, type Acted } from './commands/act.ts'
export { startRules } from './commands/start-rules.ts'
export { eventConfig, eventFeed, viewEvents } from './queries/feed.ts'
export { countOrphans, listCounties } from './queries/counties.ts'
export { actAsFollower } from './commands/act-as-follower.ts'
export { findFollowed, offersForFollower, type Followed } from './queries/find-followed.ts'
export { forgetRules, ruleBook } from './rule-book.ts'
export type { Day as CalendarDay } from './store/rules.ts'
export { placeOfEvent } from './store/event.ts'
export { handOverEvidence } from './store/hand-over.ts'
export { takeEvidence } from './uploads.ts'

export interface ResidentReport extends Pick<Reported, 'id' | 'title' | 'content' | 'placeText' | 'point'> {
  readonly categoryCode: string
  readonly gridId: string | null
  readonly name: string
  readonly phone: string
  readonly stopNoticeRead: boolean
}

/** A resident's report, without an account; gives the code to follow it by. */
export async function reportAsResident(
  ctx: Ctx,
  report: ResidentReport,
): Promise<{ no: string; followCode: string; status: string }> {
  const { no, followCode, core } = await takeInNow(ctx, {
    report: { ...report, people: 0, scale: 'single', urgency: 0, occurredAt: null, evidenceIds: [] },
    source: 'resident',
    category: await judgeCategory(ctx, report.categoryCode, report.stopNoticeRead),
    site: findSite(ctx, report, undefined),
    post: null,
    reporter: asCitizen(ctx, report.name, report.phone),
  })
  return { no, followCode, status: core.status }
}

/** Ties a resident's photo to the event it came with. */
export function keepResidentPhoto(ctx: Ctx, eventId: string, kept: KeptFile): Promise<void> {
  return saveEvidence(ctx.tx, ctx.caller.countyCode, {
    ...kept,
    id: freshId(ctx.now),
    eventId,
    uploadedBy: null,
    phase: 'before',
    name: 'photo',
    at: ctx.now,
  })
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
