/**
 * Earlier versions kept photos by themselves, so that one whose report was refused stayed behind. What belongs to an
 * act, or to an event in the books, becomes part of it; what belongs to nothing goes.
 */
import type { Outbox, PhotoPhase } from '@fengge/web/offline/outbox.ts'
import type { Vault } from '@fengge/web/offline/vault.ts'
import { readPhoto } from './store.ts'

export async function adoptPhotos(
  vault: Pick<Vault, 'keys' | 'getBytes' | 'drop'>,
  outbox: Outbox,
  hasEvent: (id: string) => boolean,
): Promise<void> {
  const known = new Set(outbox.list().flatMap((k) => k.photos.map((p) => p.id)))
  for (const id of (await vault.keys('photos')).filter((k) => !known.has(k))) {
    const bytes = await vault.getBytes('photos', id).catch(() => undefined)
    const { eventId = '', phase = 'before', after = '' } = bytes ? readPhoto(bytes).head : {}
    const isWanted = outbox.find(after) !== undefined || (after !== '' && hasEvent(eventId))
    if (isWanted) await outbox.adopt({ id, eventId, phase: phase as PhotoPhase }, after)
    else await vault.drop('photos', id)
  }
}
