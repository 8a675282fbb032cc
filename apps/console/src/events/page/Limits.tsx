import type { EventView } from '@fengge/domain/events/contract/views'
import { milestones } from '@fengge/domain/events/terms'
import { Panel } from '@fengge/web/ui/Panel/Panel.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { milestoneWords } from '@fengge/web/words/terms.ts'
import { showLimit, showSpan, showTime } from '@fengge/web/words/time.ts'
import { useNow } from '../../shell/useNow.ts'
import { useEventWords } from '../../words/events.ts'
import { isOver, spansOf, type Part } from '../view/stages.ts'
import { useCalendar } from '../view/useStages.ts'

const partsOf: Readonly<Record<(typeof milestones)[number], readonly Part[]>> = {
  accept: ['verify'],
  dispatch: ['dispatch'],
  sign: ['sign'],
  handle: ['handle', 'rework'],
  check: ['check'],
  callback: ['callback'],
}

/** How long each step took beside how long it may take. */
export function Limits({ event }: { readonly event: EventView }) {
  const { w, language } = useWords()
  const say = useEventWords()
  const now = useNow()
  const spans = spansOf(event, useCalendar(event.reportedAt), now)
  return (
    <Panel title={say.limits}>
      <dl className="ev-facts">
        {milestones
          .filter((m) => m !== 'callback' || event.isAwaited)
          .map((milestone) => {
            const own = spans.filter((span) => partsOf[milestone].includes(span.part))
            const used = own.reduce((sum, span) => sum + span.to - span.from, 0)
            const limit = showLimit(event.limits[milestone], language)
            return (
              <div key={milestone}>
                <dt>{w(milestoneWords, milestone)}</dt>
                <dd data-over={own.some(isOver) || undefined}>
                  {own.length === 0 ? say.mayTake(limit) : say.tookOf(showSpan(used, language), limit)}
                  {own.some(isOver) && ` · ${say.overLimit}`}
                </dd>
              </div>
            )
          })}
        {event.handleDueAt !== null && (
          <div>
            <dt>{say.handleDue}</dt>
            <dd>{showTime(event.handleDueAt)}</dd>
          </div>
        )}
        {event.externalDueAt !== null && (
          <div>
            <dt>{say.externalDue}</dt>
            <dd>{showTime(event.externalDueAt)}</dd>
          </div>
        )}
      </dl>
    </Panel>
  )
}
