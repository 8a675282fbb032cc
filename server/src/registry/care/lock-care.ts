/** A reason of care that its keeper may touch, locked, or the same answer as when it is not there. */
import type { Ctx, Post } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { reachRecord } from '../sight.ts'
import { lockOverlay, type OverlayRow } from '../store/overlays.ts'

export async function lockCare(ctx: Ctx, id: string): Promise<{ overlay: OverlayRow; post: Post | undefined }> {
  const overlay = (await lockOverlay(ctx.tx, ctx.caller.countyCode, id)) ?? refuse('record.unknown', 404)
  const { post } = await reachRecord(ctx, overlay.person_id, 'overlay.keep')
  return { overlay, post }
}
