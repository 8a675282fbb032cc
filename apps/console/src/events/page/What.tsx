import type { Action } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { Panel } from '@fengge/web/ui/Panel/Panel.tsx'
import { EventReadings } from '../../sensors/EventReadings.tsx'
import { useEventWords } from '../../words/events.ts'
import { Facts } from '../view/Facts.tsx'
import { Photos } from '../view/Photos.tsx'
import { Hints, Related } from '../view/Related.tsx'
import { Requests } from '../view/Requests.tsx'
import { Where } from '../view/Where.tsx'

interface Props {
  readonly event: EventView
  readonly act: (action: Action) => void
}

/** What it is: what was seen before and after, what was told, what is known, and where. */
export function What({ event, act }: Props) {
  const say = useEventWords()
  const isCompared = event.evidence.some((e) => e.hasThumbnail)
  return (
    <div className="case-what" tabIndex={0} role="region" aria-label={isCompared ? say.beforeAndAfter : say.content}>
      <Panel title={isCompared ? say.beforeAndAfter : say.content}>
        <Photos event={event} />
        <p className="ev-text">{event.content}</p>
        <Requests event={event} />
        {event.answer && (
          <>
            <h3 className="ev-h3">{say.answer}</h3>
            <p className="ev-text">{event.answer}</p>
          </>
        )}
        <Facts event={event} act={act} />
        <EventReadings eventId={event.id} />
        <Related event={event} />
        <Hints event={event} />
        <Where event={event} className="case-map" />
      </Panel>
    </div>
  )
}
