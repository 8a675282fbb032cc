import {
  Camera,
  ClipboardCheck,
  FileText,
  House,
  Image,
  TriangleAlert,
  UserRoundPen,
  Users,
  type LucideIcon,
} from 'lucide-react'
import { useEffect, useState } from 'react'
import { actWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import type { KeptAct } from '@fengge/web/offline/outbox.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'
import { Icon } from '../shell/Icon.tsx'
import { showWhen } from '../shell/when.ts'
import { useMoreWords } from '../words/more.ts'
import { RefusedAct } from './RefusedAct.tsx'
import './outbox.css'

/** What waits, in order and how large; what was refused and why; what was received: each act by itself. */
export function OutboxPage() {
  const { outbox, round } = usePhone()
  const say = useMoreWords()
  const { isOnline } = useField()
  const list = outbox.list()
  const waiting = list.filter((k) => k.state === 'waiting')
  const trouble = list.filter((k) => k.state === 'refused' || k.state === 'held').toReversed()
  const past = list.filter((k) => k.state === 'done' || k.state === 'kept').toReversed()
  const late = past.flatMap((k) => k.photos)
  return (
    <Frame title={say.outbox} back="more">
      {waiting.length + trouble.length + late.length === 0 && <p className="card soft">{say.nothingWaits}</p>}
      {waiting.length > 0 && (
        <p className="notice">
          <strong>{say.keptSafe(waiting.length)}</strong>
          <br />
          {say.goesByItself}
        </p>
      )}
      {waiting.length > 0 && <Waiting acts={waiting} />}
      {late.length > 0 && <p className="card">{say.photosFollow(late.length)}</p>}
      {trouble.length > 0 && (
        <section aria-label={say.lookAt}>
          <div className="section-head">
            <h2>{say.lookAt}</h2>
          </div>
          {trouble.map((k) => (
            <RefusedAct key={k.act.requestId} kept={k} />
          ))}
        </section>
      )}
      {waiting.length + late.length > 0 && isOnline && (
        <button className="button plain" onClick={() => void round()}>
          {say.sendNow}
        </button>
      )}
      {past.length > 0 && (
        <details>
          <summary>{say.sentLately(past.length)}</summary>
          <ul className="list">
            {past.slice(0, 30).map((k) => (
              <Line key={k.act.requestId} kept={k} />
            ))}
          </ul>
        </details>
      )}
    </Frame>
  )
}

function Waiting({ acts }: { readonly acts: readonly KeptAct[] }) {
  const say = useMoreWords()
  const size = useSizeOf(acts)
  const photos = acts.reduce((n, k) => n + k.photos.length, 0)
  return (
    <section aria-label={say.waitsToGo}>
      <div className="section-head">
        <h2>{say.waitsToGo}</h2>
        <span className="soft end">{say.amount(size, photos)}</span>
      </div>
      <ol className="list">
        {acts.map((k, i) => (
          <Line key={k.act.requestId} kept={k} nth={i + 1} />
        ))}
      </ol>
    </section>
  )
}

function Line({ kept, nth }: { readonly kept: KeptAct; readonly nth?: number }) {
  const { now } = usePhone()
  const { w, language } = useWords()
  const say = useMoreWords()
  const { act, label, photos } = kept
  const parts = [
    label === '' ? '' : w(actWords, act.name),
    showWhen(act.madeAt, now(), language),
    photos.length > 0 ? say.photos(photos.length) : '',
  ]
  return (
    <li>
      <Icon of={drawingOf(act.name)} />
      <span className="grow">
        <strong>{label || w(actWords, act.name)}</strong>
        <br />
        <span className="soft">{parts.filter((p) => p !== '').join(' · ')}</span>
      </span>
      {nth !== undefined && <span className="nth-out tag-waiting">{say.nth(nth)}</span>}
    </li>
  )
}

const drawings: Readonly<Record<string, LucideIcon>> = {
  reportEvent: Camera,
  attachEvidence: Image,
  recordVisit: Users,
  confirmRecords: House,
  saveRecord: UserRoundPen,
  linkPerson: UserRoundPen,
  refused: TriangleAlert,
}
const drawingOf = (name: string): LucideIcon => drawings[name] ?? (name.startsWith('act.') ? ClipboardCheck : FileText)

/** How much is to go out, words and photos, as it is said: 41 KB. */
function useSizeOf(acts: readonly KeptAct[]): string {
  const { outbox } = usePhone()
  const [pictures, setPictures] = useState(0)
  const ids = acts.flatMap((k) => k.photos.map((p) => p.id)).join(' ')
  useEffect(() => {
    let isOver = false
    const photos = ids === '' ? [] : ids.split(' ')
    void Promise.all(photos.map(async (id) => (await outbox.photo(id))?.size ?? 0)).then((sizes) => {
      if (!isOver) setPictures(sizes.reduce((n, s) => n + s, 0))
    })
    return () => {
      isOver = true
    }
  }, [ids, outbox])
  const text = acts.reduce((n, k) => n + new TextEncoder().encode(JSON.stringify(k.act)).length, 0)
  return `${Math.max(1, Math.round((text + pictures) / 1024))} KB`
}
