import { freshId } from '../kernel/fresh-id.ts'
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import type { Ctx } from '../kernel/context.ts'
import { on } from '../kernel/reactions.ts'
import { followGrids } from './store.ts'

/** Staff of a grid that was split, merged or closed serve on in the grids that follow it (G5). */
export function identityReactions(): void {
  on(netChanged, followNet)
}

async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  const ended = change.from.filter((id) => !change.to.includes(id))
  if (ended.length > 0)
    await followGrids(
      ctx.tx,
      ended,
      change.to.filter((id) => !change.from.includes(id)),
      change.on,
      () => freshId(ctx.now),
    )
}
