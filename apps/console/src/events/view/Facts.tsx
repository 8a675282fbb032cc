import type { ReactNode } from 'react'
import type { Action } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { hasCitizen } from '@fengge/domain/events/terms'
import { useWords } from '@fengge/web/words/language.ts'
import { actionWords, closeWords, levelWords, sourceWords, urgencyWords } from '@fengge/web/words/terms.ts'
import { showSpan, showTime } from '@fengge/web/words/time.ts'
import { useEventWords } from '../../words/events.ts'
import { useCatalogue } from '../useEvents.ts'
import { gradeReasons } from './Flow.tsx'
import { Reporter } from './Reporter.tsx'

interface Props {
  readonly event: EventView
  /** Opens the act that corrects a fact, where one may. */
  readonly act?: (action: Action) => void
  /** Only what is asked first: category, place, who has it, who told. */
  readonly isShort?: boolean
}

/** What is known of an event; a fact that can be put right says so beside it. */
export function Facts({ event, act, isShort = false }: Props) {
  const rows = [...useFirstFacts(event, act), ...useMoreFacts(event).slice(0, isShort ? 0 : undefined)]
  return (
    <dl className="ev-facts">
      {rows
        .filter(([, value]) => value !== null && value !== '' && value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

type Fact = readonly [name: string, value: ReactNode]

function useFirstFacts(event: EventView, act: Props['act']): readonly Fact[] {
  const { w } = useWords()
  const say = useEventWords()
  const nameOf = useCategoryName()
  const mend = (action: Action) =>
    act !== undefined && event.can.includes(action) ? (
      <button type="button" className="ev-link" onClick={() => act(action)}>
        {w(actionWords, action)}
      </button>
    ) : null
  const isTold = hasCitizen(event.source) || event.reporters > 1
  return [
    [
      say.category,
      <span key="c">
        {nameOf(event.categoryCode)} {mend('recode')}
      </span>,
    ],
    [
      say.place,
      <span key="p">
        {[event.townName, event.villageName, event.gridName, event.placeText].filter(Boolean).join(' · ')}{' '}
        {event.gridId === null && mend('place')}
      </span>,
    ],
    [say.department, event.departmentName],
    [say.coHandling, event.coHandlers.map((c) => (c.isDone ? say.coDone(c.name) : c.name)).join('、')],
    [say.reporter, isTold ? <Reporter key="r" event={event} /> : null],
  ]
}

function useMoreFacts(event: EventView): readonly Fact[] {
  const words = useWords()
  const { w, language } = words
  const say = useEventWords()
  const urgency = [w(urgencyWords, event.urgency), ...event.flow.flatMap((row) => gradeReasons(row, words))]
  return [
    [say.source, [w(sourceWords, event.source), event.ticketNo].filter(Boolean).join(' ')],
    [say.behalf, event.onBehalfOf],
    [say.urgency, urgency.join(' · ')],
    [say.level, `${w(levelWords, event.level)} · ${event.deskName}`],
    [say.people, event.people > 0 ? say.persons(event.people) : null],
    [say.occurred, showTime(event.occurredAt)],
    [say.reported, showTime(event.reportedAt)],
    [say.externalDue, showTime(event.externalDueAt)],
    [say.paused, event.pausedMs > 0 ? showSpan(event.pausedMs, language) : null],
    [
      say.closed,
      event.closedAt && event.closeKind ? `${showTime(event.closedAt)} ${w(closeWords, event.closeKind)}` : null,
    ],
    [say.satisfaction, event.satisfaction === null ? null : say.verdict(event.satisfaction, event.isSolved ?? false)],
  ]
}

/** A category with its code, as it is called today. */
export function useCategoryName(): (code: string) => string {
  const { t } = useWords()
  const catalogue = useCatalogue()
  return (code) => {
    const found = catalogue.data?.find((c) => c.code === code)
    return found ? `${code} ${t(found.name, found.nameEn)}` : code
  }
}
