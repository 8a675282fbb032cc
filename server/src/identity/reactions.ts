import { freshId } from '../kernel/fresh-id.ts'
import { onNetChange } from '../kernel/reactions.ts'
import { followGrids } from './store.ts'

/** Staff of a grid that was split, merged or closed serve on in the grids that follow it (G5). */
export function identityReactions(): void {
  onNetChange(async (ctx, change) => {
    const ended = change.from.filter((id) => !change.to.includes(id))
    if (ended.length > 0)
      await followGrids(
        ctx.tx,
        ended,
        change.to.filter((id) => !change.from.includes(id)),
        change.on,
        () => freshId(ctx.now),
      )
    return 0
  })
}
