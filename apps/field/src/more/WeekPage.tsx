import { useState } from 'react'
import { confirmWeek, getWeek } from '@fengge/domain/worklog/contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { useWords } from '@fengge/web/words/language.ts'
import { SpeakInto } from '../day/SpeakInto.tsx'
import { useActs, useField, usePhone } from '../offline/usePhone.ts'
import { useAsk, useDoing } from '../offline/useAsk.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { useMoreWords } from '../words/more.ts'

/** The week writes itself from what was done; one adds a line and confirms. */
export function WeekPage() {
  const { now, outbox } = usePhone()
  const { doAct } = useActs()
  const { language } = useWords()
  const say = useMoreWords()
  const { isOnline } = useField()
  const [on, setOn] = useState(dayOf(now()))
  const [text, setText] = useState('')
  const [stamp, setStamp] = useState(0)
  const doing = useDoing()
  const week = useAsk(`${on} ${stamp}`, () => call(getWeek, { on }), isOnline)
  const add = () =>
    doing.run(async () => {
      await doAct({
        name: 'addToWeek',
        label: say.weekLog(text),
        subject: `week-${on}`,
        ask: { id: freshId(), on, text },
      })
      setText('')
      setStamp((n) => n + 1)
    })
  const confirm = () =>
    doing.run(async () => {
      await call(confirmWeek, { requestId: freshId(), on })
      setStamp((n) => n + 1)
    })
  const w = week.data
  return (
    <Frame title={say.week} back="mine">
      <div className="row">
        <button className="small" onClick={() => setOn(addDays(on, -7))}>
          {say.weekBefore}
        </button>
        <button className="small" disabled={on >= dayOf(now())} onClick={() => setOn(addDays(on, 7))}>
          {say.weekAfter}
        </button>
      </div>
      {!isOnline && <p className="notice">{say.noSignalLogShows}</p>}
      <ErrorNote error={week.error} />
      {w && (
        <>
          <p className="soft">
            {w.from} — {w.to}
            {w.confirmedAt && ` · ${say.confirmed}`}
          </p>
          {w.lines.length === 0 && w.added.length === 0 && <p className="card soft">{say.nothingRecordedThisWeek}</p>}
          {w.lines.map((l) => (
            <p className="card" key={l.key}>
              {language === 'zh' ? l.text : l.textEn}
            </p>
          ))}
          {w.added.map((a) => (
            <p className="card" key={a.id}>
              {a.text}
            </p>
          ))}
        </>
      )}
      {outbox.pendingOn(`week-${on}`).map((k) => (
        <p className="notice" key={k.act.requestId}>
          {k.label}
        </p>
      ))}
      {!w?.confirmedAt && (
        <form
          onSubmit={(e) => {
            e.preventDefault()
            add()
          }}
        >
          <label htmlFor="add">{say.addLineOptional}</label>
          <textarea id="add" value={text} onChange={(e) => setText(e.target.value)} maxLength={300} />
          <SpeakInto onText={(more) => setText((was) => was + more)} />
          <button className="button plain" disabled={doing.isBusy || text.trim().length < 2}>
            {say.add}
          </button>
        </form>
      )}
      <ErrorNote error={doing.error} />
      {w && !w.confirmedAt && (
        <button className="button" disabled={doing.isBusy} onClick={confirm}>
          {say.confirmWeek}
        </button>
      )}
    </Frame>
  )
}
