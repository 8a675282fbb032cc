import type { EventRow, EventView } from '@fengge/domain/events/contract/views'
import { returnsIn } from '@fengge/domain/events/forms/return-bases'
import { Clock } from '@fengge/web/ui/Clock/Clock.tsx'
import { Mark } from '@fengge/web/ui/Mark/Mark.tsx'
import { State } from '@fengge/web/ui/State/State.tsx'
import { Supervision } from '@fengge/web/ui/Supervision/Supervision.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { stageWords } from '@fengge/web/words/terms.ts'
import { useNow } from '../../shell/useNow.ts'
import { useEventWords } from '../../words/events.ts'
import { turnOf } from '../acts/turns.ts'

/** What lies over the state of an event: card, rework, what waits for an answer, what is missing. */
export function EventMarks({ event }: { readonly event: EventRow }) {
  const now = useNow()
  const isCheckLate =
    event.status === 'handled' && event.checkBy === 'worker' && event.dueAt !== null && Date.parse(event.dueAt) <= now
  return (
    <>
      <Supervision card={event.supervision} />
      <Mark kind="rework" count={event.reworks} />
      <Mark kind="reopened" count={event.reopens} />
      {/* An older server tells of none. */}
      <Mark kind="asked" count={event.requests?.length ?? 0} />
      {event.isSensitive && <Mark kind="secret" />}
      {event.gridName === null && event.stage === 'accept' && <Mark kind="unplaced" />}
      {isCheckLate && <Mark kind="unchecked" />}
    </>
  )
}

/** What only the whole event tells: handed back, joined, not signed in time. */
export function MoreMarks({ event }: { readonly event: EventView }) {
  return (
    <>
      <Mark kind="returned" count={returnsIn(event.flow).length} />
      <Mark kind="joined" count={event.reporters - 1} />
      {event.isUnsignedFlagged && <Mark kind="unsigned" />}
    </>
  )
}

/** The clock that runs now, by the mark of its stage. */
export function EventClock({ event, form }: { readonly event: EventRow; readonly form?: 'line' | 'wide' }) {
  const { w } = useWords()
  const say = useEventWords()
  const suspension = (event as Partial<EventView>).suspension
  return (
    <Clock
      now={useNow()}
      startedAt={event.stageStartedAt}
      dueAt={event.dueAt}
      halfAt={event.halfAt}
      soonAt={event.soonAt}
      isPaused={event.status === 'suspended'}
      until={suspension?.until ?? event.dueAt}
      kind={say.limitOf(w(stageWords, event.stage))}
      {...(form === undefined ? {} : { form })}
    />
  )
}

/** State and clock of an event that is open before one. */
export const Standing = ({ event }: { readonly event: EventView }) => (
  <>
    <State status={event.status} isMine={turnOf(event.can).length > 0} />
    <EventClock event={event} />
  </>
)
