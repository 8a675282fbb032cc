/** The public card of a grid: its own, else that of the community it lies in, field by field; a code that ran out is not shown. */
import QRCode from 'qrcode'
import type * as promises from '@fengge/domain/identity/contract/cards'
import type { GridCard } from '@fengge/domain/identity/contract/cards'
import { isOfficePhone } from '@fengge/domain/identity/grid-card'
import { cardSaved } from '@fengge/domain/identity/facts'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Asking, Ctx, Source } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { keptOnShelf, type HasShelf } from '../kernel/shelf.ts'
import { placeTree } from '../places/door.ts'
import { reachesBadgesOf } from './queries/badges.ts'
import { listCards, saveCard, type CardRow } from './store/grid-cards.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

const bare = ({ placeId: _placeId, ...card }: CardRow): GridCard => card

/** As residents see it; nothing where neither the grid nor what it lies in has one. */
export async function shownCard(from: Source, placeId: string): Promise<GridCard | undefined> {
  const line = placeTree(from)
    .line(placeId)
    .filter((n) => n.tier === 'grid' || n.tier === 'micro' || n.tier === 'village')
    .map((n) => n.id)
  const cards = new Map((await listCards(from.tx, line)).map((c) => [c.placeId, c]))
  const nearest = line.flatMap((id) => cards.get(id) ?? [])
  if (nearest.length === 0) return undefined
  const today = dayOf(from.now)
  const group = nearest.find((c) => c.groupCode !== '' && (c.groupUntil === null || c.groupUntil >= today))
  return {
    officePhone: nearest.find((c) => c.officePhone !== '')?.officePhone ?? '',
    groupName: group?.groupName ?? '',
    groupCode: group?.groupCode ?? '',
    groupUntil: group?.groupUntil ?? null,
  }
}

const mostPictures = 2000
const pictures = keptOnShelf((): Map<string, Promise<string>> => new Map())

/** The code of a group as a picture, drawn once for all who ask. */
export function pictureOf(home: HasShelf, groupCode: string): Promise<string> {
  const drawn = pictures(home)
  if (drawn.size > mostPictures) drawn.clear()
  const picture = drawn.get(groupCode) ?? QRCode.toString(groupCode, { type: 'svg', margin: 2 })
  drawn.set(groupCode, picture)
  return picture
}

function reach(ctx: Asking, placeId: string): void {
  const tier = placeTree(ctx).get(placeId)?.tier
  const isCarded = tier === 'grid' || tier === 'village'
  if (!isCarded || !reachesBadgesOf(ctx, placeId)) refuse('place.unknown', 404)
}

export async function getGridCard(ctx: Asking, { placeId }: Ask<'getGridCard'>): Reply<'getGridCard'> {
  reach(ctx, placeId)
  const [own] = await listCards(ctx.tx, [placeId])
  return { own: own ? bare(own) : null, shown: (await shownCard(ctx, placeId)) ?? null }
}

export async function saveGridCard(ctx: Ctx, ask: Ask<'saveGridCard'>): Reply<'saveGridCard'> {
  const { requestId: _requestId, ...card } = ask
  reach(ctx, card.placeId)
  if (card.officePhone !== '' && !isOfficePhone(card.officePhone)) refuse('card.private-phone', 422)
  await saveCard(ctx.tx, {
    ...card,
    county: ctx.caller.countyCode,
    by: ctx.caller.accountId,
    at: new Date(ctx.now),
  })
  ctx.tell(cardSaved, { phone: card.officePhone, hasGroup: card.groupCode !== '' }, card.placeId)
  return { done: true }
}
