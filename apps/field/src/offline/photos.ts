/** Sending the photos of acts that are in the books, or that wait for them: one by one, each resumed where it broke off. */
import { Refused } from '@fengge/web/api/call.ts'
import { waitsForPhotos, type KeptAct, type KeptPhoto, type Outbox } from '@fengge/web/offline/outbox.ts'

export interface PhotoParts {
  readonly outbox: Outbox
  readonly send: (photo: Blob, id: string, phase: string) => Promise<unknown>
  /** A photo that the server will not have stays, and is said so. */
  readonly tellFault: (problem: string) => void
}

/** A broken line ends the sending; a photo that is refused holds up no other. One sending follows the other. */
export function makePhotos(parts: PhotoParts): () => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return () => {
    last = last.catch(() => undefined).then(() => sendAll(parts))
    return last
  }
}

async function sendAll({ outbox, send, tellFault }: PhotoParts): Promise<void> {
  for (const { kept, photo } of outbox.withPhotosToSend().flatMap(each)) {
    const isFirst = waitsForPhotos(outbox.find(kept.act.requestId) ?? kept)
    const blob = await outbox.photo(photo.id)
    const problem = blob && (await send(blob, photo.id, photo.phase).then(() => undefined, problemOf))
    if (problem && (problem.status === 0 || problem.status >= 500 || problem.status === 401)) return
    if (problem) {
      tellFault(problem.problem)
      await outbox.photoRefused(kept.act.requestId, problem.problem)
      continue
    }
    // Under the photo's own id: a window that dies here attaches nothing twice.
    if (blob && !isFirst)
      await outbox.add({
        requestId: photo.id,
        name: 'attachEvidence',
        ask: { eventId: photo.eventId, evidenceIds: [photo.id], phase: photo.phase },
        label: '',
        subject: photo.eventId,
      })
    await outbox.photoSent(kept.act.requestId, photo.id)
  }
}

const each = (kept: KeptAct) => kept.photos.map((photo: KeptPhoto) => ({ kept, photo }))
const problemOf = (error: unknown) =>
  error instanceof Refused ? error.problem : { problem: 'network.down', status: 0 }
