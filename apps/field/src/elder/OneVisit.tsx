import { useState } from 'react'
import type { Form, FormField } from '@fengge/domain/visits/forms'
import type { Outcome as VisitOutcome } from '@fengge/domain/visits/terms'
import { outcomeWordsOfVisit } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { cautionWords } from '@fengge/web/words/registry.ts'
import { fixWithin, hazardIn, useVisit, type Answers, type Visited } from '../day/useVisit.ts'
import type { Outcome } from '../offline/acts.ts'
import { useDoing } from '../offline/useAsk.ts'
import { usePhone } from '../offline/usePhone.ts'
import { ErrorNote } from '../shell/Frame.tsx'
import { Sent } from './Sent.tsx'
import { Step } from './Step.tsx'

/** One question a page: met or not, then each question of the form, then whether somebody is to be told of what is wrong. */
export function OneVisit({ id }: { id: string }) {
  const { holdings } = usePhone()
  const { t } = useWords()
  const [task] = useState(() => holdings.table('task').get(id))
  const form = task && holdings.config?.forms.find((f) => f.code === task.formCode)
  const [sent, setSent] = useState<Outcome | null>(null)
  if (sent) return <Recorded how={sent} />
  const subjectId = task?.subjectId ?? null
  if (!task || !form || subjectId === null)
    return (
      <Step title={t('走访', 'Visit')}>
        <p className="card">{t('这次走访已完成或已调整。', 'Done already, or changed.')}</p>
      </Step>
    )
  return <Questions task={{ ...task, subjectId }} form={form} done={setSent} />
}

function Recorded({ how }: { readonly how: Outcome }) {
  const { t } = useWords()
  const next = (
    <a className="button" href="#visits">
      {t('下一家', 'Next')}
    </a>
  )
  return <Sent how={how} said={t('已经记下。', 'It is recorded.')} next={next} />
}

interface Asking {
  readonly task: Visited
  readonly form: Form
  readonly done: (how: Outcome) => void
}
function Questions({ task, form, done }: Asking) {
  const { now } = usePhone()
  const { t } = useWords()
  const visit = useVisit(task, form)
  const doing = useDoing()
  const [step, setStep] = useState(-1)
  const [answers, setAnswers] = useState<Answers>({})
  const [outcome, setOutcome] = useState<VisitOutcome>('met')
  const fields = form.fields.filter((f) => f.type !== 'text' || f.isRequired)
  const hazard = hazardIn(form, answers)
  const send = (how: VisitOutcome, given: Answers, tells?: boolean) =>
    doing.run(async () => {
      const what = hazardIn(form, given)
      const found = tells === undefined ? undefined : { what, fixBy: fixWithin(now()), wantsEvent: tells, photos: [] }
      done(await visit({ outcome: how, answers: given, note: '', isSpoken: false, found }))
    })
  const begin = (how: VisitOutcome) => {
    setOutcome(how)
    if (how === 'not-home' || how === 'refused' || fields.length === 0) send(how, {})
    else setStep(0)
  }
  const answer = (code: string, value: string | boolean) => {
    const given = { ...answers, [code]: value }
    setAnswers(given)
    if (step + 1 < fields.length || hazardIn(form, given) !== '') setStep(step + 1)
    else send(outcome, given)
  }
  const page = { isBusy: doing.isBusy, error: doing.error }
  const back = () => setStep(step - 1)
  if (step === -1) return <Met {...page} task={task} begin={begin} />
  const field = fields[step]
  if (field) return <OneQuestion {...page} field={field} answer={(value) => answer(field.code, value)} back={back} />
  return (
    <Step title={t('要告诉网格员吗？', 'Is the grid worker to be told?')}>
      <p className="notice">{hazard}</p>
      <ErrorNote error={doing.error} />
      <button className="button" disabled={doing.isBusy} onClick={() => send(outcome, answers, true)}>
        {t('告诉网格员', 'Tell the grid worker')}
      </button>
      <button className="button plain" disabled={doing.isBusy} onClick={() => send(outcome, answers, false)}>
        {t('先记下，过几天再去看', 'Note it; look again in some days')}
      </button>
      <button className="button plain back" onClick={back}>
        {t('回上一步', 'Back')}
      </button>
    </Step>
  )
}

interface Page {
  readonly isBusy: boolean
  readonly error: unknown
}

function Met({
  task,
  begin,
  isBusy,
  error,
}: Page & { readonly task: Visited; readonly begin: (how: VisitOutcome) => void }) {
  const { t, w } = useWords()
  const isPlace = task.subjectKind === 'grid' || task.formCode === 'recheck'
  return (
    <Step title={t(`见到${task.name ?? '人'}了吗？`, `Did you meet ${task.name ?? 'anybody'}?`)}>
      <p>{task.address}</p>
      {task.cautions.length > 0 && <p className="notice">{task.cautions.map((c) => w(cautionWords, c)).join('、')}</p>}
      <ErrorNote error={error} />
      {(['met', 'not-home', 'refused'] as const).map((o) => (
        <button
          key={o}
          className={`button ${o === 'met' ? '' : 'plain'}`}
          disabled={isBusy}
          onClick={() => begin(o === 'met' && isPlace ? 'done' : o)}
        >
          {w(outcomeWordsOfVisit, o === 'met' && isPlace ? 'seen' : o)}
        </button>
      ))}
    </Step>
  )
}

interface Question extends Page {
  readonly field: FormField
  readonly answer: (value: string | boolean) => void
  readonly back: () => void
}
function OneQuestion({ field, answer, back, isBusy, error }: Question) {
  const { t } = useWords()
  const yesOrNo: FormField['choices'] = [
    ['true', '是', 'Yes'],
    ['false', '否', 'No'],
  ]
  const choices = field.type === 'flag' ? yesOrNo : field.choices
  return (
    <Step title={`${t(field.name, field.nameEn)}？`}>
      <ErrorNote error={error} />
      {choices.map(([code, zh, en]) => (
        <button
          key={code}
          className="button plain"
          disabled={isBusy}
          onClick={() => answer(field.type === 'flag' ? code === 'true' : code)}
        >
          {t(zh, en)}
        </button>
      ))}
      <button className="button plain back" onClick={back}>
        {t('回上一步', 'Back')}
      </button>
    </Step>
  )
}
