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

/** The week writes itself from what was done; one adds a line and confirms. */
export function WeekPage() {
  const { now, outbox } = usePhone()
  const { doAct } = useActs()
  const { t } = useWords()
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
        label: t(`周志补充：${text}`, `Week log: ${text}`),
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
    <Frame title={t('工作周志', 'Week log')} back="mine">
      <div className="row">
        <button className="small" onClick={() => setOn(addDays(on, -7))}>
          {t('上一周', 'Week before')}
        </button>
        <button className="small" disabled={on >= dayOf(now())} onClick={() => setOn(addDays(on, 7))}>
          {t('下一周', 'Week after')}
        </button>
      </div>
      {!isOnline && (
        <p className="notice">
          {t(
            '没有信号，周志正文联网后显示；补充的话可以先写。',
            'No signal: the log shows with a line; you may add already.',
          )}
        </p>
      )}
      <ErrorNote error={week.error} />
      {w && (
        <>
          <p className="soft">
            {w.from} — {w.to}
            {w.confirmedAt && ` · ${t('已确认', 'confirmed')}`}
          </p>
          {w.lines.length === 0 && w.added.length === 0 && (
            <p className="card soft">{t('这一周还没有记录。', 'Nothing recorded in this week.')}</p>
          )}
          {w.lines.map((l) => (
            <p className="card" key={l.key}>
              {t(l.text, l.textEn)}
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
          <label htmlFor="add">{t('补充一句（可不填）', 'Add a line (optional)')}</label>
          <textarea id="add" value={text} onChange={(e) => setText(e.target.value)} maxLength={300} />
          <SpeakInto onText={(more) => setText((was) => was + more)} />
          <button className="button plain" disabled={doing.isBusy || text.trim().length < 2}>
            {t('补充', 'Add')}
          </button>
        </form>
      )}
      <ErrorNote error={doing.error} />
      {w && !w.confirmedAt && (
        <button className="button" disabled={doing.isBusy} onClick={confirm}>
          {t('确认这一周', 'Confirm the week')}
        </button>
      )}
    </Frame>
  )
}
