/** The desk of somebody who lives elsewhere is asked; who asks names him by number or phone, and learns nothing more of him. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { refuseStart } from '@fengge/domain/registry/leaving/link-days'
import type { askLink as promise } from '@fengge/domain/registry/link-contract'
import type { Ctx } from '../../kernel/context.ts'
import { refuse, settle } from '../../kernel/problems.ts'
import { findElsewhere, readAsked } from '../queries/alike.ts'
import { wereAsked } from '../questions.ts'
import { noteSought } from '../recusal/unseen.ts'
import { requestLink } from '../request-link.ts'
import { lockRecord } from '../sight.ts'
import { hasOpenLink } from '../store/links.ts'

export async function askLink(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { id, role, fromOn, basis, houseId } = ask
  const house = await lockRecord(ctx, houseId, 'registry.write')
  if (house.kind !== 'house' || house.row.state !== 'live') refuse('record.unknown', 404)
  settle(refuseStart(fromOn, dayOf(ctx.now)))
  const asked = readAsked(ctx, ask.values)
  await noteSought(ctx, 'askLink', asked)
  // Only by what was asked today and counted then: a request tells no more than the answer to the question did.
  const [person] = (await wereAsked(ctx, asked.numbers)) ? await findElsewhere(ctx, asked) : []
  if (!person) return refuse('record.unknown', 404)
  if (await hasOpenLink(ctx.tx, ctx.caller.countyCode, { personId: person.id, houseId, role }))
    refuse('link.there', 409)
  await requestLink(ctx, { id, person, house, role, fromOn, basis, askedName: asked.name })
  return { done: true }
}
