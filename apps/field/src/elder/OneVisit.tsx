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
import { useElderWords } from '../words/elder.ts'
import { Answer } from './Answer.tsx'
import { Sent } from './Sent.tsx'
import { Step } from './Step.tsx'

/** One question a page: met or not, then each question of the form, then whether somebody is to be told of what is wrong. */
export function OneVisit({ id }: { id: string }) {
  const { holdings } = usePhone()
  const say = useElderWords()
  const [task] = useState(() => holdings.table('task').get(id))
  const form = task && holdings.config?.forms.find((f) => f.code === task.formCode)
  const [sent, setSent] = useState<Outcome | null>(null)
  if (sent) return <Recorded how={sent} />
  const subjectId = task?.subjectId ?? null
  if (!task || !form || subjectId === null)
    return (
      <Step title={say.visit}>
        <p className="card">{say.visitOver}</p>
      </Step>
    )
  return <Questions task={{ ...task, subjectId }} form={form} done={setSent} />
}

function Recorded({ how }: { readonly how: Outcome }) {
  const say = useElderWords()
  const next = (
    <a className="button" href="#visits">
      {say.next}
    </a>
  )
  return <Sent how={how} said={say.recorded} next={next} />
}

interface Asking {
  readonly task: Visited
  readonly form: Form
  readonly done: (how: Outcome) => void
}
function Questions({ task, form, done }: Asking) {
  const { now } = usePhone()
  const visit = useVisit(task, form)
  const doing = useDoing()
  const [step, setStep] = useState(-1)
  const [answers, setAnswers] = useState<Answers>({})
  const [outcome, setOutcome] = useState<VisitOutcome>('met')
  const fields = form.fields.filter((f) => f.type !== 'text' || f.isRequired)
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
  const nth = [step + 2, fields.length + 1] as const
  if (step === -1) return <Met {...page} task={task} begin={begin} nth={nth} />
  const field = fields[step]
  if (field)
    return <OneQuestion {...page} field={field} nth={nth} answer={(value) => answer(field.code, value)} back={back} />
  return (
    <IsToldOf {...page} hazard={hazardIn(form, answers)} back={back} tell={(tells) => send(outcome, answers, tells)} />
  )
}

interface Page {
  readonly isBusy: boolean
  readonly error: unknown
}

interface Told extends Page {
  readonly hazard: string
  readonly tell: (tells: boolean) => void
  readonly back: () => void
}
function IsToldOf({ hazard, tell, back, isBusy, error }: Told) {
  const say = useElderWords()
  return (
    <Step
      title={say.tellTitle}
      back={back}
      foot={
        <>
          <button className="button" disabled={isBusy} onClick={() => tell(true)}>
            {say.tellYes}
          </button>
          <button className="button quiet" disabled={isBusy} onClick={() => tell(false)}>
            {say.tellNo}
          </button>
        </>
      }
    >
      <p className="notice">{hazard}</p>
      <ErrorNote error={error} />
    </Step>
  )
}

interface MetProps extends Page {
  readonly task: Visited
  readonly nth: readonly [number, number]
  readonly begin: (how: VisitOutcome) => void
}
function Met({ task, nth, begin, isBusy, error }: MetProps) {
  const { w } = useWords()
  const say = useElderWords()
  const isPlace = task.subjectKind === 'grid' || task.formCode === 'recheck'
  const looks = { met: 'good', 'not-home': 'unknown', refused: 'no' } as const
  return (
    <Step title={say.didYouMeet(task.name ?? say.anybody)} nth={nth}>
      <p>{task.address}</p>
      {task.cautions.length > 0 && <p className="notice">{task.cautions.map((c) => w(cautionWords, c)).join('、')}</p>}
      <ErrorNote error={error} />
      {(['met', 'not-home', 'refused'] as const).map((o) => (
        <Answer key={o} look={looks[o]} isBusy={isBusy} onClick={() => begin(o === 'met' && isPlace ? 'done' : o)}>
          {w(outcomeWordsOfVisit, o === 'met' && isPlace ? 'seen' : o)}
        </Answer>
      ))}
    </Step>
  )
}

interface Question extends Page {
  readonly field: FormField
  readonly nth: readonly [number, number]
  readonly answer: (value: string | boolean) => void
  readonly back: () => void
}
function OneQuestion({ field, nth, answer, back, isBusy, error }: Question) {
  const { language } = useWords()
  const say = useElderWords()
  const choices: readonly (readonly [string, string])[] =
    field.type === 'flag'
      ? [
          ['true', say.yes],
          ['false', say.no],
        ]
      : field.choices.map(([code, zh, en]) => [code, language === 'zh' ? zh : en] as const)
  return (
    <Step title={say.asked(language === 'zh' ? field.name : field.nameEn)} nth={nth} back={back}>
      <ErrorNote error={error} />
      {choices.map(([code, name]) => (
        <Answer
          key={code}
          {...(field.hazardWhen !== '' && field.hazardWhen === code ? { look: 'bad' as const } : {})}
          isBusy={isBusy}
          onClick={() => answer(field.type === 'flag' ? code === 'true' : code)}
        >
          {name}
        </Answer>
      ))}
    </Step>
  )
}
