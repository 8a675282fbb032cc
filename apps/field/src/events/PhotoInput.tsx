import { useRef, useState } from 'react'
import { shrinkPhoto, uploadEvidence } from '@fengge/web/api/upload.ts'
import { useWords } from '@fengge/web/words/language.ts'

export interface Photo { id: string; url: string }

/** Takes photos; each is shrunk and sent at once, in pieces. */
export function PhotoInput({ phase, photos, onChange }: { phase: string; photos: Photo[]; onChange(photos: Photo[]): void }) {
  const { t, fault } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [share, setShare] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const take = async (files: FileList | null) => {
    setError(null)
    let all = photos
    try {
      for (const file of files ?? []) {
        const small = await shrinkPhoto(file)
        setShare(0)
        all = [...all, { id: await uploadEvidence(small, file.name, phase, setShare), url: URL.createObjectURL(small) }]
        onChange(all)
      }
    } catch (caught) { setError(caught) }
    setShare(null)
    if (input.current) input.current.value = ''
  }
  return (
    <div>
      <input ref={input} type="file" accept="image/*" multiple hidden onChange={(e) => void take(e.target.files)} aria-label={t('选择照片', 'Choose photos')} />
      <button type="button" className="button plain" onClick={() => input.current?.click()} disabled={share !== null}>{share === null ? t('拍照或选照片', 'Take or choose a photo') : t(`正在上传 ${Math.round(share * 100)}%`, `Sending ${Math.round(share * 100)} %`)}</button>
      <div className="thumbs">{photos.map((p, i) => <button type="button" key={p.id} className="small" style={{ padding: 0 }} onClick={() => onChange(photos.filter((x) => x.id !== p.id))} aria-label={t(`去掉第 ${i + 1} 张照片`, `Remove photo ${i + 1}`)}><img src={p.url} alt={t(`第 ${i + 1} 张照片`, `Photo ${i + 1}`)} /></button>)}</div>
      {error ? <p className="error" role="alert">{fault(error)}</p> : null}
    </div>
  )
}
