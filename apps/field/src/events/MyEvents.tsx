import { CalendarDays, ChevronRight, IdCard } from 'lucide-react'
import type { Held } from '@fengge/domain/sync/rows'
import { Clock } from '@fengge/web/ui/Clock/Clock.tsx'
import { Mark } from '@fengge/web/ui/Mark/Mark.tsx'
import { State } from '@fengge/web/ui/State/State.tsx'
import { Urgency } from '@fengge/web/ui/Urgency/Urgency.tsx'
import { actStateWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { Me } from '../more/Me.tsx'
import { useField, usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'
import { Icon } from '../shell/Icon.tsx'
import { showWhen } from '../shell/when.ts'
import { useEventsWords } from '../words/events.ts'
import { isHisTurn } from './deeds.ts'
import '../more/outbox.css'
import './mine.css'

/** What I reported, also what is not yet sent; and what else is open in my grid. */
export function MyEvents() {
  const { holdings, outbox } = usePhone()
  const { w } = useWords()
  const say = useEventsWords()
  useField()
  const events = [...holdings.table('event').values()].toSorted((a, b) => (a.reportedAt < b.reportedAt ? 1 : -1))
  const unsent = outbox
    .list()
    .filter((k) => k.act.name === 'reportEvent' && k.state !== 'done' && !events.some((e) => e.id === k.act.subject))
  const mine = events.filter((e) => e.isMine),
    others = events.filter((e) => !e.isMine)
  return (
    <Frame title={say.mine}>
      <Me />
      <nav className="list">
        <a href="#more/badge">
          <Icon of={IdCard} size="22px" />
          <span className="grow">{say.badge}</span>
          <ChevronRight className="i on" size={18} strokeWidth={1.75} aria-hidden />
        </a>
        <a href="#more/week">
          <Icon of={CalendarDays} size="22px" />
          <span className="grow">{say.week}</span>
          <ChevronRight className="i on" size={18} strokeWidth={1.75} aria-hidden />
        </a>
      </nav>
      <h2>{say.mineTitle}</h2>
      {mine.length + unsent.length === 0 && <p className="card soft">{say.noneYet}</p>}
      {mine.length + unsent.length > 0 && (
        <div className="list">
          {unsent.map((k) => (
            <a key={k.act.requestId} href="#more/outbox">
              <span className="grow">
                {k.label}
                <br />
                <span className={`tag tag-${k.state}`}>{w(actStateWords, k.state)}</span>
              </span>
              <ChevronRight className="i on" size={18} strokeWidth={1.75} aria-hidden />
            </a>
          ))}
          {mine.map((e) => (
            <Row key={e.id} event={e} />
          ))}
        </div>
      )}
      {others.length > 0 && (
        <section aria-label={say.othersOpen}>
          <h2>{say.othersOpen}</h2>
          <div className="list">
            {others.map((e) => (
              <Row key={e.id} event={e} />
            ))}
          </div>
        </section>
      )}
    </Frame>
  )
}

function Row({ event: e }: { readonly event: Held['event'] }) {
  const { now, outbox } = usePhone()
  const { language } = useWords()
  const say = useEventsWords()
  return (
    <a href={`#mine/${e.id}`}>
      <span className="grow event-row">
        <span className="event-row-title">
          <Urgency urgency={e.urgency} /> {e.title}
        </span>
        <span className="event-row-state">
          <State status={e.status} isMine={isHisTurn(e.can)} />
          {e.dueAt !== null && <Clock {...e} startedAt={e.stageStartedAt} now={now()} />}
        </span>
        <span className="soft">
          {[e.placeText, showWhen(e.reportedAt, now(), language)].filter(Boolean).join(' · ')}
        </span>
        {(e.source === 'sensor' || outbox.pendingOn(e.id).length > 0) && (
          <span className="event-row-state">
            {e.source === 'sensor' && <span className="tag">{say.alarm}</span>}
            <Mark kind="unsent" count={outbox.pendingOn(e.id).length} />
          </span>
        )}
      </span>
    </a>
  )
}
