import { useState } from 'react'
import type { EventView } from '@fengge/domain/events/contract/views'
import { Panel } from '@fengge/web/ui/Panel/Panel.tsx'
import { useEventWords } from '../../words/events.ts'
import { Flow } from '../view/Flow.tsx'

/** What happened, all of it or only what somebody wrote. */
export function Story({ event }: { readonly event: EventView }) {
  const say = useEventWords()
  const [isOpinionsOnly, setOpinionsOnly] = useState(false)
  const parts = [
    { isOn: !isOpinionsOnly, name: say.allSteps, turn: () => setOpinionsOnly(false) },
    { isOn: isOpinionsOnly, name: say.opinionsOnly, turn: () => setOpinionsOnly(true) },
  ]
  return (
    <div className="case-story" tabIndex={0} role="region" aria-label={say.flow}>
      <Panel
        title={say.flow}
        action={
          <span className="ev-parts" role="group" aria-label={say.flow}>
            {parts.map(({ isOn, name, turn }) => (
              <button key={name} type="button" aria-pressed={isOn} onClick={turn}>
                {name}
              </button>
            ))}
          </span>
        }
      >
        <Flow eventId={event.id} flow={event.flow} isOpinionsOnly={isOpinionsOnly} />
      </Panel>
    </div>
  )
}
