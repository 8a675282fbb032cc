/** A hazard that no re-check can clear ends by a second person, and the re-check that is still asked ends with it (E8). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { endHazard as promise } from '@fengge/domain/visits/contract/desk'
import { hazardEnded } from '@fengge/domain/visits/facts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { closeHazardBy, lockHazard } from '../store/hazards.ts'
import { dropTasksOf } from '../store/tasks.ts'

export async function endHazard(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const hazard = (await lockHazard(ctx, ask.id)) ?? refuse('hazard.unknown', 404)
  if (hazard.state !== 'open') refuse('hazard.closed', 409)
  if (hazard.found_by === ctx.caller.accountId) refuse('hazard.own', 403)
  if (ask.reason === 'in-event' && hazard.event_id === null) refuse('hazard.no-event', 422)
  await closeHazardBy(ctx.tx, county, ask.id, { ...ask, by: ctx.caller.accountId })
  await dropTasksOf(ctx.tx, county, ask.id, 'hazard-ended')
  ctx.tell(hazardEnded, { reason: ask.reason }, ask.id)
  return { done: true }
}
