/** Sends a file in pieces that survive a broken line; gives its evidence id. */
import { DetailedError, Upload } from 'tus-js-client'
import { freshId } from './fresh-id.ts'
import { authHeaders, Refused } from './call.ts'

export function uploadEvidence(
  file: File | Blob,
  name: string,
  phase: string,
  onProgress: (share: number) => void = () => undefined,
): Promise<string> {
  return upload({ file, id: freshId(), name, phase }, onProgress)
}

/** A photo of the outbox under an id of its own: begun once, gone on with where it broke off. */
export const sendPhoto = (photo: Blob, id: string, phase: string): Promise<string> =>
  upload({ file: photo, id, name: `${id}.jpg`, phase }, () => undefined)

/** A file on its way: `id` is the evidence it becomes, `phase` when in the life of the event it was taken. */
interface Sent {
  readonly file: File | Blob
  readonly id: string
  readonly name: string
  readonly phase: string
}

/** What the server answered to a piece, as a refusal; without an answer the line is down. */
function refusalOf(error: Error): Refused {
  const answer = error instanceof DetailedError ? error.originalResponse : null
  if (!answer) return new Refused({ problem: 'network.down', status: 0 })
  const text = answer.getBody()
  return new Refused(text.startsWith('{') ? (JSON.parse(text) as never) : { problem: 'server.failed', status: 500 })
}

function upload({ file, id, name, phase }: Sent, onProgress: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const sending = new Upload(file, {
      endpoint: '/api/files',
      headers: authHeaders(),
      chunkSize: 512 * 1024,
      retryDelays: [500, 1500, 4000, 8000],
      metadata: { id, name, phase, type: file.type },
      removeFingerprintOnSuccess: true,
      fingerprint: () => Promise.resolve(`fengge-${id}`),
      onProgress: (sent, total) => onProgress(total === 0 ? 1 : sent / total),
      onSuccess: () => resolve(id),
      onError: (error) => reject(refusalOf(error)),
    })
    void sending
      .findPreviousUploads()
      .then(([before]) => {
        if (before) sending.resumeFromPreviousUpload(before)
      })
      .finally(() => sending.start())
  })
}

const mostBytes = 250 * 1024
/** Long side and quality, tried in turn until the picture is small enough. */
const steps = [
  [1600, 0.78],
  [1600, 0.6],
  [1400, 0.5],
  [1100, 0.45],
  [800, 0.4],
  [600, 0.35],
] as const

/** Shrinks a photo before it leaves the phone: long side 1600, about 250 KB, drawn anew without hidden data. */
export async function shrinkPhoto(file: File): Promise<Blob> {
  if (!file.type.startsWith('image/')) return file
  try {
    const bitmap = await createImageBitmap(file)
    let blob: Blob = file
    for (const [side, quality] of steps) {
      const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height))
      const canvas = Object.assign(document.createElement('canvas'), {
        width: Math.round(bitmap.width * scale),
        height: Math.round(bitmap.height * scale),
      })
      canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
      blob = await new Promise<Blob>((resolve) =>
        canvas.toBlob((drawn) => resolve(drawn ?? file), 'image/jpeg', quality),
      )
      if (blob.size <= mostBytes) break
    }
    return blob
  } catch {
    return file
  }
}
