/** Badges are issued, replaced and revoked; who rings at a door carries a code that a resident can check (W5, C1). */
import { randomInt } from 'node:crypto'
import { badgeCodeLength, badgeEndsOn, badgeSigns } from '@fengge/domain/identity/badge'
import type * as promises from '@fengge/domain/identity/contract'
import { badgeIssued, badgeRevoked } from '@fengge/domain/identity/facts'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { findBadge, findOpenBadge, reachesBadgesOf, viewBadge } from '../queries/badges.ts'
import { endBadge, endBadgeOf, saveBadge } from '../store/badges.ts'
import { findServingPost } from '../store/postings.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

const makeCode = () => Array.from({ length: badgeCodeLength }, () => badgeSigns[randomInt(badgeSigns.length)]).join('')

export async function issueBadge(ctx: Ctx, ask: Ask<'issueBadge'>): Reply<'issueBadge'> {
  const today = dayOf(ctx.now)
  const holder = { accountId: ask.accountId, county: ctx.caller.countyCode }
  const post = await findServingPost(ctx.tx, holder, today)
  if (!post || !reachesBadgesOf(ctx, post.place_id)) return refuse('badge.no-post', 422)
  await endBadgeOf(ctx.tx, ask.accountId, ctx.now)
  await saveBadge(ctx.tx, {
    id: ask.id,
    accountId: ask.accountId,
    postingId: post.id,
    code: makeCode(),
    issuedAt: ctx.now,
    issuedBy: ctx.caller.accountId,
    expiresOn: badgeEndsOn(today, ask.months, post.to_on),
  })
  ctx.tell(badgeIssued, {}, ask.accountId)
  return viewBadge(ctx, (await findBadge(ctx.tx, ask.id))!)
}

export async function revokeBadge(ctx: Ctx, ask: Ask<'revokeBadge'>): Reply<'revokeBadge'> {
  const row = await findOpenBadge(ctx.tx, ask.id)
  if (!row || !reachesBadgesOf(ctx, row.place_id)) return refuse('badge.unknown', 404)
  await endBadge(ctx.tx, ask.id, ask.reason, ctx.now)
  ctx.tell(badgeRevoked, { reason: ask.reason }, row.account_id)
  return { done: true }
}
