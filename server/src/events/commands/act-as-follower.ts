/** What the holder of a follow code does with his report: he rates, urges, appeals or withdraws. */
import type { Act } from '@fengge/domain/events/acts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { actorOfFollower, findFollowed, offersForFollower, type Followed } from '../queries/find-followed.ts'
import { lockEvent } from '../store/event.ts'
import { saveScore, withdrawReporter } from '../store/reporters.ts'
import { act } from './act.ts'
import { leaveBetween } from './join.ts'

/**
 * Takes an act by the holder of a code. What he thinks of the handling is kept with his report. Where others reported
 * the same, who withdraws leaves it to them.
 */
export async function actAsFollower(ctx: Ctx, code: string, what: Act): Promise<void> {
  const followed = await holdFollowed(ctx, code)
  if (followed.isReadOnly) refuse('not-allowed', 403)
  if (what.action === 'rate') await saveScore(ctx.tx, followed.county, { ...what, reporterId: followed.reporterId })
  const isOneOfMany = what.action === 'cancel' && offersForFollower(followed, ctx.now).includes('withdraw')
  const chosen: Act = isOneOfMany ? { action: 'withdraw', note: what.note } : what
  await act(ctx, { eventId: followed.eventId, as: actorOfFollower(followed) }, chosen)
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
