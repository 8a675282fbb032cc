/** A post is given, or ended: by one, or, of an administrator, when the second one has agreed. */
import { postingEnded, postingGiven } from '@fengge/domain/identity/facts'
import type { Ctx } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { dropIdlePhotos } from './store/badge-photos.ts'
import { findRole, savePosting, savePostingEnd } from './store/postings.ts'

export interface Post {
  readonly id: string
  readonly roleCode: string
  readonly placeId: string
  readonly departmentId?: string | null
  readonly fromOn: string
  readonly toOn: string | null
}

export async function givePost(ctx: Ctx, accountId: string, post: Post): Promise<void> {
  const { roleCode, placeId, fromOn, toOn } = post
  const role = (await findRole(ctx.tx, roleCode)) ?? refuse('posting.role-unknown', 422)
  const departmentId = post.departmentId ?? null
  await savePosting(ctx.tx, { ...post, departmentId, accountId, roleKind: role.kind })
  ctx.tell(postingGiven, { role: roleCode, place: placeId, from: fromOn, to: toOn }, accountId)
}

export async function endPost(ctx: Ctx, accountId: string, { id, toOn }: Pick<Post, 'id' | 'toOn'>): Promise<void> {
  if (toOn === null) return refuse('posting.dates', 422)
  await savePostingEnd(ctx.tx, id, toOn)
  await dropIdlePhotos(ctx.tx, ctx.now)
  ctx.tell(postingEnded, { on: toOn }, accountId)
}
