import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { reportEvent, suggestForText } from '@fengge/domain/events/contract/desk'
import { listCatalogue } from '@fengge/domain/events/contract/rules'
import type { Me } from '@fengge/domain/identity/contract'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { statusWords } from '@fengge/web/words/terms.ts'
import { PhotoInput, type Photo } from './PhotoInput.tsx'

/** Report in three taps: a photo or a line, the category offered, send. The place is the own grid unless said. */
export function ReportForm({ me }: { me: Me }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const [id, setId] = useState(freshId)
  const [text, setText] = useState('')
  const [category, setCategory] = useState('')
  const [place, setPlace] = useState('')
  const [gridId, setGridId] = useState(me.postings[0]?.placeId ?? '')
  const [photos, setPhotos] = useState<Photo[]>([])
  const [point, setPoint] = useState<{ lng: number; lat: number } | null>(null)
  const catalogue = useQuery({ queryKey: ['catalogue'], queryFn: async () => (await call(listCatalogue, {})).categories, staleTime: 3_600_000 })
  const asked = useSettled(text, 500)
  const hints = useQuery({ queryKey: ['suggest', asked], queryFn: () => call(suggestForText, { text: asked }), enabled: asked.length >= 4, placeholderData: (p) => p })
  const offered = (hints.data?.categories ?? []).map((c) => c.code)
  const code = category || offered[0] || ''
  const send = useMutation({
    mutationFn: (stopNoticeRead: boolean) => call(reportEvent, { requestId: id, id, title: [...text.trim()].slice(0, 50).join(''), content: text, categoryCode: code, gridId: gridId || null, point, placeText: place, evidenceIds: photos.map((p) => p.id), stopNoticeRead, source: me.postings.some((p) => p.roleCode === 'liaison') ? 'liaison' : 'grid-worker' }),
    onSuccess: () => client.invalidateQueries(),
  })
  const name = (c: string) => { const k = catalogue.data?.find((x) => x.code === c); return k ? t(k.name, k.nameEn) : c }
  const notice = send.error instanceof Refused && send.error.problem.problem === 'category.stop-notice' ? send.error.problem.details : undefined
  const again = () => { send.reset(); setId(freshId()); setText(''); setCategory(''); setPlace(''); setPhotos([]); setPoint(null) }
  if (send.data) return <><header className="top"><h1>{t('已上报', 'Reported')}</h1></header><main><p className="ok" role="status">{t(`编号 ${send.data.no}`, `Number ${send.data.no}`)}</p><a className="button" href={`#mine/${send.data.id}`}>{t('查看进度', 'Follow it')}</a><button className="button plain" onClick={again}>{t('再报一件', 'Report another')}</button></main></>
  return (
    <>
      <header className="top"><h1>{t('上报', 'Report')}</h1></header>
      <main>
        <form onSubmit={(e) => { e.preventDefault(); send.mutate(false) }}>
          <PhotoInput phase="before" photos={photos} onChange={setPhotos} />
          <label htmlFor="text">{t('什么事，在哪里', 'What and where')}</label><textarea id="text" value={text} onChange={(e) => setText(e.target.value)} maxLength={800} required placeholder={t('例如：3 幢楼下路灯不亮', 'For example: street lamp at building 3 is out')} />
          {offered.length > 0 && <fieldset><legend>{t('类别（可改）', 'Category (yours to change)')}</legend><div className="chips">{offered.map((c) => <button type="button" key={c} className="small" aria-pressed={c === code} onClick={() => setCategory(c)}>{name(c)}</button>)}</div></fieldset>}
          <label htmlFor="category">{offered.length > 0 ? t('其他类别', 'Another category') : t('类别', 'Category')}</label>
          <select id="category" value={code} onChange={(e) => setCategory(e.target.value)} required><option value="">{t('请选择', 'Choose')}</option>{[...Map.groupBy(catalogue.data ?? [], (c) => t(c.className, c.classNameEn))].map(([group, list]) => <optgroup key={group} label={group}>{list.map((c) => <option key={c.code} value={c.code}>{t(c.name, c.nameEn)}</option>)}</optgroup>)}</select>
          {me.postings.length > 1 && <><label htmlFor="grid">{t('网格', 'Grid')}</label><select id="grid" value={gridId} onChange={(e) => setGridId(e.target.value)}>{me.postings.map((p) => <option key={p.id} value={p.placeId}>{p.placeName}</option>)}</select></>}
          <label htmlFor="place">{t('具体位置（可不填）', 'Where exactly (optional)')}</label><input id="place" value={place} onChange={(e) => setPlace(e.target.value)} maxLength={200} />
          <button type="button" className="small" onClick={() => navigator.geolocation?.getCurrentPosition((p) => setPoint({ lng: p.coords.longitude, lat: p.coords.latitude }))}>{point ? t('已带上当前位置', 'Position added') : t('带上当前位置', 'Add my position')}</button>
          {(hints.data?.duplicates.length ?? 0) > 0 && <div className="notice"><p>{t('附近可能已有人上报：', 'May have been reported already:')}</p><ul>{hints.data!.duplicates.slice(0, 3).map((d) => <li key={d.id}><a href={`#mine/${d.id}`}>{d.title}</a> <Status status={d.status} /></li>)}</ul></div>}
          {notice ? <div className="notice" role="alert"><p>{t(String(notice['notice']), String(notice['noticeEn']))}</p><button type="button" className="button plain" onClick={() => send.mutate(true)}>{t('我已知晓，仍要上报', 'I have read this; report anyway')}</button></div> : send.error ? <p className="error" role="alert">{fault(send.error)}</p> : null}
          <button className="button" disabled={send.isPending || text.trim() === '' || code === ''}>{send.isPending ? t('正在发送…', 'Sending …') : t('提交', 'Send')}</button>
        </form>
      </main>
    </>
  )
}

function Status({ status }: { status: string }) {
  const { w } = useWords()
  return <span className="soft">{w(statusWords, status)}</span>
}

/** A value once it has stood still for a moment. */
function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => { const timer = setTimeout(() => setSettled(value), ms); return () => clearTimeout(timer) }, [value, ms])
  return settled
}
