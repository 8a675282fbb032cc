import { ImageOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { EvidenceRow } from '@fengge/domain/events/contract/views'
import { authHeaders } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { phaseWords } from '@fengge/web/words/terms.ts'
import { Icon } from '../shell/Icon.tsx'
import { useEventsWords } from '../words/events.ts'
import './check.css'

type Evidence = Pick<EvidenceRow, 'id' | 'hasThumbnail' | 'name' | 'phase'>

interface Props {
  readonly of: Evidence
  readonly className?: string
}
/** A photo of the event; fetched with the phone's own session, since there is no cookie. */
export function Picture({ of: { id, hasThumbnail, name, phase }, className = 'photo' }: Props) {
  const { w } = useWords()
  const [url, setUrl] = useState('')
  useEffect(() => {
    if (!hasThumbnail) return
    let made = ''
    void fetch(`/api/evidence/file?id=${id}&size=small`, { headers: authHeaders() })
      .then(async (r) => {
        if (r.ok) {
          made = URL.createObjectURL(await r.blob())
          setUrl(made)
        }
      })
      .catch(() => undefined)
    return () => {
      if (made !== '') URL.revokeObjectURL(made)
    }
  }, [id, hasThumbnail])
  const open = async () => {
    const r = await fetch(`/api/evidence/file?id=${id}`, { headers: authHeaders() })
    if (r.ok) window.open(URL.createObjectURL(await r.blob()), '_blank')
  }
  return (
    <button type="button" className={className} onClick={() => void open()}>
      {url === '' ? name : <img src={url} alt={w(phaseWords, phase)} />}
    </button>
  )
}

/** As it was told and as it is said to be now, side by side; further photos below. */
export function BeforeAfter({ evidence }: { readonly evidence: readonly Evidence[] | null }) {
  const say = useEventsWords()
  if (evidence === null) return <p className="soft">{say.photosOnline}</p>
  const before = evidence.find((e) => e.phase === 'before')
  const after = evidence.findLast((e) => e.phase === 'after')
  const others = evidence.filter((e) => e !== before && e !== after)
  return (
    <>
      <div className="pair">
        <Half of={before} word={say.before} />
        <Half of={after} word={say.after} />
      </div>
      {others.length > 0 && (
        <div className="photos">
          {others.map((e) => (
            <Picture key={e.id} of={e} />
          ))}
        </div>
      )}
    </>
  )
}

function Half({ of, word }: { readonly of: Evidence | undefined; readonly word: string }) {
  const say = useEventsWords()
  return (
    <figure>
      {of ? (
        <Picture of={of} className="half" />
      ) : (
        <span className="half none">
          <Icon of={ImageOff} />
          {say.noPhoto}
        </span>
      )}
      <figcaption>{word}</figcaption>
    </figure>
  )
}
