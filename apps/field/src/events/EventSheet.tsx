import { Check, EyeOff, Undo2, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { getEvent } from '@fengge/domain/events/contract/desk'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Held } from '@fengge/domain/sync/rows'
import { call } from '@fengge/web/api/call.ts'
import { Clock } from '@fengge/web/ui/Clock/Clock.tsx'
import { Mark } from '@fengge/web/ui/Mark/Mark.tsx'
import { State } from '@fengge/web/ui/State/State.tsx'
import { Supervision } from '@fengge/web/ui/Supervision/Supervision.tsx'
import { Urgency } from '@fengge/web/ui/Urgency/Urgency.tsx'
import { actWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sourceWords } from '@fengge/web/words/terms.ts'
import { useAsk } from '../offline/useAsk.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { Icon } from '../shell/Icon.tsx'
import { showWhen } from '../shell/when.ts'
import { useEventsWords } from '../words/events.ts'
import { ActSheet, useActName } from './ActSheet.tsx'
import { Alarms } from './Alarms.tsx'
import { checks, isCheck, isHisTurn, lookOf, onPhone, type PhoneAction } from './deeds.ts'
import { BeforeAfter, Picture } from './Pictures.tsx'
import { Story } from './Story.tsx'
import './check.css'

type Told = ReplyOf<typeof getEvent>
interface Shown {
  readonly id: string
  readonly held: Held['event'] | undefined
  readonly told: Told | undefined
  /** What stands in the books, as far as the phone knows. */
  readonly event: Held['event'] | Told
}

/** An event: as a question with three answers where it is to be checked, else what it is and what may be done. */
export function EventSheet({ id, back }: { id: string; readonly back: string }) {
  const { holdings } = usePhone()
  const say = useEventsWords()
  const { isOnline } = useField()
  const held = holdings.table('event').get(id)
  // The line gives what the phone does not hold: photos, the whole story, an event that is closed for long.
  const online = useAsk(`${id} ${held?.version ?? ''}`, () => call(getEvent, { id }), isOnline)
  const event = online.data ?? held
  if (!event)
    return (
      <Frame title={say.event} back={back}>
        <ErrorNote error={online.error} />
        {online.error === null && <p role="status">{isOnline ? say.loading : say.notHere}</p>}
      </Frame>
    )
  const isToCheck = (event.can as readonly string[]).includes('pass')
  const shown = { id, held, told: online.data, event }
  return (
    <Frame title={isToCheck ? say.check : say.event} back={back}>
      <Head {...shown} />
      {isToCheck ? <ToCheck {...shown} /> : <Facts {...shown} />}
      <Acts {...shown} isToCheck={isToCheck} />
      <Story told={online.data?.flow} kept={held?.flow ?? []} />
    </Frame>
  )
}

/** How it stands, what hangs on it, what it is called. */
function Head({ id, event, told }: Shown) {
  const { now, outbox } = usePhone()
  const { w } = useWords()
  const say = useEventsWords()
  return (
    <>
      <div className="marks">
        <State status={event.status} isMine={isHisTurn(event.can)} />
        {told && <Supervision card={told.supervision} />}
        {told && <Mark kind="repeated" count={told.reopens} />}
        {told && <Mark kind="rework" count={told.reworks} />}
        {event.dueAt !== null && <Clock {...event} startedAt={event.stageStartedAt} now={now()} />}
      </div>
      <h2 className="event-title">
        <Urgency urgency={event.urgency} /> {event.title}
      </h2>
      {outbox.pendingOn(id).map((k) => (
        <p className="notice" key={k.act.requestId}>
          {k.label || w(actWords, k.act.name)} ·{' '}
          <a href="#more/outbox">{k.state === 'waiting' ? say.waiting : say.refusedLook}</a>
        </p>
      ))}
    </>
  )
}

/** What was said to be done, beside what it was. */
function ToCheck({ id, event, held, told }: Shown) {
  const { now } = usePhone()
  const { language } = useWords()
  const say = useEventsWords()
  const finished =
    told?.flow.findLast((f) => f.action === 'finish')?.at ?? held?.flow?.find(([a]) => a === 'finish')?.[1]
  return (
    <>
      <p className="soft">
        {[event.departmentName, event.placeText].filter(Boolean).join(' · ')}
        {finished && (
          <>
            <br />
            {say.doneBy(showWhen(finished, now(), language))}
          </>
        )}
      </p>
      <BeforeAfter evidence={told?.evidence ?? null} />
      {event.source === 'sensor' && <Alarms eventId={id} version={event.version} />}
      <p className="card text">{event.answer || event.content}</p>
    </>
  )
}

function Facts({ id, event, told }: Shown) {
  const { now } = usePhone()
  const { w, language } = useWords()
  const say = useEventsWords()
  return (
    <>
      <p className="soft">
        {event.placeText}
        <br />
        {event.no}
        <br />
        {showWhen(event.reportedAt, now(), language)}
        {event.departmentName ? ` · ${event.departmentName}` : ''}
        {event.source && (
          <>
            <br />
            {say.source(w(sourceWords, event.source))}
          </>
        )}
      </p>
      <div className="card facts">
        <div className="text">{event.content}</div>
        {event.onBehalfOf && <div className="soft">{say.behalfOf(event.onBehalfOf)}</div>}
      </div>
      {event.source === 'sensor' && <Alarms eventId={id} version={event.version} />}
      {event.answer && <p className="card text">{event.answer}</p>}
      {told && told.evidence.length > 0 && (
        <div className="photos">
          {told.evidence.map((f) => (
            <Picture key={f.id} of={f} />
          ))}
        </div>
      )}
    </>
  )
}

const drawings: Partial<Record<PhoneAction, LucideIcon>> = { pass: Check, fail: Undo2, 'check-unable': EyeOff }

/** What may be done on the phone; of a check, the three answers to its question. */
function Acts({ id, event, told, isToCheck }: Shown & { readonly isToCheck: boolean }) {
  const { holdings, outbox } = usePhone()
  const say = useEventsWords()
  const nameOf = useActName()
  const [action, setAction] = useState<PhoneAction | null>(null)
  const can = onPhone.filter((a) => (event.can as readonly string[]).includes(a))
  if (action !== null)
    return (
      <ActSheet
        event={{
          id,
          version: event.version,
          title: event.title,
          isAwaited: told?.isAwaited ?? false,
          evidence: told?.evidence ?? null,
          needs: holdings.config?.catalogue.find(([code]) => code === event.categoryCode)?.[8] ?? [],
        }}
        action={action}
        done={() => setAction(null)}
      />
    )
  if (outbox.pendingOn(id).length > 0 || can.length === 0) return null
  const others = can.filter((a) => !isToCheck || !isCheck(a))
  return (
    <section aria-label={isToCheck ? say.isItDone : say.event}>
      {isToCheck && <h2 className="ask">{say.isItDone}</h2>}
      {checks
        .filter((a) => isToCheck && can.includes(a))
        .map((a) => (
          <button
            key={a}
            className={`button ${a === 'check-unable' ? 'quiet' : lookOf(a)}`}
            onClick={() => setAction(a)}
          >
            <Icon of={drawings[a] ?? Check} />
            {nameOf(a)}
          </button>
        ))}
      {isToCheck && <p className="soft">{say.asksPhoto}</p>}
      {others.map((a) => (
        <button key={a} className={`button ${lookOf(a)}`} onClick={() => setAction(a)}>
          {nameOf(a)}
        </button>
      ))}
    </section>
  )
}
