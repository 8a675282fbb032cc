import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Action } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { Notice } from '@fengge/web/ui/Notice/Notice.tsx'
import { Button } from '@fengge/web/ui/Button/Button.tsx'
import { ReadingPane } from '@fengge/web/ui/ReadingPane/ReadingPane.tsx'
import { Urgency } from '@fengge/web/ui/Urgency/Urgency.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { actionWords } from '@fengge/web/words/terms.ts'
import { useEventWords } from '../../words/events.ts'
import { ActDialog } from '../acts/ActDialog.tsx'
import { keyOf, turnOf } from '../acts/turns.ts'
import { useKeys } from '../../shell/keys/useKeys.ts'
import { useEvent } from '../useEvents.ts'
import { EventMarks, MoreMarks, Standing } from '../view/EventMarks.tsx'
import { Facts } from '../view/Facts.tsx'
import { Flow } from '../view/Flow.tsx'
import { Photos } from '../view/Photos.tsx'
import { Requests } from '../view/Requests.tsx'

interface Props {
  readonly id: string | undefined
  readonly previous: (() => void) | undefined
  readonly next: (() => void) | undefined
}

/** The chosen event beside the list: what one needs to know whether to open it, and the act whose turn it is. */
export function EventPane({ id, previous, next }: Props) {
  const { fault } = useWords()
  const say = useEventWords()
  const { data: event, error } = useEvent(id)
  return (
    <ReadingPane
      label={say.pane}
      title={
        event ? (
          <>
            <Urgency urgency={event.urgency} /> {event.title}
          </>
        ) : (
          say.pane
        )
      }
      words={{ previous: say.previous, next: say.next }}
      onPrevious={previous}
      onNext={next}
      {...(event ? { foot: <PaneActs key={event.id} event={event} /> } : {})}
    >
      {error ? <Notice kind="refused" title={fault(error)} /> : null}
      {event ? <PaneBody event={event} /> : <p className="ev-note">{id === undefined ? say.chooseOne : ''}</p>}
    </ReadingPane>
  )
}

const PaneBody = ({ event }: { readonly event: EventView }) => (
  <>
    <p className="ev-line">
      <Standing event={event} />
      <EventMarks event={event} />
      <MoreMarks event={event} />
    </p>
    <Requests event={event} />
    <Photos event={event} />
    <p className="ev-text">{event.content}</p>
    <Facts event={event} isShort />
    <hr className="ev-rule" />
    <Flow eventId={event.id} flow={event.flow} />
  </>
)

/** The first answer of one's turn, and the way to the page, where all the others are. */
function PaneActs({ event }: { readonly event: EventView }) {
  const { w } = useWords()
  const say = useEventWords()
  const navigate = useNavigate()
  const [action, setAction] = useState<Action | null>(null)
  const first = turnOf(event.can)[0]
  const key = first && keyOf[first]
  useKeys(first && key ? { [key]: { says: w(actionWords, first), act: () => setAction(first) } } : {})
  const open = () => void navigate({ to: '/events/$id', params: { id: event.id } })
  return (
    <>
      {first && (
        <Button kind="solid" onClick={() => setAction(first)} {...(key ? { shortcut: key } : {})}>
          {w(actionWords, first)}
        </Button>
      )}
      <Button shortcut="Enter" onClick={open}>
        {say.open}
      </Button>
      {action && <ActDialog event={event} action={action} onClose={() => setAction(null)} />}
    </>
  )
}
