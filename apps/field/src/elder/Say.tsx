import { useState } from 'react'
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
import { Sent } from './Sent.tsx'
import { Step } from './Step.tsx'

/** What an old liaison would call it, for what his words do not say. The last of each is for all else. */
type Choice = readonly [category: string, zh: string, en: string]
interface Kind {
  readonly zh: string
  readonly en: string
  readonly choices: readonly Choice[]
  /** Categories that such a thing may be of, of those that his words seem to mean. */
  readonly of: RegExp
}
const kinds: Readonly<Record<string, Kind>> = {
  danger: {
    zh: '哪里有危险？',
    en: 'What is dangerous, and where?',
    of: /^[2-9]/,
    choices: [
      ['3003', '煤气', 'Gas'],
      ['3004', '电线、用电', 'Wires'],
      ['3018', '火、烟', 'Fire or smoke'],
      ['3013', '井盖', 'A manhole'],
      ['3014', '河边、水边', 'Water'],
      ['3012', '路面、护栏', 'The road, a rail'],
      ['3009', '高处要掉东西', 'Something may fall'],
      ['4012', '别的', 'Something else'],
    ],
  },
  quarrel: {
    zh: '谁和谁有矛盾？',
    en: 'Who quarrels with whom?',
    of: /^1/,
    choices: [
      ['1002', '邻居', 'Neighbours'],
      ['1004', '和物业', 'With the management'],
      ['1007', '工钱', 'Wages'],
      ['1099', '别的', 'Something else'],
    ],
  },
  help: {
    zh: '谁需要帮忙？',
    en: 'Who needs help?',
    of: /^[24]/,
    choices: [
      ['4003', '老人要人照顾', 'An old person'],
      ['4004', '家里困难', 'A poor household'],
      ['2007', '人走丢了', 'Somebody is missing'],
      ['4014', '看病', 'Illness'],
      ['4012', '别的', 'Something else'],
    ],
  },
}
const other: Kind = { zh: '什么事？', en: 'What is it?', of: /./, choices: [['4012', '别的', 'Something else']] }

type Page = 'words' | 'kind' | 'photo'

/** Say it, a picture if one likes, send: two pages, and a third where his words do not say what it is. */
export function Say({ kind }: { kind: string }) {
  const { holdings } = usePhone()
  const { isOnline } = useField()
  const { t } = useWords()
  const about = kinds[kind] ?? other
  const [text, setText] = useDraft(`say/${kind}`, '')
  const [category, setCategory] = useState('')
  const [offers, setOffers] = useState<readonly Offer[]>([])
  const [page, setPage] = useState<Page>('words')
  const doing = useDoing()
  const catalogue = holdings.config?.catalogue ?? []
  const next = () =>
    doing.run(async () => {
      const offered = await askOffers({ text: text.trim(), catalogue, isOnline })
      const sure = sureOf(offered)
      setOffers(offered.filter((o) => about.of.test(o.code)))
      setCategory(sure ?? '')
      setPage(sure === undefined ? 'kind' : 'photo')
    })
  if (page === 'photo')
    return <SendIt text={text.trim()} category={category} back={() => setPage('words')} sent={() => setText('')} />
  if (page === 'kind')
    return (
      <WhatKind
        offers={offers}
        choices={about.choices}
        choose={(code) => {
          setCategory(code)
          setPage('photo')
        }}
        back={() => setPage('words')}
      />
    )
  return (
    <Step title={t(about.zh, about.en)}>
      {kind !== 'quarrel' && <CallFirst />}
      <label htmlFor="said" className="hidden">
        {t(about.zh, about.en)}
      </label>
      <textarea id="said" value={text} onChange={(e) => setText(e.target.value)} maxLength={800} />
      <SpeakInto onText={(more) => setText((was) => was + more)} />
      <button className="button" disabled={doing.isBusy || text.trim().length < 2} onClick={next}>
        {t('下一步', 'Next')}
      </button>
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
  const { t } = useWords()
  const catalogue = holdings.config?.catalogue ?? []
  const offered = offers.flatMap(({ code }): Choice[] => {
    const known = catalogue.find(([c]) => c === code)
    return known ? [[code, known[1], known[2]]] : []
  })
  const more = choices.filter(
    ([code]) => catalogue.some(([known]) => known === code) && !offered.some(([known]) => known === code),
  )
  return (
    <Step title={t('是哪一种？', 'What kind is it?')}>
      {[...offered, ...more].map(([code, zh, en]) => (
        <button key={code} className="button plain" onClick={() => choose(code)}>
          {t(zh, en)}
        </button>
      ))}
      <button className="button plain back" onClick={back}>
        {t('回上一步', 'Back')}
      </button>
    </Step>
  )
}

/** Who lies on the ground waits for no form. */
function CallFirst() {
  const { t } = useWords()
  const numbers: readonly (readonly [string, string])[] = [
    ['120', t('救护车 120', 'Ambulance 120')],
    ['119', t('火警 119', 'Fire 119')],
  ]
  return (
    <div className="row" aria-label={t('人有危险，先打电话', 'Somebody is in danger: ring first')}>
      {numbers.map(([number, word]) => (
        <a key={number} className="button plain" href={`tel:${number}`}>
          {word}
        </a>
      ))}
    </div>
  )
}

interface Sending {
  readonly text: string
  readonly category: string
  readonly back: () => void
  readonly sent: () => void
}
function SendIt({ text, category, back, sent }: Sending) {
  const source = useSource()
  const { holdings } = usePhone()
  const { doAct } = useActs()
  const { t } = useWords()
  const [photos, setPhotos] = useState<Photo[]>([])
  const [id] = useState(freshId)
  const [how, setHow] = useState<Outcome | null>(null)
  const doing = useDoing()
  const post = holdings.postings()[0]
  const gridId = holdings.config?.places.find((p) => p.id === post?.placeId)?.id ?? post?.placeId ?? null
  const title = Array.from(text).slice(0, 50).join('')
  const said = { id, title, content: text, categoryCode: category, gridId, point: null, placeText: '' }
  const send = () =>
    doing.run(async () => {
      const ask = { ...said, evidenceIds: [], stopNoticeRead: true, source }
      const act = { requestId: id, label: title, subject: id, ask }
      setHow(await doAct({ ...act, name: 'reportEvent', photos: photosFor(photos, id, 'before') }))
      sent()
    })
  if (how) return <Sent how={how} said={t('已经告诉网格员。', 'The grid worker knows.')} />
  return (
    <Step title={t('要拍张照片吗？', 'A photo?')}>
      <PhotoInput photos={photos} onChange={setPhotos} />
      <ErrorNote error={doing.error} />
      <button className="button" disabled={doing.isBusy} onClick={send}>
        {photos.length > 0 ? t('送出去', 'Send') : t('不拍，直接送出去', 'Send without')}
      </button>
      <button className="button plain back" onClick={back}>
        {t('回上一步', 'Back')}
      </button>
    </Step>
  )
}
