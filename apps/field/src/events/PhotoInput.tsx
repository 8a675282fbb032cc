import { useEffect, useRef, useState } from 'react'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { shrinkPhoto } from '@fengge/web/api/upload.ts'
import type { FreshPhoto, PhotoPhase } from '@fengge/web/offline/outbox.ts'
import { useWords } from '@fengge/web/words/language.ts'

/** A photo under an id of its own, so that a second try of the form sends the same one. */
export interface Photo {
  readonly id: string
  readonly blob: Blob
  readonly url: string
}

/** Photos of a form as they are kept with its act. */
export const photosFor = (photos: readonly Photo[], eventId: string, phase: PhotoPhase): FreshPhoto[] =>
  photos.map(({ id, blob }) => ({ id, blob, eventId, phase }))

/** Takes photos and shrinks them; they lie on the phone until the text is through, and never hold it up. */
export function PhotoInput({
  photos,
  onChange,
}: {
  photos: readonly Photo[]
  readonly onChange: (photos: Photo[]) => void
}) {
  const { t } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [isBusy, setBusy] = useState(false)
  const urls = useRef<string[]>([])
  useEffect(
    () => () => {
      for (const url of urls.current) URL.revokeObjectURL(url)
    },
    [],
  )
  const take = async (files: FileList | null) => {
    setBusy(true)
    const fresh: Photo[] = []
    for (const file of files ?? []) {
      const blob = await shrinkPhoto(file)
      const url = URL.createObjectURL(blob)
      urls.current.push(url)
      fresh.push({ id: freshId(), blob, url })
    }
    onChange([...photos, ...fresh].slice(0, 6))
    setBusy(false)
    if (input.current) input.current.value = ''
  }
  return (
    <div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        onChange={(e) => void take(e.target.files)}
        aria-label={t('选择照片', 'Choose photos')}
      />
      <button type="button" className="button plain" onClick={() => input.current?.click()} disabled={isBusy}>
        {t('拍照或选照片', 'Take or choose a photo')}
      </button>
      <div className="thumbs">
        {photos.map((p, i) => (
          <button
            type="button"
            key={p.url}
            className="small"
            style={{ padding: 0 }}
            onClick={() => onChange(photos.filter((x) => x !== p))}
            aria-label={t(`去掉第 ${i + 1} 张照片`, `Remove photo ${i + 1}`)}
          >
            <img src={p.url} alt={t(`第 ${i + 1} 张照片`, `Photo ${i + 1}`)} />
          </button>
        ))}
      </div>
    </div>
  )
}
