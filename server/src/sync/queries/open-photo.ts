/** A photo that was handed in, for the desk that decides on its act. */
import sharp from 'sharp'
import type { Asking } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { openKey, openPhoto } from '../handed.ts'
import { watches } from '../reach.ts'
import { findArrived } from '../store/photos.ts'

/** Drawn anew, so that nothing hidden in the bytes of a phone reaches a desk. */
export async function openHandedPhoto(ctx: Asking, id: string): Promise<Buffer> {
  const photo = await findArrived(ctx.tx, ctx.caller.countyCode, id)
  if (!photo || photo.picture === null || !watches(ctx, photo.place_id)) return refuse('inbox.unknown', 404)
  const picture = openPhoto(photo.picture, openKey(ctx.sealer, photo.device_id, photo.key_sealed))
  if (!picture) return refuse('inbox.unknown', 404)
  return sharp(picture, { limitInputPixels: 120_000_000 })
    .rotate()
    .resize(1024, 1024, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 75 })
    .toBuffer()
    .catch(() => refuse('inbox.unknown', 404))
}
