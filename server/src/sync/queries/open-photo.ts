/** A photo that was handed in, for the desk that decides on its act. */
import type { Asking } from '../../kernel/context.ts'
import { cleanPhoto } from '../../kernel/judging/judge-file.ts'
import { problemOf, refuse } from '../../kernel/problems.ts'
import { openKey, openPhoto } from '../handed.ts'
import { readAsk } from '@fengge/domain/sync/terms'
import { confidedTo } from '../confided.ts'
import { isShownTo } from '../reach.ts'
import { askAt, findKept } from '../store/inbox.ts'
import { findArrived } from '../store/photos.ts'

/** Judged by its bytes as any photo that is sent, and drawn anew, so that nothing hidden in the bytes of a phone reaches a desk. */
export async function openHandedPhoto(ctx: Asking, id: string): Promise<Buffer> {
  const photo = await findArrived(ctx.tx, ctx.caller.countyCode, id)
  if (!photo || photo.picture === null || !(await mayRead(ctx, photo.act_id))) return refuse('inbox.unknown', 404)
  const picture = openPhoto(photo.picture, openKey(ctx.sealer, photo.device_id, photo.key_sealed))
  if (!picture) return refuse('inbox.unknown', 404)
  const asker = { who: ctx.caller.accountId ?? '', isKnown: true }
  const clean = await cleanPhoto(picture, '', asker).catch((error: unknown) => {
    if (problemOf(error)?.problem === 'file.busy') throw error
    return refuse('inbox.unknown', 404)
  })
  return clean.bytes
}

/** Whether the act that a photo belongs to is one that the caller reads. */
async function mayRead(ctx: Asking, actId: string): Promise<boolean> {
  const row = await findKept(ctx.tx, ctx.caller.countyCode, actId)
  if (!row || !isShownTo(ctx, row)) return false
  return (await confidedTo(ctx, row, readAsk(ctx.sealer.open(row.ask_sealed, askAt(row.id))))) === null
}
