/** Who heads a household is said of somebody who lives there; whoever headed it is a member from then on. Requirement R4. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { chooseHead as promise } from '@fengge/domain/registry/contract'
import { headChosen } from '@fengge/domain/registry/facts'
import { livingRoles, sourceOf, type LinkRole } from '@fengge/domain/registry/terms'
import type { Ctx, Post } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { lockRecord } from '../sight.ts'
import { saveChange } from '../store/changes.ts'
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
  await saveRoles(
    ctx.tx,
    county,
    former.map((h) => h.id),
    'member',
  )
  await saveRoles(ctx.tx, county, [link.id], 'head')
  const note = (l: { readonly id: string; readonly person_id: string }, role: LinkRole) =>
    saveRole(ctx, { personId: l.person_id, linkId: l.id, houseId: house.row.id, role, post: house.post })
  for (const h of former) await note(h, 'member')
  await note(link, 'head')
  const detail = { personId: link.person_id, former: former.map((h) => h.person_id) }
  ctx.tell(headChosen, detail, house.row.id, house.post ?? null)
  return { done: true }
}

interface Named {
  readonly personId: string
  readonly linkId: string
  readonly houseId: string
  readonly role: LinkRole
  readonly post: Post | undefined
}

const saveRole = (ctx: Ctx, { personId, linkId, houseId, role, post }: Named): Promise<unknown> =>
  saveChange(ctx, {
    kind: 'person',
    recordId: personId,
    version: 0,
    what: 'link',
    source: sourceOf(post?.roleCode),
    reason: '',
    more: { linkId, houseId, role },
  })
