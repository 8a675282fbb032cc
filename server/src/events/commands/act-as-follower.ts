/** What the holder of a follow code does with his report: he rates, urges or withdraws. */
import type { Act } from '@fengge/domain/events/acts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { actorOfFollower, findFollowed, type Followed } from '../queries/find-followed.ts'
import { lockEvent } from '../store/event.ts'
import { saveScore } from '../store/reporters.ts'
import { act } from './act.ts'

/** Takes an act by the holder of a code. What he thinks of the handling is kept with his report. */
export async function actAsFollower(ctx: Ctx, code: string, what: Act): Promise<void> {
  const followed = await holdFollowed(ctx, code)
  if (what.action === 'rate') await saveScore(ctx.tx, followed.county, { ...what, reporterId: followed.reporterId })
  await act(ctx, { eventId: followed.eventId, as: actorOfFollower(followed) }, what)
}

/** His report as it stands once nobody else can act on the event. */
async function holdFollowed(ctx: Ctx, code: string): Promise<Followed> {
  const seen = await findFollowed(ctx, code)
  if (!seen || seen.county !== ctx.caller.countyCode) return refuse('event.not-found', 404)
  await lockEvent(ctx.tx, seen.county, seen.eventId)
  return (await findFollowed(ctx, code)) ?? refuse('event.not-found', 404)
}
