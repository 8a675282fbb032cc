/** Somebody lives or owns somewhere no more; his latest other home leads from then on. Requirement R4. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf, startOf } from '@fengge/domain/kernel/time'
import type { endLink as promise } from '@fengge/domain/registry/contract'
import { personUnlinked } from '@fengge/domain/registry/facts'
import { refuseMore } from '@fengge/domain/registry/leaving/leaving'
import { refuseEnd } from '@fengge/domain/registry/leaving/link-days'
import { livingRoles, sourceOf } from '@fengge/domain/registry/terms'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse, settle } from '../../kernel/problems.ts'
import { dayBook } from '../days/day-book.ts'
import { dueIn } from '../leaving/let-go.ts'
import { saveDueBy } from '../leaving/store/leavings.ts'
import { reachRecord } from '../sight.ts'
import { saveChange } from '../store/changes.ts'
import { countEnded, hasHome, leadWithLatest, lockOpenLink, saveEnd } from '../store/links.ts'

export async function endLink(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const link = (await lockOpenLink(ctx.tx, county, ask.id)) ?? refuse('record.unknown', 404)
  if (ask.houseId !== undefined && ask.houseId !== link.house_id) refuse('record.unknown', 404)
  if (ctx.caller.unseen?.has(link.person_id)) refuse('record.unknown', 404)
  const { post, duties } = await reachRecord(ctx, link.house_id, 'registry.write')
  const since = new Date(startOf(dayOf(ctx.now)))
  settle(refuseMore(await countEnded(ctx.tx, county, accountOf(ctx.caller), since), duties))
  settle(refuseEnd(link.from_on, ask.toOn, dayOf(ctx.now)))
  await saveEnd(ctx.tx, county, ask.id, ask.toOn)
  if (link.is_lead) await leadWithLatest(ctx.tx, county, link.person_id)
  const isLast = livingRoles.includes(link.role) && !(await hasHome(ctx.tx, county, link.person_id))
  if (isLast) await saveDueBy(ctx.tx, county, link.person_id, dueIn(ctx.now, (await dayBook(ctx, county))('nowhere')))
  await saveChange(ctx, {
    kind: 'person',
    recordId: link.person_id,
    version: 0,
    what: 'unlink',
    source: sourceOf(post?.roleCode),
    reason: ask.reason,
    more: { linkId: ask.id, houseId: link.house_id },
  })
  ctx.tell(personUnlinked, { houseId: link.house_id, reason: ask.reason }, link.person_id, post)
  return { done: true, isLast }
}
