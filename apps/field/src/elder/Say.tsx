import { useState } from 'react'
import type { Urgency } from '@fengge/domain/events/terms'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { SpeakInto } from '../day/SpeakInto.tsx'
import { askOffers, sureOf, type Offer } from '../events/offers.ts'
import { photosFor, PhotoInput, type Photo } from '../events/PhotoInput.tsx'
import type { Outcome } from '../offline/acts.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useDraft } from '../offline/useDraft.ts'
import { useActs, useField, usePhone, useSource } from '../offline/usePhone.ts'
import { ErrorNote } from '../shell/Frame.tsx'
import { useElderWords } from '../words/elder.ts'
import { Answer } from './Answer.tsx'
import { kinds, nameOf, other, type Choice, type Kind } from './kinds.ts'
import { Sent } from './Sent.tsx'
import { Step } from './Step.tsx'

type Page = 'words' | 'hurt' | 'kind' | 'photo'
/** Whether it may hurt somebody is the second question of three. */
const inThree = (about: Kind, n: number) => (about.mayHurt ? ([n, 3] as const) : undefined)

/** Say it, whether it may hurt where that is asked, a picture if one likes, send; and a page more where his words do not say what it is. */
export function Say({ kind }: { kind: string }) {
  const { holdings } = usePhone()
  const { isOnline } = useField()
  const about = kinds[kind] ?? other
  const [text, setText] = useDraft(`say/${kind}`, '')
  const [category, setCategory] = useState('')
  const [urgency, setUrgency] = useState<Urgency>(0)
  const [offers, setOffers] = useState<readonly Offer[]>([])
  const [page, setPage] = useState<Page>('words')
  const doing = useDoing()
  const catalogue = holdings.config?.catalogue ?? []
  const afterWords = (sure: string | undefined) => setPage(sure === undefined ? 'kind' : 'photo')
  const next = () =>
    doing.run(async () => {
      const offered = await askOffers({ text: text.trim(), catalogue, isOnline })
      const sure = sureOf(offered)
      setOffers(offered.filter((o) => about.of.test(o.code)))
      setCategory(sure ?? '')
      if (about.mayHurt) setPage('hurt')
      else afterWords(sure)
    })
  const back = () => setPage('words')
  if (page === 'photo')
    return <SendIt {...{ text: text.trim(), category, urgency, about, back }} sent={() => setText('')} />
  if (page === 'hurt')
    return (
      <DoesItHurt
        text={text}
        back={back}
        answer={(how) => {
          setUrgency(how)
          afterWords(category === '' ? undefined : category)
        }}
      />
    )
  if (page === 'kind')
    return (
      <WhatKind
        offers={offers}
        choices={about.choices}
        choose={(code) => {
          setCategory(code)
          setPage('photo')
        }}
        back={back}
      />
    )
  return <Words {...{ about, text, setText, next }} isBusy={doing.isBusy} error={doing.error} />
}

interface Writing {
  readonly about: Kind
  readonly text: string
  readonly setText: (text: string | ((was: string) => string)) => void
  readonly next: () => void
  readonly isBusy: boolean
  readonly error: unknown
}
/** What it is, said or written. */
function Words({ about, text, setText, next, isBusy, error }: Writing) {
  const say = useElderWords()
  return (
    <Step
      title={say[about.title]}
      nth={inThree(about, 1)}
      foot={
        <>
          <SpeakInto className="talk is-large" onText={(more) => setText((was) => was + more)} />
          <button className="button" disabled={isBusy || text.trim().length < 2} onClick={next}>
            {say.goOn}
          </button>
        </>
      }
    >
      {about.ringsFirst && <CallFirst />}
      <label htmlFor="said" className="hidden">
        {say[about.title]}
      </label>
      <textarea id="said" value={text} onChange={(e) => setText(e.target.value)} maxLength={800} />
      <ErrorNote error={error} />
    </Step>
  )
}

/** 紧急: it goes before what can wait. */
const urgent = 1

interface Hurt {
  readonly text: string
  readonly answer: (urgency: Urgency) => void
  readonly back: () => void
}
function DoesItHurt({ text, answer, back }: Hurt) {
  const say = useElderWords()
  return (
    <Step title={say.doesItHurt} nth={[2, 3]} back={back}>
      <p className="soft">{text}</p>
      <Answer look="bad" onClick={() => answer(urgent)}>
        {say.hurts}
      </Answer>
      <Answer look="good" onClick={() => answer(0)}>
        {say.hurtsNot}
      </Answer>
      <Answer look="unknown" onClick={() => answer(0)}>
        {say.hurtsUnknown}
      </Answer>
    </Step>
  )
}

interface Kinds {
  readonly offers: readonly Offer[]
  readonly choices: readonly Choice[]
  readonly choose: (code: string) => void
  readonly back: () => void
}
/** What his words may mean first, then what such a thing mostly is. */
function WhatKind({ offers, choices, choose, back }: Kinds) {
  const { holdings } = usePhone()
  const { language } = useWords()
  const say = useElderWords()
  const catalogue = holdings.config?.catalogue ?? []
  const offered = offers.flatMap(({ code }): Choice[] => {
    const known = catalogue.find(([c]) => c === code)
    return known ? [[code, known[1], known[2]]] : []
  })
  const more = choices.filter(
    ([code]) => catalogue.some(([known]) => known === code) && !offered.some(([known]) => known === code),
  )
  return (
    <Step title={say.whatKind} back={back}>
      {[...offered, ...more].map((choice) => (
        <Answer key={choice[0]} onClick={() => choose(choice[0])}>
          {nameOf(choice, language)}
        </Answer>
      ))}
    </Step>
  )
}

function CallFirst() {
  const say = useElderWords()
  return (
    <div className="elder-two" aria-label={say.ring}>
      <a className="button warn" href="tel:120">
        120
      </a>
      <a className="button warn" href="tel:119">
        119
      </a>
    </div>
  )
}

interface Sending {
  readonly text: string
  readonly category: string
  readonly urgency: Urgency
  readonly about: Kind
  readonly back: () => void
  readonly sent: () => void
}
function SendIt({ text, category, urgency, about, back, sent }: Sending) {
  const source = useSource()
  const { holdings } = usePhone()
  const { doAct } = useActs()
  const say = useElderWords()
  const [photos, setPhotos] = useState<Photo[]>([])
  const [id] = useState(freshId)
  const [how, setHow] = useState<Outcome | null>(null)
  const doing = useDoing()
  const post = holdings.postings()[0]
  const gridId = holdings.config?.places.find((p) => p.id === post?.placeId)?.id ?? post?.placeId ?? null
  const title = Array.from(text).slice(0, 50).join('')
  const said = { id, title, content: text, categoryCode: category, urgency, gridId, point: null, placeText: '' }
  const send = () =>
    doing.run(async () => {
      const ask = { ...said, evidenceIds: [], stopNoticeRead: true, source }
      const act = { requestId: id, label: title, subject: id, ask }
      setHow(await doAct({ ...act, name: 'reportEvent', photos: photosFor(photos, id, 'before') }))
      sent()
    })
  if (how) return <Sent how={how} said={say.toldWorker} />
  return (
    <Step
      title={say.photo}
      nth={inThree(about, 3)}
      back={back}
      foot={
        <button className="button" disabled={doing.isBusy} onClick={send}>
          {photos.length > 0 ? say.send : say.sendWithout}
        </button>
      }
    >
      <PhotoInput photos={photos} onChange={setPhotos} />
      <ErrorNote error={doing.error} />
    </Step>
  )
}
