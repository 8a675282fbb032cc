import { useEffect, useState } from 'react'
import { suggestForReport } from '@fengge/domain/events/contract/desk'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { statusWords } from '@fengge/web/words/terms.ts'
import { SpeakInto } from '../day/SpeakInto.tsx'
import type { Outcome } from '../offline/acts.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { useAsk } from '../offline/useAsk.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { offersByWords, offersOf, sureOf } from './offers.ts'
import { PhotoInput } from './PhotoInput.tsx'
import { useReport, type StopNotice } from './useReport.ts'

/** Report in three taps: a photo or a line, the category offered, send. The place is the own grid unless said. */
export function ReportForm({ from }: { from: string | undefined }) {
  const { holdings } = usePhone()
  const { t, w } = useWords()
  const { isOnline } = useField()
  const postings = holdings.postings()
  const report = useReport(from)
  const { draft, set, photos, sent } = report
  const { text } = draft
  const catalogue = holdings.config?.catalogue ?? []
  const asked = useSettled(text, 500)
  const hints = useAsk(asked, () => call(suggestForReport, { text: asked }), isOnline && asked.length >= 4)
  const offers = hints.data ? offersOf(hints.data.categories) : offersByWords(catalogue, text)
  const offered = offers.map((o) => o.code)
  const code = draft.category || sureOf(offers) || ''
  const name = (c: string) => {
    const k = catalogue.find((x) => x[0] === c)
    return k ? t(k[1], k[2]) : c
  }
  if (sent) return <Sent how={sent} id={draft.id} again={report.again} />
  return (
    <Frame title={t('上报', 'Report')} back="today" isMaking>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          report.send(code, false)
        }}
      >
        <PhotoInput photos={photos} onChange={report.setPhotos} />
        <label htmlFor="text">{t('什么事，在哪里', 'What and where')}</label>
        <textarea
          id="text"
          value={text}
          onChange={(e) => set({ text: e.target.value })}
          maxLength={800}
          required
          placeholder={t('例如：3 幢楼下路灯不亮', 'For example: street lamp at building 3 is out')}
        />
        <SpeakInto onText={(more) => report.say(more)} />
        {offered.length > 0 && (
          <fieldset>
            <legend>
              {sureOf(offers)
                ? t('类别（可改）', 'Category (yours to change)')
                : t('是哪一类？请选', 'Which of these is it?')}
            </legend>
            <div className="chips">
              {[...new Set(offered)].slice(0, 3).map((c) => (
                <button
                  type="button"
                  key={c}
                  className="small"
                  aria-pressed={c === code}
                  onClick={() => set({ category: c })}
                >
                  {name(c)}
                </button>
              ))}
            </div>
          </fieldset>
        )}
        <label htmlFor="category">
          {offered.length > 0 ? t('其他类别', 'Another category') : t('类别', 'Category')}
        </label>
        <select id="category" value={code} onChange={(e) => set({ category: e.target.value })} required>
          <option value="">{t('请选择', 'Choose')}</option>
          {[...Map.groupBy(catalogue, (c) => t(c[3], c[4]))].map(([group, list]) => (
            <optgroup key={group} label={group}>
              {list.map((c) => (
                <option key={c[0]} value={c[0]}>
                  {t(c[1], c[2])}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        {postings.length > 1 && (
          <>
            <label htmlFor="grid">{t('网格', 'Grid')}</label>
            <select id="grid" value={draft.gridId} onChange={(e) => set({ gridId: e.target.value })}>
              {postings.map((p) => (
                <option key={p.id} value={p.placeId}>
                  {p.placeName}
                </option>
              ))}
            </select>
          </>
        )}
        <label htmlFor="place">{t('具体位置（可不填）', 'Where exactly (optional)')}</label>
        <input id="place" value={draft.place} onChange={(e) => set({ place: e.target.value })} maxLength={200} />
        {'geolocation' in navigator && (
          <button
            type="button"
            className="small"
            onClick={() =>
              navigator.geolocation.getCurrentPosition(
                (p) => set({ point: { lng: p.coords.longitude, lat: p.coords.latitude } }),
                () => set({ point: null }),
                { timeout: 8000, maximumAge: 60_000 },
              )
            }
          >
            {draft.point ? t('已附上位置', 'Place attached') : t('附上我的位置', 'Attach my place')}
          </button>
        )}
        <details>
          <summary>{t('替别人上报', 'On behalf of somebody')}</summary>
          <label htmlFor="behalf">{t('替谁', 'For whom')}</label>
          <input id="behalf" value={draft.behalf} onChange={(e) => set({ behalf: e.target.value })} maxLength={30} />
        </details>
        {hints.data && hints.data.duplicates.length > 0 && (
          <div className="notice">
            <strong>{t('附近可能已有人上报', 'Perhaps reported already')}</strong>
            {hints.data.duplicates.slice(0, 3).map((d) => (
              <div key={d.id}>
                {d.title} <span className="soft">{w(statusWords, d.status)}</span>
              </div>
            ))}
          </div>
        )}
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
          <button className="button" disabled={report.isBusy || text.trim() === ''}>
            {t('发送', 'Send')}
          </button>
        </div>
      </form>
    </Frame>
  )
}

function Sent({ how, id, again }: { how: Outcome<'reportEvent'>; id: string; readonly again: () => void }) {
  const { t } = useWords()
  return (
    <Frame title={how.state === 'waiting' ? t('已存在手机里', 'Kept on this phone') : t('已上报', 'Reported')}>
      <p className="ok" role="status">
        {how.state === 'done' && t(`编号 ${how.reply.no}`, `Number ${how.reply.no}`)}
        {how.state === 'kept' && t('已交给社区处理。', 'Given to the desk.')}
        {how.state === 'waiting' &&
          t('没有信号。有信号后自动送出，不用再报。', 'No signal. It goes out by itself; do not report it again.')}
      </p>
      <a className="button" href={how.state === 'done' ? `#mine/${id}` : '#more/outbox'}>
        {t('查看进度', 'Follow it')}
      </a>
      <button className="button plain" onClick={again}>
        {t('再报一件', 'Report another')}
      </button>
    </Frame>
  )
}

/** The matter may belong elsewhere: it is reported all the same, or not at all. */
function NoticeBox({
  notice,
  isBusy,
  goOn,
  giveUp,
}: {
  notice: StopNotice
  isBusy: boolean
  readonly goOn: () => void
  readonly giveUp: () => void
}) {
  const { t } = useWords()
  return (
    <div className="notice" role="alert">
      <p>{t(notice.notice, notice.noticeEn)}</p>
      <button type="button" className="button plain" disabled={isBusy} onClick={goOn}>
        {t('仍要上报', 'Report all the same')}
      </button>
      <button type="button" className="button plain" disabled={isBusy} onClick={giveUp}>
        {t('不上报了', 'Do not report it')}
      </button>
    </div>
  )
}

/** A value once it has stood still for a moment. */
function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
