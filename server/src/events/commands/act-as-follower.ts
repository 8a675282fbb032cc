/** What the holder of a follow code does with his report: he rates, urges, appeals or withdraws. */
import type { Act } from '@fengge/domain/events/acts'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { speakFor as promise } from '@fengge/domain/events/contract/spoken'
import { accountOf, postsWith, type Ctx, type Post } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { actorOfFollower, findFollowed, hadPart, offersForSpoken, type Followed } from '../queries/find-followed.ts'
import { lockEvent } from '../store/event.ts'
import { saveReopened, saveScore, withdrawReporter } from '../store/reporters.ts'
import { act } from './act.ts'
import { leaveBetween } from './join.ts'

/**
 * Takes an act by the holder of a code. What he thinks of the handling is kept with his report. Where others reported
 * the same, who withdraws leaves it to them.
 */
export async function actAsFollower(ctx: Ctx, code: string, what: Act): Promise<void> {
  const followed = await holdFollowed(ctx, code)
  if (followed.isReadOnly) refuse('not-allowed', 403)
  await actFor(ctx, followed, what)
}

/** @param heardBy the post of whoever writes down what the follower says; without it he acts himself */
async function actFor(ctx: Ctx, followed: Followed, what: Act, heardBy?: Post): Promise<void> {
  if (what.action === 'rate') await saveScore(ctx.tx, followed.county, { ...what, reporterId: followed.reporterId })
  const isOneOfMany = what.action === 'cancel' && offersForSpoken(followed, ctx.now).includes('withdraw')
  const chosen: Act = isOneOfMany ? { action: 'withdraw', note: what.note } : what
  const as = actorOfFollower(followed)
  await act(ctx, { eventId: followed.eventId, as, ...(heardBy === undefined ? {} : { heardBy }) }, chosen)
  if (what.action === 'rate' && !what.isSolved && followed.core.status === 'closed')
    await saveReopened(ctx.tx, followed.county, followed.reporterId, ctx.now)
  if (isOneOfMany) await leaveOthers(ctx, followed)
}

async function leaveOthers(ctx: Ctx, followed: Followed): Promise<void> {
  const { county, reporterId, originId, eventId, isCitizen, isWaiting } = followed
  await leaveBetween(ctx, originId, eventId, {
    reporters: 1,
    citizens: isCitizen ? 1 : 0,
    awaiting: isWaiting ? 1 : 0,
  })
  await withdrawReporter(ctx.tx, county, reporterId, ctx.now)
}

/** His report as it stands once nobody else can act on the event. */
async function holdFollowed(ctx: Ctx, code: string): Promise<Followed> {
  const seen = await findFollowed(ctx, code)
  if (!seen || seen.county !== ctx.caller.countyCode) return refuse('event.not-found', 404)
  await lockEvent(ctx.tx, seen.county, seen.eventId)
  return (await findFollowed(ctx, code)) ?? refuse('event.not-found', 404)
}

/**
 * Writes down what a citizen says of his matter. Whoever typed it, handled it or decided anything about it does not speak
 * for him, whatever posts he has: a second person has to hear it, and the flow names his office.
 */
export async function speakFor(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const followed = await holdFollowed(ctx, ask.code)
  const { county, eventId, originId, no } = followed
  if (followed.isApart && followed.isLinked) return refuse('event.not-found', 404)
  const [post] = postsWith(ctx.caller, 'event.find-calls')
  if (!post) return refuse('event.not-found', 404)
  const heard = Object.values(spokenWords)
  const by = { accountId: accountOf(ctx.caller), eventIds: [eventId, originId], heard }
  if (await hadPart(ctx.tx, county, by)) refuse('event.second-person', 403)
  await actFor(ctx, followed, spokenAct(ask), post)
  return { id: eventId, no }
}

const spokenWords = { phone: '诉求人来电：', window: '诉求人当面：' } as const

function spokenAct({ action, way, score, isSolved, note }: AskOf<typeof promise>): Act {
  if (action === 'appeal' && note === '') refuse('event.note-needed', 422)
  const said = `${spokenWords[way]}${note}`
  if (action !== 'rate') return { action, note: said }
  if (score === undefined || isSolved === undefined) return refuse('event.score-needed', 422)
  return { action, score, isSolved, note: said }
}
