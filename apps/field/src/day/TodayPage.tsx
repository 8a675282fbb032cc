import { ChevronRight, KeyRound } from 'lucide-react'
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react'
import type { Held } from '@fengge/domain/sync/rows'
import { dayOf, weekdayOf } from '@fengge/domain/kernel/time'
import { makeToday, type Today } from '@fengge/web/offline/today.ts'
import type { KeptAct } from '@fengge/web/offline/outbox.ts'
import { Clock } from '@fengge/web/ui/Clock/Clock.tsx'
import { Mark } from '@fengge/web/ui/Mark/Mark.tsx'
import { State } from '@fengge/web/ui/State/State.tsx'
import { Urgency } from '@fengge/web/ui/Urgency/Urgency.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { saidOfPhones } from '@fengge/web/words/phones.ts'
import { noticeWords } from '@fengge/web/words/terms.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'
import { Icon } from '../shell/Icon.tsx'
import { PageGuard } from '../shell/PageGuard.tsx'
import { useDayWords } from '../words/day.ts'
import { ItemLine } from './ItemLine.tsx'
import { Messages } from './Messages.tsx'
import { Walk } from './Walk.tsx'
import './today.css'

/** What needs the line, or only somebody on his way, is not waited for. */
const ArrivalsLine = lazy(async () => ({ default: (await import('./ArrivalsLine.tsx')).ArrivalsLine }))
const SafetyLine = lazy(async () => ({ default: (await import('./SafetyLine.tsx')).SafetyLine }))

const readOrder = (): string[] => {
  try {
    return JSON.parse(sessionStorage.getItem('fengge.order') ?? '[]') as string[]
  } catch {
    return []
  }
}
/** Minutes of a day's walk that a plan may fill; the worker's own, kept on the phone. */
const readBudget = () => Number(localStorage.getItem('fengge.budget') ?? 240)

