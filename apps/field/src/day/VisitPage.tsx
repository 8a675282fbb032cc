import { ChevronRight, House } from 'lucide-react'
import { useState } from 'react'
import { dayOf } from '@fengge/domain/kernel/time'
import type { AskOfAct } from '@fengge/domain/sync/contract/acts'
import type { Form } from '@fengge/domain/visits/forms'
import type { Outcome as VisitOutcome } from '@fengge/domain/visits/terms'
import { Mark } from '@fengge/web/ui/Mark/Mark.tsx'
import { outcomeWordsOfVisit } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { cautionWords } from '@fengge/web/words/registry.ts'
import { PhotoInput, type Photo } from '../events/PhotoInput.tsx'
import type { Outcome } from '../offline/acts.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useDraft } from '../offline/useDraft.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { Icon } from '../shell/Icon.tsx'
import { useDayWords } from '../words/day.ts'
import { FormFieldInput } from './FormFieldInput.tsx'
import { NotThere } from './NotThere.tsx'
import { SpeakInto } from './SpeakInto.tsx'
import { fixWithin, hazardIn, useVisit, wasMet, type Answers, type Visited } from './useVisit.ts'
import './today.css'

type Refused = AskOfAct<'recordVisit'> & { readonly visitId: string }

/** A visit: who was met, a short form, what was found. What is found becomes an event and a re-check in one tap. */
export function VisitPage({ id }: { id: string }) {
  const { holdings, outbox } = usePhone()
  const say = useDayWords()
  useField()
  const [task] = useState(() => holdings.table('task').get(id))
  const form = task && holdings.config?.forms.find((f) => f.code === task.formCode)
  const [done, setDone] = useState<Outcome | null>(null)
  const [refused] = useState(() =>
    outbox
      .list()
      .flatMap(({ act, state }): Refused[] =>
        state === 'refused' && act.name === 'recordVisit' && act.ask.taskId === id
          ? [{ ...act.ask, visitId: act.requestId }]
          : [],
      )
      .at(0),
  )
  if (done)
    return (
      <Frame title={say.visit} back="today">
        <p className="ok" role="status">
          {done.state === 'waiting' ? say.kept : say.recorded}
        </p>
        <div className="foot">
          <a className="button" href="#today">
            {say.next}
          </a>
        </div>
      </Frame>
    )
  if (!task || !form || task.subjectId === null)
    return (
      <Frame title={say.visit} back="today">
        <p className="card soft">{outbox.pendingOn(id).length > 0 ? say.visitWaits : say.visitOver}</p>
      </Frame>
    )
  return <VisitForm task={{ ...task, subjectId: task.subjectId }} form={form} refused={refused} done={setDone} />
}

const noAnswers: Answers = {}

interface Props {
  readonly task: Visited
  readonly form: Form
  /** As it was written and not taken. */
  readonly refused: Refused | undefined
  readonly done: (how: Outcome) => void
}

/** What is written of a visit, kept while it is; one that was refused opens as it was. */
function useWriting({ task, form, refused, done }: Props) {
  const { drafts } = usePhone()
  const visit = useVisit(task, form, refused?.visitId)
  const isPlace = task.subjectKind === 'grid' || task.subjectKind === 'facility'
  const isRecheck = form.code === 'recheck'
  const first = refused?.outcome ?? (isPlace || isRecheck ? 'done' : 'met')
  const [outcome, setOutcome] = useState<VisitOutcome>(first)
  const [answers, setAnswers] = useDraft<Answers>(`visit/${task.id}`, (refused?.answers as Answers) ?? noAnswers)
  const [note, setNote] = useDraft(`visit-note/${task.id}`, refused?.note ?? '')
  const [isSpoken, setSpoken] = useState(false)
  const [found, setFound] = useState<Found>(noFind)
  const doing = useDoing()
  const isMet = wasMet(outcome)
  const hazard = isMet ? hazardIn(form, answers) : ''
  const send = (fixBy: string) =>
    doing.run(async () => {
      const what = found.what.trim() || hazard
      const told = hazard === '' ? undefined : { ...found, what, fixBy: found.fixBy || fixBy }
      const how = await visit({ outcome, answers, note, isSpoken, found: told })
      for (const name of ['visit', 'visit-note']) drafts.drop(`${name}/${task.id}`)
      done(how)
    })
  const sayMore = (text: string) => {
    setSpoken(true)
    setNote((n) => `${n}${text}`)
  }
  const isReady = !isMet || form.fields.every((f) => !f.isRequired || answers[f.code] !== undefined)
  return {
    isPlace,
    isRecheck,
    isMet,
    isReady,
    hazard,
    outcome,
    setOutcome,
    answers,
    setAnswers,
    note,
    setNote,
    found,
    setFound,
    doing,
    send,
    sayMore,
  }
}
type Writing = ReturnType<typeof useWriting>

