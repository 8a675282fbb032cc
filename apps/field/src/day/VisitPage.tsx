import { useState } from 'react'
import type { Form } from '@fengge/domain/visits/forms'
import { dayOf } from '@fengge/domain/kernel/time'
import { outcomeWordsOfVisit } from '@fengge/web/words/field.ts'
import type { Outcome as VisitOutcome } from '@fengge/domain/visits/terms'
import { useWords } from '@fengge/web/words/language.ts'
import { cautionWords } from '@fengge/web/words/registry.ts'
import { PhotoInput, type Photo } from '../events/PhotoInput.tsx'
import type { Outcome } from '../offline/acts.ts'
import { useDraft } from '../offline/useDraft.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { useDoing } from '../offline/useAsk.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { SpeakInto } from './SpeakInto.tsx'
import { fixWithin, hazardIn, useVisit, wasMet, type Answers, type Visited } from './useVisit.ts'

/** A visit: who was met, a short form, what was found. What is found becomes an event and a re-check in one tap. */
export function VisitPage({ id }: { id: string }) {
  const { holdings, outbox } = usePhone()
  const { t } = useWords()
  useField()
  const [task] = useState(() => holdings.table('task').get(id))
  const form = task && holdings.config?.forms.find((f) => f.code === task.formCode)
  const [done, setDone] = useState<Outcome | null>(null)
  if (done)
    return (
      <Frame title={t('走访', 'Visit')} back="today">
        <p className="ok" role="status">
          {done.state === 'waiting'
            ? t('已存在手机里，有信号时送出。', 'Kept on this phone; it goes out with the signal.')
            : t('已登记。', 'Recorded.')}
        </p>
        <a className="button" href="#today">
          {t('下一处', 'Next')}
        </a>
      </Frame>
    )
  if (!task || !form || task.subjectId === null)
    return (
      <Frame title={t('走访', 'Visit')} back="today">
        <p className="card soft">
          {outbox.pendingOn(id).length > 0
            ? t('这次走访已填好，等待送出。', 'This visit is filled in and waits.')
            : t('任务已完成或已调整。', 'The task is done or was changed.')}
        </p>
      </Frame>
    )
  return <VisitForm task={{ ...task, subjectId: task.subjectId }} form={form} done={setDone} />
}

const noAnswers: Answers = {}

