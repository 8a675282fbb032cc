import { showTime } from '@fengge/web/words/time.ts'
import { useShare } from '../more/use-share.ts'
import { ErrorNote } from '../shell/Frame.tsx'
import { useDayWords } from '../words/day.ts'

/** On the page of today while it runs: where, until when, and back again by one tap. */
export function SafetyLine() {
  const say = useDayWords()
  const { share, end, doing } = useShare()
  if (!share) return null
  return (
    <div className="card notice-card" role="status">
      <strong>{say.loneVisit(share.where)}</strong>
      <div>{say.backBy(showTime(share.until))}</div>
      <ErrorNote error={doing.error} />
      <button className="button" disabled={doing.isBusy} onClick={end}>
        {say.iAmBack}
      </button>
    </div>
  )
}
