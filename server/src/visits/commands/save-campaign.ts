import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { saveCampaign as promise } from '@fengge/domain/visits/contract/desk'
import { campaignStarted } from '@fengge/domain/visits/facts'
import { kindOfForm } from '@fengge/domain/visits/forms'
import { may, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { admitOrder } from '../../matters/door.ts'
import { placeTree } from '../../places/door.ts'
import { formFor } from '../form-for.ts'
import { makeTasks } from '../make-tasks.ts'
import { admitLoad, campaignDraft } from '../weigh-order.ts'
import { insertCampaign } from '../store/campaigns.ts'

type Ask = AskOf<typeof promise>

/** Starts a campaign: a task for everybody it is for, between two days, under a matter in force to the last of them. */
export async function saveCampaign(ctx: Ctx, ask: Ask): Promise<ReplyOf<typeof promise>> {
  const today = dayOf(ctx.now)
  const tree = placeTree(ctx)
  if (ask.toOn < ask.fromOn || ask.toOn < today) refuse('campaign.dates', 422)
  const { matterId, selector, minutes, toOn } = ask
  const form = await formFor(ctx, ask.formCode, selector)
  await admitOrder(ctx, { door: 'campaign', matterId, taskKind: kindOfForm(form), object: selector, minutes, toOn })
  if (!tree.get(ask.placeId)) refuse('place.unknown', 422)
  const post = may(ctx, 'task.order', ask.placeId, tree.contains)
  await admitLoad(ctx, await campaignDraft(ctx, ask), { id: ask.id, word: ask.heavyWord })
  await insertCampaign(ctx.tx, ctx.caller.countyCode, ask, { by: ctx.caller.accountId, at: new Date(ctx.now) })
  const tasks = await sendOut(ctx, ask, today)
  ctx.tell(campaignStarted, { selector: ask.selector, tasks }, ask.id, post)
  return { id: ask.id, tasks }
}

function sendOut(ctx: Ctx, ask: Ask, today: string): Promise<number> {
  const { id, name, note, selector, formCode, placeId, fromOn, toOn, minutes } = ask
  return makeTasks(
    ctx,
    ask.matterId,
    { origin: 'campaign', originId: id, originName: name, formCode, title: name, note, minutes, priority: 6 },
    { by: 'search', selector, formCode, placeId, today, fromOn, toOn },
  )
}
