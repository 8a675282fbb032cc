import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { weighOrder as promise } from '@fengge/domain/visits/contract/desk'
import { may, type Asking } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { weigh } from '../load.ts'
import { campaignDraft, heavyOf, orderDraft } from '../weigh-order.ts'

const mostWorkers = 200

/** What an order would add to each worker of the grids, which lie where the caller may order. */
export async function weighOrder(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const tree = placeTree(ctx)
  const { gridIds, placeId, selector, minutes, fromOn = dayOf(ctx.now), toOn } = ask
  if (toOn < fromOn) refuse('task.date', 422)
  if (gridIds.some((id) => tree.get(id)?.tier !== 'grid')) refuse('place.unknown', 422)
  for (const id of placeId === undefined ? gridIds : [...gridIds, placeId]) may(ctx, 'task.order', id, tree.contains)
  // How many there are of some is told, so it is written down who asked.
  if (selector !== undefined) ctx.look('visits.weighed', placeId ?? ctx.caller.countyCode, { selector })
  const isCampaign = placeId !== undefined && selector !== undefined
  const draft = isCampaign
    ? await campaignDraft(ctx, { placeId, selector, minutes, fromOn, toOn })
    : orderDraft(gridIds, minutes, fromOn, toOn)
  const weighed = await weigh(ctx, draft)
  const { perWeek, unmanned, workers } = weighed
  return { tasks: draft.tasks, perWeek, unmanned, heavy: heavyOf(weighed), workers: workers.slice(0, mostWorkers) }
}
