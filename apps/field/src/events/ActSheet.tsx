import { useState } from 'react'
import type { Action } from '@fengge/domain/events/acts'
import { slotsOf } from '@fengge/domain/events/forms/evidence'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import { actionWords, failWords, findingOfVerify } from '@fengge/web/words/terms.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useActs } from '../offline/usePhone.ts'
import { ErrorNote } from '../shell/Frame.tsx'
import { useEventsWords } from '../words/events.ts'
import { deedOf, lookOf, type PhoneAction } from './deeds.ts'
import { photosFor } from './PhotoInput.tsx'
import { lacking, PhotoSlots, type Picked, type Shown } from './PhotoSlots.tsx'

/** What can be picked for an action; nothing of it is picked for him. */
const picks: Partial<Record<Action, Parameters<Words['w']>[0]>> = { verify: findingOfVerify, fail: failWords }

/** Where an act is named by the answer to a question, its word is the answer. */
export function useActName(): (action: PhoneAction) => string {
  const { w } = useWords()
  const say = useEventsWords()
  const answers: Partial<Record<PhoneAction, string>> = {
    pass: say.done,
    fail: say.notDone,
    'check-unable': say.unable,
  }
  return (action) => answers[action] ?? w(actionWords, action)
}

export interface Acted extends Shown {
  readonly id: string
  readonly version: number
  readonly title: string
  /** A citizen waits for an answer, as far as the phone knows. */
  readonly isAwaited: boolean
}
interface Props {
  readonly event: Acted
  readonly action: PhoneAction
  readonly done: () => void
}

export function ActSheet({ event, action, done }: Props) {
  const { doAct, giveUp } = useActs()
  const { w } = useWords()
  const say = useEventsWords()
  const nameOf = useActName()
  const [photos, setPhotos] = useState<Picked>({})
  const [text, setText] = useState('')
  const [answer, setAnswer] = useState('')
  const [choice, setChoice] = useState('')
  const doing = useDoing()
  const send = () =>
    doing.run(async () => {
      const base = { eventId: event.id, version: event.version, evidenceIds: [] }
      await doAct({
        ...deedOf(action, base, { text, choice, answer: answer.trim() }),
        label: `${w(actionWords, action)}：${event.title}`,
        subject: event.id,
        photos: slotsOf(action).flatMap((phase) => photosFor(photos[phase] ?? [], event.id, phase)),
        isAfterPhotos: true,
      })
      done()
    })
  return (
    <form
      className="card"
      onSubmit={(e) => {
        e.preventDefault()
        send()
      }}
    >
      <h2>{nameOf(action)}</h2>
      <Choices action={action} choice={choice} set={setChoice} />
      {action !== 'sign' && (
        <>
          <PhotoSlots event={event} action={action} photos={photos} onChange={setPhotos} />
          <Note isNeeded={isNoteNeeded(action, choice)} text={text} set={setText} />
          {action === 'finish' && <Answer isNeeded={event.isAwaited} text={answer} set={setAnswer} />}
        </>
      )}
      <ErrorNote error={doing.error} />
      <button
        className={`button ${lookOf(action) === 'warn' ? 'warn' : ''}`}
        disabled={doing.isBusy || lacking(action, event, photos).length > 0}
      >
        {nameOf(action)}
      </button>
      <button type="button" className="button quiet" onClick={() => void giveUp().then(done)}>
        {say.cancel}
      </button>
    </form>
  )
}

const isNoteNeeded = (action: PhoneAction, choice: string): boolean =>
  !['pass', 'verify', 'sign'].includes(action) || (action === 'verify' && choice !== 'exists')

interface ChoicesProps {
  readonly action: PhoneAction
  readonly choice: string
  readonly set: (choice: string) => void
}
function Choices({ action, choice, set }: ChoicesProps) {
  const { w } = useWords()
  const say = useEventsWords()
  const words = picks[action]
  if (!words) return null
  return (
    <fieldset>
      <legend>{action === 'fail' ? say.whyBack : say.what}</legend>
      {Object.keys(words).map((c) => (
        <label className="pick" key={c}>
          <input type="radio" name="choice" checked={choice === c} onChange={() => set(c)} required />
          {w(words, c)}
        </label>
      ))}
    </fieldset>
  )
}

interface NoteProps {
  readonly isNeeded: boolean
  readonly text: string
  readonly set: (text: string) => void
}
/** What a citizen who waits is told. */
function Answer({ isNeeded, text, set }: NoteProps) {
  const say = useEventsWords()
  return (
    <>
      <label htmlFor="answer">{isNeeded ? say.answerNeeded : say.answerOptional}</label>
      <textarea id="answer" value={text} onChange={(e) => set(e.target.value)} required={isNeeded} maxLength={2000} />
    </>
  )
}

function Note({ isNeeded, text, set }: NoteProps) {
  const say = useEventsWords()
  return (
    <>
      <label htmlFor="note">{isNeeded ? say.note : say.noteOptional}</label>
      <textarea id="note" value={text} onChange={(e) => set(e.target.value)} required={isNeeded} maxLength={1000} />
    </>
  )
}
