/**
 * Who wrote about somebody or looked at him before he moved here is told to those alone who serve there too: by the
 * writer he could be traced.
 */
import type { Asking } from '../../kernel/context.ts'
import { dutiesOver, placeFor } from '../sight.ts'
import { listMoved } from '../store/moved.ts'

/** @returns whether the caller is told who did something to somebody at a moment */
export async function writersTold(
  ctx: Asking,
  personIds: readonly string[],
): Promise<(personId: string, at: Date) => boolean> {
  const hidden = new Map<string, Date>()
  for (const { id, moved_from: from, moved_at: at } of await listMoved(ctx.tx, ctx.caller.countyCode, personIds)) {
    if (from === null || at === null) continue
    const { gridId, villageId, townId } = placeFor(ctx, from)
    const there = { grid_id: gridId, village_id: villageId, town_id: townId }
    if (!dutiesOver(ctx, there).duties.has('registry.read')) hidden.set(id, at)
  }
  return (personId, at) => at >= (hidden.get(personId) ?? at)
}
