import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Alert, App, Button } from 'antd'
import { ChevronDown, ChevronLeft, ChevronUp, Link2, Printer } from 'lucide-react'
import { useState } from 'react'
import type { Action } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { StageBar } from '@fengge/web/ui/StageBar/StageBar.tsx'
import { Urgency } from '@fengge/web/ui/Urgency/Urgency.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { levelWords } from '@fengge/web/words/terms.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { useEventWords } from '../words/events.ts'
import { ActDialog } from './acts/ActDialog.tsx'
import { turnOf } from './acts/turns.ts'
import { useKeys } from '../shell/keys/useKeys.ts'
import { Assign } from './desk/Assign.tsx'
import { Limits } from './page/Limits.tsx'
import { Story } from './page/Story.tsx'
import { TurnPanel } from './page/TurnPanel.tsx'
import { What } from './page/What.tsx'
import { useEvent, useNeighbours } from './useEvents.ts'
import { EventMarks, MoreMarks, Standing } from './view/EventMarks.tsx'
import { useCategoryName } from './view/Facts.tsx'
import { useSpans } from './view/useStages.ts'
import './events.css'
import './desk/desk.css'
import './page/page.css'

export function EventPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { fault } = useWords()
  const say = useEventWords()
  const event = useEvent(id)
  if (event.isPending) return <div className="case" aria-busy="true" />
  if (!event.data)
    return (
      <Alert
        type="error"
        title={fault(event.error)}
        role="alert"
        action={<Button onClick={() => void event.refetch()}>{say.tryAgain}</Button>}
      />
    )
  return <Page key={event.data.id} event={event.data} />
}

/** One event: whose turn, where its time went, what happened, what was seen, and exactly what this person may do now. */
function Page({ event }: { readonly event: EventView }) {
  const [action, setAction] = useState<Action | null>(null)
  return (
    <div className="case">
      <Top event={event} />
      <div className="case-columns">
        <Story event={event} />
        <What event={event} act={setAction} />
        <div className="case-turn">
          {turnOf(event.can)[0] === 'dispatch' ? (
            <Assign event={event} act={setAction} />
          ) : (
            <TurnPanel event={event} act={setAction} />
          )}
          <Limits event={event} />
        </div>
      </div>
      {action && <ActDialog event={event} action={action} onClose={() => setAction(null)} />}
    </div>
  )
}

function Top({ event }: { readonly event: EventView }) {
  const { w } = useWords()
  const say = useEventWords()
  const nameOf = useCategoryName()
  const spans = useSpans(event, true)
  return (
    <header className="case-top">
      <Way event={event} />
      <h1 className="ev-title">
        <Urgency urgency={event.urgency} /> {event.title} <EventMarks event={event} />
        <MoreMarks event={event} />
      </h1>
      <p className="ev-line">
        <Standing event={event} />
        {event.dueAt !== null && <span className="ev-note">{say.before(showTime(event.dueAt))}</span>}
        <span>{nameOf(event.categoryCode)}</span>
        <span>
          {w(levelWords, event.level)} · {event.deskName}
        </span>
        {event.gridName !== null && <span>{event.gridName}</span>}
      </p>
      <StageBar stages={spans} label={say.timeByStage} />
    </header>
  )
}

/** Where one came from, which one it is, and the ones before and after it in that list. */
function Way({ event }: { readonly event: EventView }) {
  const say = useEventWords()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const near = useNeighbours(event.id)
  const to = (id: string | undefined) =>
    id === undefined ? undefined : () => void navigate({ to: '/events/$id', params: { id } })
  const [previous, next] = [to(near.previous), to(near.next)]
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href)
    void message.success(say.copied)
  }
  useKeys({
    K: previous && { says: say.previous, act: previous },
    J: next && { says: say.next, act: next },
    Escape: () => void navigate({ to: '/events', search: near.search }),
  })
  return (
    <nav className="case-way" aria-label={say.whereFrom}>
      <Link to="/events" search={near.search}>
        <ChevronLeft size={16} strokeWidth={1.75} aria-hidden="true" />
        {say.backToList}
      </Link>
      <span className="ev-no">{event.no}</span>
      <span className="case-tools">
        <button type="button" className="ev-quiet" aria-label={say.previous} disabled={!previous} onClick={previous}>
          <ChevronUp size={18} strokeWidth={1.75} aria-hidden="true" />
        </button>
        <button type="button" className="ev-quiet" aria-label={say.next} disabled={!next} onClick={next}>
          <ChevronDown size={18} strokeWidth={1.75} aria-hidden="true" />
        </button>
        <button type="button" className="ev-quiet" onClick={() => void copy()}>
          <Link2 size={16} strokeWidth={1.75} aria-hidden="true" />
          {say.copyLink}
        </button>
        <button type="button" className="ev-quiet" onClick={() => window.print()}>
          <Printer size={16} strokeWidth={1.75} aria-hidden="true" />
          {say.print}
        </button>
      </span>
    </nav>
  )
}
