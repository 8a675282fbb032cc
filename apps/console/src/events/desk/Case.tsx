import { MessageSquare } from 'lucide-react'
import type { Action } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { Clock } from '@fengge/web/ui/Clock/Clock.tsx'
import { StageBar } from '@fengge/web/ui/StageBar/StageBar.tsx'
import { State } from '@fengge/web/ui/State/State.tsx'
import { Steps } from '@fengge/web/ui/Steps/Steps.tsx'
import { Urgency } from '@fengge/web/ui/Urgency/Urgency.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { levelWords, sourceWords, stageWords } from '@fengge/web/words/terms.ts'
import { showLeft, showLimit, showSpan, showTime, showWhen } from '@fengge/web/words/time.ts'
import { EventReadings } from '../../sensors/EventReadings.tsx'
import { useNow } from '../../shell/useNow.ts'
import { useEventWords } from '../../words/events.ts'
import { turnOf } from '../acts/turns.ts'
import { EventMarks, MoreMarks } from '../view/EventMarks.tsx'
import { Facts } from '../view/Facts.tsx'
import { Flow } from '../view/Flow.tsx'
import { Photos } from '../view/Photos.tsx'
import { Hints, Related } from '../view/Related.tsx'
import { Requests } from '../view/Requests.tsx'
import { useHandleDue, useSpans, useWay } from '../view/useStages.ts'

interface Props {
  readonly event: EventView
  readonly act: (action: Action) => void
}

/** The case itself: what it is, how far, its clocks, what was told and seen, and what happened. */
export function Case({ event, act }: Props) {
  const { w } = useWords()
  const say = useEventWords()
  const steps = useWay(event)
  return (
    <article className="desk-case" aria-label={event.title}>
      <h2 className="ev-title">
        <Urgency urgency={event.urgency} /> {event.title}
      </h2>
      <p className="ev-line">
        <State status={event.status} isMine={turnOf(event.can).length > 0} />
        <span>{w(levelWords, event.level)}</span>
        <span>{w(sourceWords, event.source)}</span>
        <EventMarks event={event} />
        <MoreMarks event={event} />
        <span className="ev-no">{event.no}</span>
      </p>
      <Requests event={event} />
      <Steps steps={steps} label={say.way} />
      <Clocks event={event} />
      <p className="ev-text">{event.content}</p>
      <div className="desk-seen">
        <Photos event={event} />
        <Facts event={event} act={act} isShort />
      </div>
      <EventReadings eventId={event.id} />
      <Hints event={event} />
      <Related event={event} />
      <h3 className="ev-h3">{say.flow}</h3>
      <Flow eventId={event.id} flow={event.flow} />
      {event.isAwaited && !event.isSensitive && <Readers event={event} />}
    </article>
  )
}

/** The limit that runs, that of handling, and how long it has been so far. */
function Clocks({ event }: { readonly event: EventView }) {
  const { w, language } = useWords()
  const say = useEventWords()
  const now = useNow()
  const due = useHandleDue(event)
  const spans = useSpans(event)
  const isHandled = event.stage === 'handle'
  return (
    <div className="desk-clocks">
      <div>
        <span className="ev-note">{say.limitOf(w(stageWords, event.stage))}</span>
        <strong className="desk-number">{event.dueAt === null ? '—' : showLeft(event.dueAt, now, language)}</strong>
        <Clock
          form="bar"
          now={now}
          startedAt={event.stageStartedAt}
          dueAt={event.dueAt}
          halfAt={event.halfAt}
          soonAt={event.soonAt}
          kind={say.limitOf(w(stageWords, event.stage))}
        />
        <span className="ev-note">{event.dueAt !== null && say.before(showWhen(event.dueAt, now, language))}</span>
      </div>
      <div>
        <span className="ev-note">{say.limitOf(w(stageWords, 'handle'))}</span>
        <strong className="desk-number">{showLimit(event.limits.handle, language)}</strong>
        <span className="ev-note">
          {!isHandled && due !== null && say.runsFromDispatch(showWhen(due, now, language))}
        </span>
      </div>
      <div>
        <span className="ev-note">{say.soFar}</span>
        <strong className="desk-number">{showSpan(now - Date.parse(event.reportedAt), language)}</strong>
        <StageBar stages={spans} label={say.timeByStage} isBare />
        <span className="ev-note">{spans.map((s) => `${s.name} ${s.time}`).join(' · ')}</span>
      </div>
    </div>
  )
}

/** What those who told of it will read once it is dispatched. */
function Readers({ event }: { readonly event: EventView }) {
  const say = useEventWords()
  const due = useHandleDue(event)
  const to = event.suggestion.departments[0]
  if (turnOf(event.can)[0] !== 'dispatch' || to === undefined) return null
  return (
    <p className="desk-readers">
      <MessageSquare size={16} strokeWidth={1.75} aria-hidden="true" />
      {say.readersSee(event.reporters, due === null ? '' : showTime(due))}
    </p>
  )
}
