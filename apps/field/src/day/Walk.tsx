import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState } from 'react'
import type { Today, TodayStop } from '@fengge/web/offline/today.ts'
import { Icon } from '../shell/Icon.tsx'
import { useDayWords } from '../words/day.ts'
import { ItemLine } from './ItemLine.tsx'

interface Props {
  readonly day: Today
  readonly swap: (index: number, by: number) => void
  readonly startHere: () => void
}

/** The day's walk: its buildings in order, people before paper, each with why it is there. */
export function Walk({ day, swap, startHere }: Props) {
  const say = useDayWords()
  const [isMoving, setMoving] = useState(false)
  return (
    <section aria-label={say.visits}>
      <div className="section-head">
        <h2>{say.visits}</h2>
        <span className="soft">{say.places(day.stops.length, day.minutes)}</span>
      </div>
      <div className="section-ways">
        {'geolocation' in navigator && (
          <button className="link" onClick={startHere}>
            {say.fromHere}
          </button>
        )}
        {day.stops.length > 1 && (
          <button className="link" aria-pressed={isMoving} onClick={() => setMoving(!isMoving)}>
            {isMoving ? say.reorderDone : say.reorder}
          </button>
        )}
      </div>
      <ol className="walk">
        {day.stops.map((s, i) => (
          <Stop
            key={s.spot}
            stop={s}
            nth={i + 1}
            earlier={isMoving && i > 0 ? () => swap(i, -1) : undefined}
            later={isMoving && i < day.stops.length - 1 ? () => swap(i, 1) : undefined}
          />
        ))}
      </ol>
    </section>
  )
}

interface StopProps {
  readonly stop: TodayStop
  readonly nth: number
  readonly earlier: (() => void) | undefined
  readonly later: (() => void) | undefined
}
/** So many doors to confirm in one building are one line. */
const mostDoors = 2

function Stop({ stop, nth, earlier, later }: StopProps) {
  const say = useDayWords()
  const people = stop.items.filter((i) => i.kind === 'task')
  const doors = stop.items.filter((i) => i.kind === 'house')
  const lines = doors.map((item) => <ItemLine key={item.id} item={item} why={item} at={stop.name} />)
  return (
    <li>
      <span className="nth" aria-hidden="true">
        {nth}
      </span>
      <div className="stop-head">
        <strong>{stop.name}</strong>
        {earlier && (
          <button className="small" onClick={earlier} aria-label={say.earlier(stop.name)}>
            <Icon of={ArrowUp} />
          </button>
        )}
        {later && (
          <button className="small" onClick={later} aria-label={say.later(stop.name)}>
            <Icon of={ArrowDown} />
          </button>
        )}
        {!earlier && !later && stop.walk !== null && <span className="soft">{say.walk(stop.walk)}</span>}
      </div>
      {stop.isLate && <p className="due">{say.missed}</p>}
      {people.map((item) => (
        <ItemLine key={item.id} item={item} why={item} at={stop.name} />
      ))}
      {doors.length > mostDoors ? (
        <details>
          <summary>{say.confirmMany(doors.length)}</summary>
          {lines}
        </details>
      ) : (
        lines
      )}
    </li>
  )
}
