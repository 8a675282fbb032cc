import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Action } from '@fengge/domain/events/acts'
import { actEndpoints, getEvent } from '@fengge/domain/events/contract/desk'
import type { EventView } from '@fengge/domain/events/contract/views'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { actionWords, failWords, findingOfVerify, phaseWords, statusWords } from '@fengge/web/words/terms.ts'
import { lightColours, lightFor, showLeft, showTime } from '@fengge/web/words/time.ts'
import { PhotoInput, type Photo } from './PhotoInput.tsx'

/** What a worker does on the phone; everything else is done at a desk. */
const onPhone: Action[] = ['pass', 'fail', 'check-unable', 'verify', 'self-close', 'sign', 'finish', 'finish-co-handling', 'cancel', 'reopen']

export function EventSheet({ id, back }: { id: string; back(): void }) {
  const { t, w, fault, language } = useWords()
  const event = useQuery({ queryKey: ['event', id], queryFn: () => call(getEvent, { id }) })
  const [action, setAction] = useState<Action | null>(null)
  const e = event.data
  const can = onPhone.filter((a) => e?.can.includes(a))
  return (
    <>
      <header className="top"><button className="small" onClick={back}>{t('返回', 'Back')}</button><h1>{t('事件', 'Event')}</h1><span /></header>
      <main>
        {event.error ? <p className="error" role="alert">{fault(event.error)}</p> : !e ? <p role="status">{t('正在读取…', 'Loading …')}</p> : (
          <>
            <h2>{e.title}</h2>
            <p><strong>{w(statusWords, e.status)}</strong>{e.dueAt && <strong style={{ color: lightColours[lightFor(e.stageStartedAt, e.dueAt, Date.now())] }}> · {showLeft(e.dueAt, Date.now(), language)}</strong>}</p>
            <p className="text">{e.content}</p>
            <p className="soft">{[e.villageName, e.gridName, e.placeText].filter(Boolean).join(' · ')}<br />{e.no} · {showTime(e.reportedAt)}{e.departmentName ? ` · ${e.departmentName}` : ''}</p>
            {e.answer && <p className="card text">{e.answer}</p>}
            {e.evidence.length > 0 && <div className="thumbs">{e.evidence.map((f) => <a key={f.id} href={`/api/evidence/file?id=${f.id}`}>{f.hasThumbnail ? <img src={`/api/evidence/file?id=${f.id}&size=small`} alt={w(phaseWords, f.phase)} /> : f.name}</a>)}</div>}
            {action ? <ActSheet event={e} action={action} done={() => setAction(null)} /> : can.map((a) => <button key={a} className={`button ${a === 'pass' || a === 'verify' || a === 'finish' || a === 'sign' ? '' : a === 'fail' || a === 'cancel' ? 'warn' : 'plain'}`} onClick={() => setAction(a)}>{w(actionWords, a)}</button>)}
            <h2>{t('经过', 'What happened')}</h2>
            <ol className="line">{e.flow.toReversed().map((f) => <li key={f.seq}><strong>{w(actionWords, f.action)}</strong> <span className="soft">{showTime(f.at)} {f.actorOffice ?? ''}</span>{f.reason && <div className="text">{f.reason}</div>}</li>)}</ol>
          </>
        )}
      </main>
    </>
  )
}

function ActSheet({ event, action, done }: { event: EventView; action: Action; done(): void }) {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const [photos, setPhotos] = useState<Photo[]>([])
  const [text, setText] = useState('')
  const [choice, setChoice] = useState(action === 'verify' ? 'exists' : action === 'fail' ? 'not-done' : '')
  const [requestId] = useState(freshId)
  const send = useMutation({
    mutationFn: () => call(actEndpoints[action], { requestId, eventId: event.id, version: event.version, evidenceIds: photos.map((p) => p.id), ...fieldsFor(action, text, choice) } as never),
    onSuccess: async () => { await client.invalidateQueries(); done() },
  })
  const choices = action === 'verify' ? findingOfVerify : action === 'fail' ? failWords : null
  const isNeeded = !['pass', 'verify', 'sign'].includes(action) || (action === 'verify' && choice !== 'exists')
  return (
    <form className="card" onSubmit={(e) => { e.preventDefault(); send.mutate() }}>
      <h2>{w(actionWords, action)}</h2>
      {choices && <fieldset><legend>{t('情况', 'What is it')}</legend>{Object.keys(choices).map((c) => <label className="pick" key={c}><input type="radio" name="choice" checked={choice === c} onChange={() => setChoice(c)} />{w(choices, c)}</label>)}</fieldset>}
      {action !== 'sign' && <><label htmlFor="note">{isNeeded ? t('说明', 'Note') : t('说明（可不填）', 'Note (optional)')}</label><textarea id="note" value={text} onChange={(e) => setText(e.target.value)} required={isNeeded} maxLength={1000} /><PhotoInput phase="check" photos={photos} onChange={setPhotos} /></>}
      {send.error ? <p className="error" role="alert">{fault(send.error)}</p> : null}
      <button className="button" disabled={send.isPending}>{w(actionWords, action)}</button>
      <button type="button" className="button plain" onClick={done}>{t('取消', 'Cancel')}</button>
    </form>
  )
}

function fieldsFor(action: Action, text: string, choice: string): Record<string, unknown> {
  switch (action) {
    case 'sign': return {}
    case 'verify': return { finding: choice, note: text }
    case 'fail': return { reason: choice, note: text }
    case 'finish': return { result: text, answer: text }
    case 'self-close':
    case 'finish-co-handling': return { result: text }
    default: return { note: text }
  }
}
