import { useEffect, useState } from 'react'
import { suggestForText } from '@fengge/domain/events/contract/desk'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { statusWords } from '@fengge/web/words/terms.ts'
import { isLiaison } from '../day/VisitPage.tsx'
import { SpeakInto } from '../day/SpeakInto.tsx'
import { doAct, holdings, useField, type Outcome } from '../offline/field.ts'
import { useAsk, useDoing } from '../offline/useAsk.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { PhotoInput, type Photo } from './PhotoInput.tsx'

/** Report in three taps: a photo or a line, the category offered, send. The place is the own grid unless said. */
export function ReportForm({ from }: { from: string | undefined }) {
  const { t, w } = useWords()
  const { isOnline } = useField()
  const postings = holdings.me.postings as { id: string; placeId: string; placeName: string }[]
  const [id, setId] = useState(freshId)
  const [text, setText] = useState(from === undefined ? '' : decodeURIComponent(from))
  const [category, setCategory] = useState('')
  const [place, setPlace] = useState('')
  const [behalf, setBehalf] = useState('')
  const [gridId, setGridId] = useState(postings[0]?.placeId ?? '')
  const [photos, setPhotos] = useState<Photo[]>([])
  const [point, setPoint] = useState<{ lng: number; lat: number } | null>(null)
  const [sent, setSent] = useState<Outcome | null>(null)
  const doing = useDoing()
  const catalogue = holdings.config?.catalogue ?? []
  const asked = useSettled(text, 500)
  const hints = useAsk(asked, () => call(suggestForText, { text: asked }), isOnline && asked.length >= 4)
  const offered = (hints.data?.categories ?? []).map((c) => c.code).concat(hints.data ? [] : guess(catalogue, text))
  const code = category || offered[0] || ''
  const notice =
    doing.error instanceof Refused && doing.error.problem.problem === 'category.stop-notice'
      ? (doing.error.problem.details as { notice: string; noticeEn: string })
      : undefined
  const name = (c: string) => {
    const k = catalogue.find((x) => x[0] === c)
    return k ? t(k[1], k[2]) : c
  }
  const send = (stopNoticeRead: boolean) =>
    doing.run(async () => {
      const title = Array.from(text.trim()).slice(0, 50).join('')
      const content = behalf === '' ? text : `${text}（代 ${behalf} 上报）`
      setSent(
        await doAct(
          {
            requestId: id,
            name: 'reportEvent',
            label: title,
            subject: id,
            ask: {
              id,
              title,
              content,
              categoryCode: code,
              gridId: gridId || null,
              point,
              placeText: place,
              evidenceIds: [],
              stopNoticeRead,
              source: isLiaison() ? 'liaison' : 'grid-worker',
            },
          },
          photos.map((p) => ({ blob: p.blob, eventId: id, phase: 'before' })),
        ),
      )
    })
  const again = () => {
    setSent(null)
    doing.clear()
    setId(freshId())
    setText('')
    setCategory('')
    setPlace('')
    setPhotos([])
    setPoint(null)
  }
  if (sent)
    return (
      <Frame title={sent.state === 'waiting' ? t('已存在手机里', 'Kept on this phone') : t('已上报', 'Reported')}>
        <p className="ok" role="status">
          {sent.state === 'done' && t(`编号 ${sent.reply.no}`, `Number ${sent.reply.no}`)}
          {sent.state === 'kept' && t('已交给社区处理。', 'Given to the desk.')}
          {sent.state === 'waiting' &&
            t('没有信号。有信号后自动送出，不用再报。', 'No signal. It goes out by itself; do not report it again.')}
        </p>
        <a className="button" href={sent.state === 'done' ? `#mine/${id}` : '#more/outbox'}>
          {t('查看进度', 'Follow it')}
        </a>
        <button className="button plain" onClick={again}>
          {t('再报一件', 'Report another')}
        </button>
      </Frame>
    )
  return (
    <Frame title={t('上报', 'Report')}>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          send(false)
        }}
      >
        <PhotoInput photos={photos} onChange={setPhotos} />
        <label htmlFor="text">{t('什么事，在哪里', 'What and where')}</label>
        <textarea
          id="text"
          value={text}
          onChange={(e) => setText(e.target.value)}
          maxLength={800}
          required
          placeholder={t('例如：3 幢楼下路灯不亮', 'For example: street lamp at building 3 is out')}
        />
        <SpeakInto onText={(more) => setText((was) => `${was}${more}`)} />
        {offered.length > 0 && (
          <fieldset>
            <legend>{t('类别（可改）', 'Category (yours to change)')}</legend>
            <div className="chips">
              {[...new Set(offered)].slice(0, 3).map((c) => (
                <button
                  type="button"
                  key={c}
                  className="small"
                  aria-pressed={c === code}
                  onClick={() => setCategory(c)}
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
        <select id="category" value={code} onChange={(e) => setCategory(e.target.value)} required>
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
            <select id="grid" value={gridId} onChange={(e) => setGridId(e.target.value)}>
              {postings.map((p) => (
                <option key={p.id} value={p.placeId}>
                  {p.placeName}
                </option>
              ))}
            </select>
          </>
        )}
        <label htmlFor="place">{t('具体位置（可不填）', 'Where exactly (optional)')}</label>
        <input id="place" value={place} onChange={(e) => setPlace(e.target.value)} maxLength={200} />
        {'geolocation' in navigator && (
          <button
            type="button"
            className="small"
            onClick={() =>
              navigator.geolocation.getCurrentPosition(
                (p) => setPoint({ lng: p.coords.longitude, lat: p.coords.latitude }),
                () => setPoint(null),
                { timeout: 8000, maximumAge: 60_000 },
              )
            }
          >
            {point ? t('已附上位置', 'Place attached') : t('附上我的位置', 'Attach my place')}
          </button>
        )}
        <details>
          <summary>{t('替别人上报', 'On behalf of somebody')}</summary>
          <label htmlFor="behalf">{t('替谁', 'For whom')}</label>
          <input id="behalf" value={behalf} onChange={(e) => setBehalf(e.target.value)} maxLength={30} />
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
        {notice ? (
          <div className="notice" role="alert">
            <p>{t(notice.notice, notice.noticeEn)}</p>
            <button type="button" className="button plain" onClick={() => send(true)}>
              {t('仍要上报', 'Report all the same')}
            </button>
          </div>
        ) : (
          <ErrorNote error={doing.error} />
        )}
        <button className="button" disabled={doing.isBusy || text.trim() === ''}>
          {t('提交', 'Send')}
        </button>
      </form>
    </Frame>
  )
}

/** Without a line: categories whose keywords occur in the text, most first. */
function guess(
  catalogue: readonly (readonly [string, string, string, string, string, string[], ...unknown[]])[],
  text: string,
): string[] {
  if (text.trim().length < 4) return []
  return catalogue
    .map(([code, , , , , words]) => ({ code, hits: words.filter((w) => w !== '' && text.includes(w)).length }))
    .filter((c) => c.hits > 0)
    .toSorted((a, b) => b.hits - a.hits)
    .slice(0, 3)
    .map((c) => c.code)
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
