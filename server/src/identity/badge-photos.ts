/**
 * The photo on a badge (W5): its holder puts it there and consents, and takes it away at any time; an administrator or the
 * desk may take one for him, which nobody but he sees and nothing uses until he agrees on his own screen. Whoever else gets it,
 * on paper or at the door, is written down; no list has one, and nothing looks for a face in it.
 */
import type * as promises from '@fengge/domain/identity/contract/badge-photo'
import { photoConsented, photoDeclined, photoOffered, photoWithdrawn } from '@fengge/domain/identity/facts'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { accountOf, postsWith, type Asking, type Ctx } from '../kernel/context.ts'
import { cleanPhoto } from '../kernel/judging/judge-file.ts'
import { drawPortrait } from '../kernel/judging/pictures.ts'
import { refuse } from '../kernel/problems.ts'
import type { Prepared } from '../kernel/run-call.ts'
import { placeTree } from '../places/door.ts'
import * as store from './store/badge-photos.ts'
import { findServingPost } from './store/postings.ts'

type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

export async function myBadgePhoto(ctx: Asking): Reply<'myBadgePhoto'> {
  const accountId = accountOf(ctx.caller)
  const row = await store.findPhoto(ctx.tx, accountId)
  const offer = await store.findOffer(ctx.tx, accountId, store.offersSince(ctx.now))
  return {
    photo: row ? ctx.sealer.open(row.photo_sealed, store.photoAt(accountId)) : null,
    consentedOn: row?.consented_on ?? null,
    offered: offer
      ? {
          photo: ctx.sealer.open(offer.photo_sealed, store.offeredAt(accountId)),
          by: offer.by_name,
          at: offer.offered_at.toISOString(),
        }
      : null,
  }
}

/** Who serves, by the post that a badge would be of. */
async function mustServe(ctx: Asking): Promise<string> {
  const holder = { accountId: accountOf(ctx.caller), county: ctx.caller.countyCode }
  if (!(await findServingPost(ctx.tx, holder, dayOf(ctx.now)))) refuse('badge.no-post', 422)
  return holder.accountId
}

export const saveBadgePhoto: Prepared<typeof promises.saveBadgePhoto, Buffer> = {
  prepare: async (ctx: Asking, ask: AskOf<typeof promises.saveBadgePhoto>) => {
    const asker = { who: await mustServe(ctx), isKnown: true }
    const clean = await cleanPhoto(Buffer.from(ask.photo, 'base64'), '', asker)
    return drawPortrait(clean.bytes, asker)
  },
  command: async (ctx, _ask, portrait) => {
    const accountId = await mustServe(ctx)
    await put(ctx, accountId, portrait.toString('base64'))
    await store.dropOffer(ctx.tx, accountId)
    return { done: true }
  },
}

/** With the consent of today. */
async function put(ctx: Ctx, accountId: string, photo: string): Promise<void> {
  const consentedOn = dayOf(ctx.now)
  const sealed = ctx.sealer.seal(photo, store.photoAt(accountId))
  await store.savePhoto(ctx.tx, { accountId, sealed, consentedOn, now: ctx.now })
  ctx.tell(photoConsented, { on: consentedOn }, accountId)
}

/** Somebody else who serves where the caller may give badges or posts. */
async function mustOffer(ctx: Asking, accountId: string): Promise<void> {
  if (accountId === ctx.caller.accountId) refuse('badge.own-photo', 422)
  const post = await findServingPost(ctx.tx, { accountId, county: ctx.caller.countyCode }, dayOf(ctx.now))
  const tree = placeTree(ctx)
  const isNear = (placeId: string) =>
    postsWith(ctx.caller, ['badge.issue', 'sync.watch', 'posting.manage']).some((p) =>
      tree.contains(p.placeId, placeId),
    )
  if (!post || !isNear(post.place_id)) refuse('badge.no-post', 422)
}

export const offerBadgePhoto: Prepared<typeof promises.offerBadgePhoto, Buffer> = {
  prepare: async (ctx: Asking, ask) => {
    await mustOffer(ctx, ask.accountId)
    const asker = { who: accountOf(ctx.caller), isKnown: true }
    const clean = await cleanPhoto(Buffer.from(ask.photo, 'base64'), '', asker)
    return drawPortrait(clean.bytes, asker)
  },
  command: async (ctx, { accountId }, portrait) => {
    await mustOffer(ctx, accountId)
    await store.saveOffer(ctx.tx, {
      account_id: accountId,
      photo_sealed: ctx.sealer.seal(portrait.toString('base64'), store.offeredAt(accountId)),
      by_account: accountOf(ctx.caller),
      by_name: ctx.caller.name,
      offered_at: new Date(ctx.now),
    })
    ctx.tell(photoOffered, {}, accountId)
    return { done: true }
  },
}

export async function answerBadgePhoto(
  ctx: Ctx,
  ask: AskOf<typeof promises.answerBadgePhoto>,
): Reply<'answerBadgePhoto'> {
  const accountId = await mustServe(ctx)
  const offer = (await store.takeOffer(ctx.tx, accountId, new Date(ask.at))) ?? refuse('badge.no-offer', 404)
  if (offer.offered_at <= store.offersSince(ctx.now)) refuse('badge.no-offer', 404)
  if (ask.consents) await put(ctx, accountId, ctx.sealer.open(offer.photo_sealed, store.offeredAt(accountId)))
  else ctx.tell(photoDeclined, {}, accountId)
  return { done: true }
}

export async function dropBadgePhoto(ctx: Ctx): Reply<'dropBadgePhoto'> {
  const accountId = accountOf(ctx.caller)
  if (await store.dropPhoto(ctx.tx, accountId)) ctx.tell(photoWithdrawn, {}, accountId)
  return { done: true }
}

/** Photos by account, for those who get them by right: on paper, or at the door. Each but the caller's own is a look. */
export async function openPhotos(
  ctx: Asking,
  accountIds: readonly string[],
  on: 'badge' | 'cards' | 'board' | 'door',
): Promise<ReadonlyMap<string, Buffer>> {
  const rows = await store.listPhotos(ctx.tx, accountIds, dayOf(ctx.now))
  for (const { account_id: id } of rows) if (id !== ctx.caller.accountId) ctx.look('badge.photo-looked', id, { on })
  return new Map(
    rows.map((r) => [
      r.account_id,
      Buffer.from(ctx.sealer.open(r.photo_sealed, store.photoAt(r.account_id)), 'base64'),
    ]),
  )
}
