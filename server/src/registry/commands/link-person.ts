/**
 * Somebody lives in a house, or owns it: a link with role, days and basis. Who is registered in another place is
 * linked, and sent to another grid, only by the desk of his own. Requirement R4.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { linkPerson as promise } from '@fengge/domain/registry/contract'
import { refuseStart } from '@fengge/domain/registry/leaving/link-days'
import type { Ctx } from '../../kernel/context.ts'
import { refuse, settle } from '../../kernel/problems.ts'
import { requestLink } from '../request-link.ts'
import { dutiesOver, lockRecord } from '../sight.ts'
import { hasOpenLink } from '../store/links.ts'
import { lockRecords } from '../store/records.ts'
import { tieHome } from '../homes/tie-home.ts'

export async function linkPerson(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const house = await lockRecord(ctx, ask.houseId, 'registry.write')
  const [person] = await lockRecords(ctx.tx, 'person', county, [ask.personId])
  // Whom he may not see is nobody to him: no request of his tells that she is registered elsewhere.
  if (ctx.caller.unseen?.has(ask.personId)) refuse('record.unknown', 404)
  if (!person || house.kind !== 'house' || house.row.state !== 'live' || person.state !== 'live')
    return refuse('record.unknown', 404)
  settle(refuseStart(ask.fromOn, dayOf(ctx.now)))
  if (await hasOpenLink(ctx.tx, county, ask)) refuse('link.there', 409)
  const { id, role, fromOn, basis, isLead, plan, headIs } = ask
  if (!dutiesOver(ctx, person).duties.has('registry.write')) {
    await requestLink(ctx, { id, person, house, role, fromOn, basis, headIs, askedName: '' })
    return { done: true, isAsked: true }
  }
  await tieHome(ctx, { id, person, house: house.row, role, fromOn, basis, isLead, plan, headIs, post: house.post })
  return { done: true, isAsked: false }
}
