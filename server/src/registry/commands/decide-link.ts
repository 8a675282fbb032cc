/** The desk of a person's own place lets him be linked with a house elsewhere, or not; nobody decides what he asked for. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { linkAgreed, linkRefused } from '@fengge/domain/registry/facts'
import type { decideLink as promise } from '@fengge/domain/registry/link-contract'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { decidesFor } from '../request-link.ts'
import { dutiesOver } from '../sight.ts'
import { lockLinkRequest, saveLinkDecision, type LinkRequestRow } from '../store/link-requests.ts'
import { hasOpenLink } from '../store/links.ts'
import { lockRecords, type RecordRow } from '../store/records.ts'
import { tieHome } from '../homes/tie-home.ts'

type Ask = AskOf<typeof promise>

export async function decideLink(ctx: Ctx, ask: Ask): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const request = (await lockLinkRequest(ctx.tx, county, ask.id)) ?? refuse('record.unknown', 404)
  if (request.is_aside) refuse('record.unknown', 404)
  const person = await lockMeant(ctx, request.person_id)
  if (!person || !decidesFor(ctx, person)) return refuse('record.unknown', 404)
  if (request.asked_by === ctx.caller.accountId) refuse('link.own', 403)
  if (request.state !== 'open') refuse('link.decided', 409)
  if (!ask.isAgreed && ask.reason === '') refuse('link.reason', 422)
  await saveLinkDecision(ctx.tx, county, ask.id, {
    state: ask.isAgreed ? 'agreed' : 'refused',
    reason: ask.reason,
    by: accountOf(ctx.caller),
    at: new Date(ctx.now),
  })
  if (ask.isAgreed) await agree(ctx, request, person, ask)
  const fact = ask.isAgreed ? linkAgreed : linkRefused
  ctx.tell(fact, { request: ask.id, reason: ask.reason }, person.id, postOver(ctx, person))
  return { done: true }
}

/** The person, or the one he was found to be meanwhile. */
async function lockMeant(ctx: Ctx, id: string): Promise<RecordRow | undefined> {
  const [person] = await lockRecords(ctx.tx, 'person', ctx.caller.countyCode, [id])
  return person?.state === 'merged' && person.merged_into !== null ? lockMeant(ctx, person.merged_into) : person
}

async function agree(ctx: Ctx, request: LinkRequestRow, person: RecordRow, { isLead, plan }: Ask): Promise<void> {
  const county = ctx.caller.countyCode
  const [house] = await lockRecords(ctx.tx, 'house', county, [request.house_id])
  if (!house || house.state !== 'live' || person.state !== 'live') return refuse('record.unknown', 404)
  const { id, role, from_on: fromOn, basis } = request
  if (await hasOpenLink(ctx.tx, county, { personId: person.id, houseId: house.id, role })) refuse('link.there', 409)
  await tieHome(ctx, { id, person, house, role, fromOn, basis, isLead, plan, post: postOver(ctx, person) })
}

const postOver = (ctx: Ctx, person: RecordRow) =>
  dutiesOver(ctx, person).posts.find((p) => p.duties.has('registry.correct'))
