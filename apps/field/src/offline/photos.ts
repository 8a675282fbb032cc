/** Sending the photos of acts that are in the books: one by one, each resumed where it broke off. */
import { Refused } from '@fengge/web/api/call.ts'
import type { KeptAct, KeptPhoto, Outbox } from '@fengge/web/offline/outbox.ts'

export interface PhotoParts {
  readonly outbox: Outbox
  readonly send: (photo: Blob, id: string, phase: string) => Promise<unknown>
  /** A photo that the server will not have stays, and is said so. */
  readonly tellFault: (problem: string) => void
}

/** A broken line ends the sending; a photo that is refused holds up no other. */
export function makePhotos({ outbox, send, tellFault }: PhotoParts): () => Promise<void> {
  return async () => {
    for (const { act, photo } of outbox.withPhotosToSend().flatMap(each)) {
      const blob = await outbox.photo(photo.id)
      const problem = blob && (await send(blob, photo.id, photo.phase).then(() => undefined, problemOf))
      if (problem && (problem.status === 0 || problem.status >= 500 || problem.status === 401)) return
      if (problem) {
        tellFault(problem.problem)
        continue
      }
      // Under the photo's own id: a window that dies here attaches nothing twice.
      if (blob)
        await outbox.add({
          requestId: photo.id,
          name: 'attachEvidence',
          ask: { eventId: photo.eventId, evidenceIds: [photo.id], phase: photo.phase },
          label: '',
          subject: photo.eventId,
        })
      await outbox.photoSent(act.requestId, photo.id)
    }
  }
}

const each = ({ act, photos }: KeptAct) => photos.map((photo: KeptPhoto) => ({ act, photo }))
const problemOf = (error: unknown) =>
  error instanceof Refused ? error.problem : { problem: 'network.down', status: 0 }
