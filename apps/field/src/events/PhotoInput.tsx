import { Camera, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { shrinkPhoto } from '@fengge/web/api/upload.ts'
import type { FreshPhoto, PhotoPhase } from '@fengge/web/offline/outbox.ts'
import { Icon } from '../shell/Icon.tsx'
import { useEventsWords } from '../words/events.ts'
import './photos.css'

/** A photo under an id of its own, so that a second try of the form sends the same one. */
export interface Photo {
  readonly id: string
  readonly blob: Blob
  readonly url: string
}

/** Photos of a form as they are kept with its act. */
export const photosFor = (photos: readonly Photo[], eventId: string, phase: PhotoPhase): FreshPhoto[] =>
  photos.map(({ id, blob }) => ({ id, blob, eventId, phase }))

const most = 6

interface Props {
  readonly photos: readonly Photo[]
  readonly onChange: (photos: Photo[]) => void
}

/** Takes photos and shrinks them; they lie on the phone until the text is through, and never hold it up. */
export function PhotoInput({ photos, onChange }: Props) {
  const say = useEventsWords()
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
    onChange([...photos, ...fresh].slice(0, most))
    setBusy(false)
    if (input.current) input.current.value = ''
  }
  return (
    <div className="photos">
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        onChange={(e) => void take(e.target.files)}
        aria-label={say.choosePhotos}
      />
      {photos.map((p, i) => (
        <button
          type="button"
          key={p.url}
          className="photo"
          onClick={() => onChange(photos.filter((x) => x !== p))}
          aria-label={say.removePhoto(i + 1)}
        >
          <img src={p.url} alt={say.photo(i + 1)} />
          <span className="photo-off">
            <Icon of={X} size="16px" />
          </span>
        </button>
      ))}
      {photos.length < most && (
        <button type="button" className="photo-take" onClick={() => input.current?.click()} disabled={isBusy}>
          <Icon of={Camera} size="24px" />
          {photos.length === 0 ? say.takePhoto : say.oneMore}
        </button>
      )}
    </div>
  )
}
