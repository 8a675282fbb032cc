import { useArrivals } from '../more/use-arrivals.ts'
import { useDayWords } from '../words/day.ts'

/** On the page of today: one line, no more. */
export function ArrivalsLine() {
  const say = useDayWords()
  const { arrivals } = useArrivals()
  if (arrivals.length === 0) return null
  return (
    <a className="card row-link" href="#more/arrivals">
      {say.saidHaveMoved(arrivals.length)}
    </a>
  )
}
