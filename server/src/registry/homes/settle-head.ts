/** A household has one head: whoever headed it is a member from the day another does, and the history of each says so. Requirement R4. */
import { headChosen } from '@fengge/domain/registry/facts'
import { sourceOf, type HeadIs, type LinkRole } from '@fengge/domain/registry/terms'
import type { Ctx, Post } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { saveChange } from '../store/changes.ts'
import { lockHeads, saveRoles } from '../store/heads.ts'

type Link = { readonly id: string; readonly person_id: string }
interface Home {
  readonly houseId: string
  readonly post: Post | undefined
}

/** Whoever headed the house so far is a member. */
export async function yieldHeads(ctx: Ctx, home: Home, former: readonly Link[]): Promise<void> {
  await saveRoles(
    ctx.tx,
    ctx.caller.countyCode,
    former.map((h) => h.id),
    'member',
  )
  for (const h of former) await noteRole(ctx, home, h, 'member')
}

export const noteRole = (ctx: Ctx, { houseId, post }: Home, link: Link, role: LinkRole): Promise<unknown> =>
  saveChange(ctx, {
    kind: 'person',
    recordId: link.person_id,
    version: 0,
    what: 'link',
    source: sourceOf(post?.roleCode),
    reason: '',
    more: { linkId: link.id, houseId, role },
  })

export function tellHead(ctx: Ctx, { houseId, post }: Home, personId: string, former: readonly Link[]): void {
  ctx.tell(headChosen, { personId, former: former.map((h) => h.person_id) }, houseId, post ?? null)
}

interface Wish {
  readonly personId: string
  readonly role: LinkRole
  readonly headIs: HeadIs | undefined
}
/**
 * The role in which somebody comes to live in a house.
 * @throws `link.headed` where he is to head a house that has a head, until it is said which of the two does
 */
export async function settleHead(ctx: Ctx, home: Home, { personId, role, headIs }: Wish): Promise<LinkRole> {
  if (role !== 'head') return role
  const former = await lockHeads(ctx.tx, ctx.caller.countyCode, [home.houseId])
  if (former.length === 0) return role
  if (headIs === undefined) refuse('link.headed', 409)
  if (headIs === 'member') return headIs
  await yieldHeads(ctx, home, former)
  tellHead(ctx, home, personId, former)
  return role
}
