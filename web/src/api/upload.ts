/** Sends a file in pieces that survive a broken line; gives its evidence id. */
import { Upload } from 'tus-js-client'
import { freshId } from './fresh-id.ts'
import { Refused } from './call.ts'

export function uploadEvidence(file: File | Blob, name: string, phase: string, onProgress: (share: number) => void = () => undefined): Promise<string> {
  const id = freshId()
  return new Promise((resolve, reject) => {
    new Upload(file, {
      endpoint: '/api/files', chunkSize: 512 * 1024, retryDelays: [500, 1500, 4000, 8000], metadata: { id, name, phase, type: file.type }, removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => onProgress(total === 0 ? 1 : sent / total),
      onSuccess: () => resolve(id),
      onError: (error) => {
        const text = 'originalResponse' in error ? error.originalResponse?.getBody() ?? '' : ''
        reject(new Refused(text.startsWith('{') ? JSON.parse(text) as never : { problem: 'file.broken', status: 422 }))
      },
    }).start()
  })
}

/** Shrinks a photo before it leaves the phone: long side 1600, about 250 KB, drawn anew without hidden data. */
export async function shrinkPhoto(file: File): Promise<Blob> {
  if (!file.type.startsWith('image/')) return file
  try {
    const bitmap = await createImageBitmap(file)
    const scale = Math.min(1, 1600 / Math.max(bitmap.width, bitmap.height))
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) })
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    return await new Promise<Blob>((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), 'image/jpeg', 0.78))
  } catch {
    return file
  }
}
