/** Who comes with a folded department's grid is named by the net editor; whoever gives posts agrees, and is another. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/identity/contract/asked-posts'
import { addDays } from '@fengge/domain/kernel/time'
import type { AreaFolded } from '@fengge/domain/places/facts'
import { accountOf, type Asking, type Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { givePost } from '../posts.ts'
import * as store from '../store/asked-posts.ts'
import { savePostingEnd } from '../store/postings.ts'

export async function listAskedPosts(ctx: Asking): Promise<ReplyOf<typeof promises.listAskedPosts>> {
  const rows = await store.listAsked(ctx.tx, ctx.caller.countyCode)
  return {
    posts: rows.map((r) => ({
      causeId: r.cause_id,
      cause: r.cause,
      accountId: r.account_id,
      name: r.name,
      role: r.role,
      roleEn: r.role_en,
      places: r.places,
      posts: r.posts,
      fromOn: r.from_on,
      askedBy: r.asked_by,
      askedAt: r.asked_at.toISOString(),
    })),
  }
}

export async function decideAskedPost(
  ctx: Ctx,
  { causeId, accountId, isAgreed, posts: shown }: AskOf<typeof promises.decideAskedPost>,
): Promise<ReplyOf<typeof promises.decideAskedPost>> {
  const by = accountOf(ctx.caller)
  if (accountId === by) refuse('posting.self', 409)
  const of = { causeId, accountId, ids: shown.map((p) => p.id) }
  const posts = await store.lockAsked(ctx.tx, ctx.caller.countyCode, of)
  if (posts.length === 0) return refuse('not-found', 404)
  // What is given is what was looked at: neither less of it, nor somewhere else by now.
  if (!shown.every((s) => posts.some((p) => p.id === s.id && p.place_id === s.placeId))) refuse('posting.stale', 409)
  if (posts.some((p) => p.asked_by === by)) refuse('two-step.same-person', 409)
  const decided = { state: isAgreed ? 'agreed' : 'refused', by, at: new Date(ctx.now) } as const
  await store.saveDecided(
    ctx.tx,
    posts.map((p) => p.id),
    decided,
  )
  if (!isAgreed) return { given: 0 }
  for (const { id, role_code: roleCode, place_id: placeId, from_on: fromOn } of posts)
    await givePost(ctx, accountId, { id, roleCode, placeId, fromOn, toOn: null })
  return { given: posts.length }
}

export async function askPosts(ctx: Ctx, { foldingId, cause, on, gridIds, askedBy, staff }: AreaFolded): Promise<void> {
  const posts = staff.flatMap(({ accountId, roleCode }) =>
    gridIds.map((placeId) => ({
      id: freshId(ctx.now),
      account_id: accountId,
      role_code: roleCode,
      place_id: placeId,
      from_on: on,
    })),
  )
  if (posts.length === 0) return
  const why = { causeId: foldingId, cause, askedBy, at: new Date(ctx.now) }
  await store.saveAskedPosts(ctx.tx, ctx.caller.countyCode, why, posts)
}

/** Withdrawn before its day: a post that was given already was never in force. */
export async function dropPosts(ctx: Ctx, foldingId: string): Promise<void> {
  for (const { id, from_on } of await store.withdrawAsked(ctx.tx, foldingId))
    await savePostingEnd(ctx.tx, id, addDays(from_on, -1))
}
