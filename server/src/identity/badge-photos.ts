/**
 * The photo on a badge (W5): its holder puts it there and consents, and takes it away at any time. Whoever else gets it,
 * on paper or at the door, is written down; no list has one, and nothing looks for a face in it.
 */
import type * as promises from '@fengge/domain/identity/contract/badge-photo'
import { photoConsented, photoWithdrawn } from '@fengge/domain/identity/facts'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { accountOf, type Asking, type Ctx } from '../kernel/context.ts'
import { cleanPhoto } from '../kernel/judging/judge-file.ts'
import { drawPortrait } from '../kernel/judging/pictures.ts'
import { refuse } from '../kernel/problems.ts'
import type { Prepared } from '../kernel/run-call.ts'
import * as store from './store/badge-photos.ts'
import { findServingPost } from './store/postings.ts'

type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

export async function myBadgePhoto(ctx: Asking): Reply<'myBadgePhoto'> {
  const accountId = accountOf(ctx.caller)
  const row = await store.findPhoto(ctx.tx, accountId)
  if (!row) return { photo: null, consentedOn: null }
  return { photo: ctx.sealer.open(row.photo_sealed, store.photoAt(accountId)), consentedOn: row.consented_on }
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
    const consentedOn = dayOf(ctx.now)
    const sealed = ctx.sealer.seal(portrait.toString('base64'), store.photoAt(accountId))
    await store.savePhoto(ctx.tx, { accountId, sealed, consentedOn, now: ctx.now })
    ctx.tell(photoConsented, { on: consentedOn }, accountId)
    return { done: true }
  },
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