/** The plan of the day, which follows what is held and what waits (their beat); a tick of the clock alone changes nothing. */
function useDay() {
  const { holdings, now, outbox } = usePhone()
  const { beat } = useField()
  const [order, setOrder] = useState(readOrder)
  const [start, setStart] = useState<{ lng: number; lat: number } | null>(null)
  const day = useMemo(
    () => makeToday({ holdings, acts: outbox.list(), now: now(), start, budget: readBudget(), order }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [beat, start, order],
  )
  const keep = (ids: string[]) => {
    sessionStorage.setItem('fengge.order', JSON.stringify(ids))
    setOrder(ids)
  }
  return {
    day,
    swap: (index: number, by: number) => {
      const ids = day.stops.map((s) => s.spot)
      const [moved] = ids.splice(index, 1)
      ids.splice(index + by, 0, moved!)
      keep(ids)
    },
    startHere: () =>
      navigator.geolocation?.getCurrentPosition(
        (p) => {
          keep([])
          setStart({ lng: p.coords.longitude, lat: p.coords.latitude })
        },
        () => undefined,
        { maximumAge: 60_000, timeout: 8000 },
      ),
  }
}

/** One page a day: what it comes to, what came back, what is due, in walking order, and why each is there. */
export function TodayPage() {
  const { holdings, now, vault } = usePhone()
  const { t } = useWords()
  const say = useDayWords()
  const { day, swap, startHere } = useDay()
  const today = dayOf(now())
  const [, month = 1, date = 1] = today.split('-').map(Number)
  return (
    <Frame title={say.today} when={say.day(month, date, weekdayOf(today))}>
      <Sum day={day} />
      {holdings.me?.phonesEnded && (
        <p className="card notice-card" role="status">
          {t(...saidOfPhones(holdings.me.phonesEnded))}
        </p>
      )}
      {localStorage.getItem('fengge.safety') !== null && (
        <Aside>
          <SafetyLine />
        </Aside>
      )}
      {vault.state === 'none' && (
        <a className="card notice-card door" href="#more/pin">
          <Icon of={KeyRound} />
          <strong>{say.setPin}</strong>
          <Icon of={ChevronRight} />
        </a>
      )}
      <Events title={say.toCheck} events={day.toCheck} />
      <Events title={say.toHandle} events={day.toHandle} />
      {day.stops.length > 0 && <Walk day={day} swap={swap} startHere={startHere} />}
      {day.elsewhere.length > 0 && (
        <section aria-label={say.noPlace}>
          <div className="section-head">
            <h2>{say.noPlace}</h2>
          </div>
          <div className="card stop">
            {day.elsewhere.map((item) => (
              <ItemLine key={item.id} item={item} />
            ))}
          </div>
        </section>
      )}
      {day.left.length > 0 && (
        <details className="card stop">
          <summary>{say.left(day.left.length)}</summary>
          {day.left.map((item) => (
            <ItemLine key={item.id} item={item} />
          ))}
        </details>
      )}
      <Aside>
        <ArrivalsLine />
      </Aside>
      <Notices />
    </Frame>
  )
}

/** A page without it is a page still. */
const Aside = ({ children }: { readonly children: ReactNode }) => (
  <PageGuard told={null}>
    <Suspense fallback={null}>{children}</Suspense>
  </PageGuard>
)

/** Acts that are work of the day, as they count in the line that sums it up. */
const isWork = ({ act }: KeptAct): boolean =>
  act.name.startsWith('act.') || ['reportEvent', 'recordVisit', 'confirmRecords', 'takeService'].includes(act.name)

function Sum({ day }: { readonly day: Today }) {
  const { now, outbox } = usePhone()
  const say = useDayWords()
  const today = dayOf(now())
  const done = outbox
    .list()
    .filter((k) => isWork(k) && k.state !== 'refused' && dayOf(Date.parse(k.act.madeAt)) === today).length
  const calls = day.stops.reduce((n, s) => n + s.items.length, 0) + day.elsewhere.length
  const sum = say.sum(day.toCheck.length, day.toHandle.length, calls, done)
  const isFree = day.toCheck.length + day.toHandle.length + calls === 0
  return (
    <p className="sum">
      {isFree && `${say.sumEmpty} `}
      {sum}
    </p>
  )
}

/** What came back to look at, and what waits for a hand: the one that ends first stands first. */
function Events({ title, events }: { readonly title: string; readonly events: readonly Held['event'][] }) {
  const { now } = usePhone()
  const say = useDayWords()
  if (events.length === 0) return null
  return (
    <section aria-label={title}>
      {events.map((e) => (
        <a className="card yours" key={e.id} href={`#todo/${e.id}`}>
          <div className="card-head">
            <State status={e.status} isMine />
            {e.dueAt !== null && <Clock {...e} startedAt={e.stageStartedAt} now={now()} />}
          </div>
          <strong className="title">
            <Urgency urgency={e.urgency} /> {e.title}
          </strong>
          <div className="soft">
            {e.status === 'handled' ? say.checkOnTheSpot : ''}
            {e.status === 'handled' && e.placeText !== '' && ' · '}
            {e.placeText}
          </div>
          {e.status === 'rework' && <Mark kind="rework" />}
        </a>
      ))}
    </section>
  )
}

function Notices() {
  const { holdings } = usePhone()
  const { w } = useWords()
  const say = useDayWords()
  const messages = holdings.me?.messages ?? []
  const told = holdings.me?.told ?? []
  // Of one event the last word is told.
  const notices = [...new Map(holdings.notices.map((n) => [n.eventId, n])).values()]
  const mayEdit = holdings.me?.duties.includes('net.edit') ?? false
  if (messages.length + told.length + notices.length + holdings.left.length === 0) return null
  return (
    <section aria-label={say.notices}>
      <div className="section-head">
        <h2>{say.notices}</h2>
      </div>
      <Messages messages={messages} told={told} mayEdit={mayEdit} />
      {notices.length > 0 && (
        <div className="list">
          {notices.slice(0, 10).map((n) => (
            <a key={n.id} href={`#todo/${n.eventId}`}>
              <span className="grow">
                {n.title}
                <br />
                <span className="soft">{w(noticeWords, n.kind)}</span>
              </span>
              <ChevronRight className="i on" size={18} strokeWidth={1.75} aria-hidden />
            </a>
          ))}
        </div>
      )}
      {holdings.left.length > 0 && <p className="soft">{say.leftLately(holdings.left.length)}</p>}
    </section>
  )
}