function VisitForm({ task, form, done }: { task: Visited; form: Form; readonly done: (how: Outcome) => void }) {
  const { holdings, now, drafts } = usePhone()
  const visit = useVisit(task, form)
  const { t, w } = useWords()
  const matter = holdings.config?.matters.find((m) => m.id === task.matterId)
  const isPlace = task.subjectKind === 'grid' || task.subjectKind === 'facility'
  const isRecheck = form.code === 'recheck'
  const [outcome, setOutcome] = useState<VisitOutcome>(isPlace || isRecheck ? 'done' : 'met')
  const [answers, setAnswers] = useDraft<Answers>(`visit/${task.id}`, noAnswers)
  const [note, setNote] = useDraft(`visit-note/${task.id}`, '')
  const [isSpoken, setSpoken] = useState(false)
  const [fixBy, setFixBy] = useState(fixWithin(now()))
  const [what, setWhat] = useState('')
  const [wantsEvent, setWantsEvent] = useState(false)
  const [photos, setPhotos] = useState<Photo[]>([])
  const doing = useDoing()
  const isMet = wasMet(outcome)
  const hazardText = what.trim() || hazardIn(form, answers)
  const hasHazard = isMet && hazardIn(form, answers) !== ''
  const send = () =>
    doing.run(async () => {
      const found = hasHazard ? { what: hazardText, fixBy, wantsEvent, photos } : undefined
      const how = await visit({ outcome, answers, note, isSpoken, found })
      for (const name of ['visit', 'visit-note']) drafts.drop(`${name}/${task.id}`)
      done(how)
    })
  const isReady = !isMet || form.fields.every((f) => !f.isRequired || answers[f.code] !== undefined)
  return (
    <Frame title={`${task.title}${task.name ? ` ${task.name}` : ''}`} back="today">
      <p>
        {task.address}
        {task.note !== '' && (
          <>
            <br />
            {task.note}
          </>
        )}
      </p>
      {task.cautions.length > 0 && <p className="notice">{task.cautions.map((c) => w(cautionWords, c)).join('、')}</p>}
      {matter && (
        <p className="soft">
          {t(`事项 ${matter.code} ${matter.name}，依据：${matter.basis}`, `Matter ${matter.code} ${matter.nameEn}`)}
        </p>
      )}
      {task.houseId !== null && (
        <a className="small go" href={`#grid/h.${task.houseId}`}>
          {t('看这一户', 'The household')}
        </a>
      )}
      <form
        onSubmit={(e) => {
          e.preventDefault()
          send()
        }}
      >
        {!isPlace && (
          <fieldset>
            <legend>{t('结果', 'Outcome')}</legend>
            <div className="chips">
              {(['met', 'not-home', 'refused'] as const).map((o) => (
                <button
                  type="button"
                  key={o}
                  className="small"
                  aria-pressed={outcome === o || (o === 'met' && outcome === 'done')}
                  onClick={() => setOutcome(o === 'met' && isRecheck ? 'done' : o)}
                >
                  {w(outcomeWordsOfVisit, o === 'met' && isRecheck ? 'seen' : o)}
                </button>
              ))}
            </div>
          </fieldset>
        )}
        {isMet &&
          form.fields.map((f) => (
            <FormFieldInput
              key={f.code}
              field={f}
              value={answers[f.code]}
              set={(v) => setAnswers({ ...answers, [f.code]: v })}
            />
          ))}
        {hasHazard && (
          <div className="card hazard">
            <h2>{t('发现隐患', 'A hazard was found')}</h2>
            <label htmlFor="what">{t('是什么（可改）', 'What it is')}</label>
            <textarea
              id="what"
              value={what === '' ? hazardText : what}
              onChange={(e) => setWhat(e.target.value)}
              maxLength={200}
            />
            <label htmlFor="fixBy">{t('要求整改期限，到期提醒复查', 'To be put right by; a re-check follows')}</label>
            <input id="fixBy" type="date" value={fixBy} min={dayOf(now())} onChange={(e) => setFixBy(e.target.value)} />
            <label className="pick">
              <input type="checkbox" checked={wantsEvent} onChange={(e) => setWantsEvent(e.target.checked)} />
              {t('同时上报，请部门处理', 'Report it as well')}
            </label>
            {wantsEvent && form.photoWhy !== '' && (
              <>
                <p className="soft">{t(`照片用途：${form.photoWhy}`, `Why a photo: ${form.photoWhy}`)}</p>
                <PhotoInput photos={photos} onChange={setPhotos} />
              </>
            )}
          </div>
        )}
        <label htmlFor="note">
          {form.fields.some((f) => f.type === 'text')
            ? t('还要补充的（可不填）', 'Anything to add (optional)')
            : t('说明（可不填）', 'Note (optional)')}
        </label>
        <textarea id="note" value={note} onChange={(e) => setNote(e.target.value)} maxLength={800} />
        <SpeakInto
          onText={(text) => {
            setSpoken(true)
            setNote((n) => `${n}${text}`)
          }}
        />
        <ErrorNote error={doing.error} />
        <button className="button" disabled={doing.isBusy || !isReady}>
          {t('完成', 'Done')}
        </button>
      </form>
    </Frame>
  )
}

export function FormFieldInput({
  field,
  value,
  set,
}: {
  field: Form['fields'][number]
  value: string | boolean | undefined
  readonly set: (value: string | boolean) => void
}) {
  const { t } = useWords()
  if (field.type === 'text')
    return (
      <>
        <label htmlFor={field.code}>
          {t(field.name, field.nameEn)}
          {field.isRequired ? '' : t('（可不填）', ' (optional)')}
        </label>
        <textarea id={field.code} value={String(value ?? '')} onChange={(e) => set(e.target.value)} maxLength={500} />
      </>
    )
  const choices: [string, string, string][] =
    field.type === 'flag'
      ? [
          ['true', '是', 'Yes'],
          ['false', '否', 'No'],
        ]
      : field.choices
  return (
    <fieldset>
      <legend>{t(field.name, field.nameEn)}</legend>
      <div className="chips">
        {choices.map(([code, zh, en]) => (
          <button
            type="button"
            key={code}
            className="small"
            aria-pressed={String(value) === code}
            onClick={() => set(field.type === 'flag' ? code === 'true' : code)}
          >
            {t(zh, en)}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
