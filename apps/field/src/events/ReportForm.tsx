import { Send } from 'lucide-react'
import type { ReactNode } from 'react'
import { suggestForReport } from '@fengge/domain/events/contract/desk'
import type { Suggestion } from '@fengge/domain/events/suggestion'
import { call } from '@fengge/web/api/call.ts'
import { State } from '@fengge/web/ui/State/State.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { useSettled } from '@fengge/web/ui/useSettled.ts'
import { SpeakInto } from '../day/SpeakInto.tsx'
import type { Outcome } from '../offline/acts.ts'
import { useAsk } from '../offline/useAsk.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { Icon } from '../shell/Icon.tsx'
import { useEventsWords } from '../words/events.ts'
import { KindPicker } from './KindPicker.tsx'
import { offersByWords, offersOf, sureOf } from './offers.ts'
import { PhotoInput } from './PhotoInput.tsx'
import { PlacePicker } from './PlacePicker.tsx'
import { useReport, type Report, type StopNotice } from './useReport.ts'
import './report.css'

/** A report: a photo, a word or a voice, where, what it is like, and off. What is not sure is asked, nothing is guessed for him. */
export function ReportForm({ from }: { from: string | undefined }) {
  const { holdings } = usePhone()
  const say = useEventsWords()
  const { isOnline } = useField()
  const report = useReport(from)
  const { draft, set, photos, sent } = report
  const catalogue = holdings.config?.catalogue ?? []
  const asked = useSettled(draft.text, 500)
  const hints = useAsk(
    `${asked} ${draft.point?.lng ?? ''}`,
    () => call(suggestForReport, { text: asked, ...draft.point }),
    isOnline && asked.length >= 4,
  )
  const offers = hints.data ? offersOf(hints.data.categories) : offersByWords(catalogue, draft.text)
  const code = draft.category || sureOf(offers) || ''
  if (sent) return <Sent how={sent} id={draft.id} again={report.again} />
  return (
    <Frame title={say.report} back="today" isMaking>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          report.send(code, false)
        }}
      >
        <PhotoInput photos={photos} onChange={report.setPhotos} />
        <div className="say">
          <label htmlFor="text" className="hidden">
            {say.whatAndWhere}
          </label>
          <textarea
            id="text"
            value={draft.text}
            onChange={(e) => set({ text: e.target.value })}
            maxLength={800}
            required
            placeholder={`${say.whatAndWhere}\n${say.example}`}
          />
          <SpeakInto onText={(more) => report.say(more)} />
        </div>
        <PlacePicker
          point={draft.point && [draft.point.lng, draft.point.lat]}
          place={draft.place}
          set={(more) => set(more)}
        />
        <KindPicker offers={offers} code={code} choose={(category) => set({ category })} />
        <Known duplicates={hints.data?.duplicates ?? []} isThis={report.isThis} />
        <Beside report={report} />
        {report.notice ? (
          <NoticeBox
            notice={report.notice}
            isBusy={report.isBusy}
            goOn={() => report.send(code, true)}
            giveUp={report.giveUp}
          />
        ) : (
          <ErrorNote error={report.error} />
        )}
        <div className="foot">
          <button className="button" disabled={report.isBusy || draft.text.trim() === ''}>
            <Icon of={Send} />
            {say.send}
          </button>
        </div>
      </form>
    </Frame>
  )
}

/** In which of one's grids, and for whom, where that is to be said. */
function Beside({ report: { draft, set } }: { readonly report: Report }) {
  const { holdings } = usePhone()
  const say = useEventsWords()
  const postings = holdings.postings()
  return (
    <>
      {postings.length > 1 && (
        <>
          <label htmlFor="grid">{say.grid}</label>
          <select id="grid" value={draft.gridId} onChange={(e) => set({ gridId: e.target.value })}>
            {postings.map((p) => (
              <option key={p.id} value={p.placeId}>
                {p.placeName}
              </option>
            ))}
          </select>
        </>
      )}
      <details open={draft.behalf !== ''}>
        <summary>{say.onBehalf}</summary>
        <label htmlFor="behalf">{say.forWhom}</label>
        <input id="behalf" value={draft.behalf} onChange={(e) => set({ behalf: e.target.value })} maxLength={30} />
      </details>
    </>
  )
}

interface KnownProps {
  readonly duplicates: Suggestion['duplicates']
  readonly isThis: (id: string) => void
}
/** What was told of already, here and of late: his photos go to that, and no second one is begun. */
function Known({ duplicates, isThis }: KnownProps) {
  const say = useEventsWords()
  if (duplicates.length === 0) return null
  return (
    <div className="notice">
      <strong>{say.maybeKnown(duplicates.length)}</strong>
      {duplicates.slice(0, 3).map((d) => (
        <div className="known" key={d.id}>
          <span className="grow">
            {d.title}
            <br />
            <span className="soft">
              <State status={d.status} />
            </span>
          </span>
          <button type="button" className="small" onClick={() => isThis(d.id)}>
            {say.thisOne}
          </button>
        </div>
      ))}
    </div>
  )
}

function Sent({ how, id, again }: { how: Outcome<'reportEvent'>; id: string; readonly again: () => void }) {
  const say = useEventsWords()
  return (
    <Frame title={how.state === 'waiting' ? say.keptHere : say.reported} back="today">
      <p className="ok" role="status">
        {how.state === 'done' && say.number(how.reply.no)}
        {how.state === 'kept' && say.givenToDesk}
        {how.state === 'waiting' && say.noSignal}
      </p>
      <Ways>
        <a className="button plain" href={how.state === 'done' ? `#mine/${id}` : '#more/outbox'}>
          {say.follow}
        </a>
        <button className="button" onClick={again}>
          {say.another}
        </button>
      </Ways>
    </Frame>
  )
}
const Ways = ({ children }: { readonly children: ReactNode }) => (
  <div className="foot">
    <div className="row">{children}</div>
  </div>
)

interface Stopped {
  readonly notice: StopNotice
  readonly isBusy: boolean
  readonly goOn: () => void
  readonly giveUp: () => void
}
/** The matter may belong elsewhere: it is reported all the same, or not at all. */
function NoticeBox({ notice, isBusy, goOn, giveUp }: Stopped) {
  const { language } = useWords()
  const say = useEventsWords()
  return (
    <div className="notice" role="alert">
      <p>{language === 'zh' ? notice.notice : notice.noticeEn}</p>
      <button type="button" className="button plain" disabled={isBusy} onClick={goOn}>
        {say.reportAnyway}
      </button>
      <button type="button" className="button quiet" disabled={isBusy} onClick={giveUp}>
        {say.giveUp}
      </button>
    </div>
  )
}
