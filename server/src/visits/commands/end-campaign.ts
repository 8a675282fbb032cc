import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { endCampaign as promise } from '@fengge/domain/visits/contract/desk'
import { campaignEnded } from '@fengge/domain/visits/facts'
import { postsWith, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { closeCampaign, lockOpenCampaign } from '../store/campaigns.ts'
import { dropTasksOf } from '../store/tasks.ts'

export async function endCampaign(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const placeId = await lockOpenCampaign(ctx.tx, county, ask.id)
  const isMine = (at: string) => postsWith(ctx.caller, 'task.order').some((p) => placeTree(ctx).contains(p.placeId, at))
  if (placeId === undefined || !isMine(placeId)) refuse('campaign.unknown', 404)
  await closeCampaign(ctx.tx, county, ask.id)
  await dropTasksOf(ctx.tx, county, ask.id, ask.reason)
  ctx.tell(campaignEnded, { reason: ask.reason }, ask.id)
  return { done: true }
}
