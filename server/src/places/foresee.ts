/** What a change of the net will bring: what goes where, what somebody must settle first, and whose posts end (G5). */
import type { ReplyOf, AskOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { netForeseen, type NetChange } from '@fengge/domain/places/facts'
import type { foreseeChange as promise } from '@fengge/domain/places/net-contract'
import { mostAtOnce, Tier, type LoosePart, type NetFlow, type NetPost } from '@fengge/domain/places/terms'
import type { Asking } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { askAbove } from '../kernel/reactions.ts'
import { clipping } from './clipping/beside.ts'
import { mayEdit } from './commands/open-grid.ts'
import { newsOf } from './net-news.ts'
import type { Plan } from './net-plan.ts'
import { reckonChange } from './outline-change.ts'
import { placeTree } from './tree-in-force.ts'

export interface Foreseen {
  readonly moved: readonly NetFlow[]
  readonly loose: readonly LoosePart[]
  readonly posts: readonly NetPost[]
}

export async function foresee(ctx: Asking, plan: Plan, news: NetChange): Promise<Foreseen> {
  const heard = await askAbove(ctx, netForeseen, news)
  const unplaced = plan.unplaced.map(({ id, name, parent_id: from }) => ({
    thing: 'place' as const,
    id,
    name,
    from: from!,
    n: 1,
  }))
  return {
    moved: heard.flatMap((h) => h.moved ?? []),
    loose: [...unplaced, ...heard.flatMap((h) => h.loose ?? [])],
    posts: heard.flatMap((h) => h.posts ?? []),
  }
}

/** @throws Refusal until somebody has settled everything that no border settles */
export function holdSettled({ loose, posts }: Foreseen): void {
  const open = loose.reduce((sum, l) => sum + l.n, 0)
  if (open > 0) refuse('net.unsettled', 409, { count: open })
  const unchosen = posts.filter((p) => p.to === null).length
  if (unchosen > 0) refuse('net.staff-unchosen', 409, { count: unchosen })
}

/** Whether so many people change their grid that nobody should sit and wait for it. */
const isLarge = (moved: readonly NetFlow[]): boolean =>
  moved.reduce((sum, m) => sum + (m.thing === 'person' && m.from !== m.to ? m.n : 0), 0) > mostAtOnce

export async function foreseeChange(ctx: Asking, { change }: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { plan } = await clipping(ctx.caller, 'drawn', (clip) =>
    reckonChange(ctx, change, clip, (places) => {
      for (const p of places) mayEdit(ctx, p.id)
      // Drawn over a few houses, a part tells how many people live in them: whoever looks ahead is written down.
      ctx.look('net.foreseen', places[0]!.id, { kind: change.kind })
    }),
  )
  const news = newsOf(placeTree(ctx), plan)
  const names = new Map(plan.after.map((p) => [p.id, p.name]))
  const { moved, loose, posts } = await foresee(ctx, plan, news)
  return {
    places: plan.after.map(({ id, name, tier }) => ({ id, name, tier: Tier.parse(tier) })),
    moved: [...moved],
    isOrder: change.on > dayOf(ctx.now) || isLarge(moved),
    loose: [...loose],
    posts: [...posts],
    below: [...plan.followers].flatMap(([id, to]) => {
      const row = plan.below.find((p) => p.id === id)
      return row ? [{ name: row.name, to: to.map((t) => names.get(t) ?? '') }] : []
    }),
  }
}