interface Found {
  readonly what: string
  /** Empty: as the form proposes. */
  readonly fixBy: string
  readonly wantsEvent: boolean
  readonly photos: readonly Photo[]
}
const noFind: Found = { what: '', fixBy: '', wantsEvent: false, photos: [] }

function VisitForm(props: Props) {
  const { task, form, refused } = props
  const { now } = usePhone()
  const say = useDayWords()
  const writing = useWriting(props)
  const { doing, answers, setAnswers } = writing
  return (
    <Frame title={`${task.title}${task.name ? ` ${task.name}` : ''}`} back="today">
      <About task={task} />
      <NotThere task={task} done={props.done} />
      {refused && (
        <p className="notice" role="alert">
          {say.visitRefused}
        </p>
      )}
      <form
        onSubmit={(e) => {
          e.preventDefault()
          writing.send(fixWithin(now()))
        }}
      >
        {!writing.isPlace && <Outcomes writing={writing} />}
        {writing.isMet &&
          form.fields.map((f) => (
            <FormFieldInput
              key={f.code}
              field={f}
              value={answers[f.code]}
              set={(v) => setAnswers({ ...answers, [f.code]: v })}
            />
          ))}
        {writing.hazard !== '' && <HazardBox writing={writing} photoWhy={form.photoWhy} />}
        <label htmlFor="note">{form.fields.some((f) => f.type === 'text') ? say.more : say.note}</label>
        <div className="say">
          <textarea id="note" value={writing.note} onChange={(e) => writing.setNote(e.target.value)} maxLength={800} />
          <SpeakInto onText={writing.sayMore} />
        </div>
        <ErrorNote error={doing.error} />
        <div className="foot">
          <button className="button" disabled={doing.isBusy || !writing.isReady}>
            {say.done}
          </button>
        </div>
      </form>
    </Frame>
  )
}

/** Where, what to mind, under which matter. */
function About({ task }: { readonly task: Visited }) {
  const { holdings } = usePhone()
  const { w, language } = useWords()
  const say = useDayWords()
  const matter = holdings.config?.matters.find((m) => m.id === task.matterId)
  const others = task.cautions.filter((c) => c !== 'in-pairs')
  return (
    <>
      <p className="visit-where">
        {task.address} {task.cautions.includes('in-pairs') && <Mark kind="together" />}
        {task.note !== '' && (
          <>
            <br />
            {task.note}
          </>
        )}
      </p>
      {others.length > 0 && <p className="notice">{others.map((c) => w(cautionWords, c)).join('、')}</p>}
      {matter && (
        <p className="soft">{say.matter(matter.code, language === 'zh' ? matter.name : matter.nameEn, matter.basis)}</p>
      )}
      {task.houseId !== null && (
        <a className="small go" href={`#grid/h.${task.houseId}`}>
          <Icon of={House} />
          {say.household}
          <Icon of={ChevronRight} />
        </a>
      )}
    </>
  )
}

function Outcomes({ writing: { outcome, setOutcome, isRecheck } }: { readonly writing: Writing }) {
  const { w } = useWords()
  const say = useDayWords()
  return (
    <fieldset>
      <legend>{say.outcome}</legend>
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
  )
}

/** What was found, until when it is to be put right, and whether others are to act. */
function HazardBox({ writing, photoWhy }: { readonly writing: Writing; readonly photoWhy: string }) {
  const { now } = usePhone()
  const say = useDayWords()
  const { found, setFound, hazard } = writing
  return (
    <div className="card hazard">
      <h2>{say.hazard}</h2>
      <label htmlFor="what">{say.hazardWhat}</label>
      <textarea
        id="what"
        value={found.what === '' ? hazard : found.what}
        onChange={(e) => setFound({ ...found, what: e.target.value })}
        maxLength={200}
      />
      <label htmlFor="fixBy">{say.fixBy}</label>
      <input
        id="fixBy"
        type="date"
        value={found.fixBy || fixWithin(now())}
        min={dayOf(now())}
        onChange={(e) => setFound({ ...found, fixBy: e.target.value })}
      />
      <label className="pick">
        <input
          type="checkbox"
          checked={found.wantsEvent}
          onChange={(e) => setFound({ ...found, wantsEvent: e.target.checked })}
        />
        {say.reportToo}
      </label>
      {found.wantsEvent && photoWhy !== '' && (
        <>
          <p className="soft">{say.whyPhoto(photoWhy)}</p>
          <PhotoInput photos={found.photos} onChange={(photos) => setFound({ ...found, photos })} />
        </>
      )}
    </div>
  )
}
