import { FileText } from 'lucide-react'
import type { EventView, EvidenceRow } from '@fengge/domain/events/contract/views'
import { useWords } from '@fengge/web/words/language.ts'
import { phaseWords } from '@fengge/web/words/terms.ts'
import { showTime, showWhen } from '@fengge/web/words/time.ts'
import { useNow } from '../../shell/useNow.ts'
import { useEventWords } from '../../words/events.ts'

/** The picture of before beside that of after, as far as they are there, and what else came with it. */
export function Photos({ event }: { readonly event: EventView }) {
  const pictures = event.evidence.filter((e) => e.hasThumbnail)
  const before = pictures.find((e) => e.phase === 'before') ?? pictures[0]
  const after = pictures.findLast((e) => e !== before && (e.phase === 'after' || e.phase === 'check'))
  const pair = [before, after].filter((e) => e !== undefined)
  const others = event.evidence.filter((e) => !pair.includes(e))
  if (event.evidence.length === 0) return null
  return (
    <>
      {pair.length > 0 && (
        <div className="ev-photos">
          {pair.map((e) => (
            <Picture key={e.id} file={e} size="full" />
          ))}
        </div>
      )}
      {others.length > 0 && (
        <div className="ev-files">
          {others.map((e) =>
            e.hasThumbnail ? <Picture key={e.id} file={e} size="small" /> : <File key={e.id} file={e} />,
          )}
        </div>
      )}
    </>
  )
}

const addressOf = (file: EvidenceRow, size: 'full' | 'small' = 'full') =>
  `/api/evidence/file?id=${file.id}${size === 'small' ? '&size=small' : ''}`

function Picture({ file, size }: { readonly file: EvidenceRow; readonly size: 'full' | 'small' }) {
  const { w, language } = useWords()
  const now = useNow()
  const name = w(phaseWords, file.phase)
  return (
    <figure className="ev-photo" data-size={size}>
      <a href={addressOf(file)} target="_blank" rel="noreferrer" title={`SHA-256 ${file.sha256}`}>
        <img
          src={addressOf(file, size === 'full' && file.kind === 'photo' ? 'full' : 'small')}
          alt={`${name} ${showTime(file.at)}`}
          loading="lazy"
        />
      </a>
      <figcaption>
        <strong>{name}</strong> {showWhen(file.at, now, language)}
      </figcaption>
    </figure>
  )
}

function File({ file }: { readonly file: EvidenceRow }) {
  const { w } = useWords()
  const say = useEventWords()
  return (
    <a
      className="ev-file"
      href={addressOf(file)}
      target="_blank"
      rel="noreferrer"
      title={`${w(phaseWords, file.phase)} · SHA-256 ${file.sha256}`}
    >
      <FileText size={18} strokeWidth={1.75} aria-hidden="true" />
      {file.name || say.fileOf(file.mime)}
    </a>
  )
}
