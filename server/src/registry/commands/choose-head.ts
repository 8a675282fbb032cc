/** Who heads a household is said of somebody who lives there; whoever headed it is a member from then on. Requirement R4. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { chooseHead as promise } from '@fengge/domain/registry/contract'
import { livingRoles } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { lapseRequests } from '../homes/lapse-requests.ts'
import { noteRole, tellHead, yieldHeads } from '../homes/settle-head.ts'
import { lockRecord } from '../sight.ts'
import { lockHeads, saveRoles } from '../store/heads.ts'
import { lockOpenLink } from '../store/links.ts'

export async function chooseHead(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const house = await lockRecord(ctx, ask.houseId, 'registry.write')
  const heads = await lockHeads(ctx.tx, county, [ask.houseId])
  const link = await lockOpenLink(ctx.tx, county, ask.linkId)
  if (link?.house_id !== house.row.id || !livingRoles.includes(link.role)) return refuse('record.unknown', 404)
  const former = heads.filter((h) => h.id !== link.id)
  if (former.length === 0 && link.role === 'head') return { done: true }
  const home = { houseId: house.row.id, post: house.post }
  await yieldHeads(ctx, home, former)
  await saveRoles(ctx.tx, county, [link.id], 'head')
  await noteRole(ctx, home, link, 'head')
  await lapseRequests(ctx, [house.row.id])
  tellHead(ctx, home, link.person_id, former)
  return { done: true }
}
