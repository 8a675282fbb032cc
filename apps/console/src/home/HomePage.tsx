import { workQueues } from '@fengge/domain/events/queues'
import { Door, Doors } from '@fengge/web/ui/Door/Door.tsx'
import { showCount } from '@fengge/web/words/count.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { queueWords } from '@fengge/web/words/terms.ts'
import { useMe } from '../shell/useMe.ts'
import { useQueueCounts } from '../shell/frame/useTurns.ts'
import { homeSayings } from '../words/home.ts'
import './HomePage.css'

/** The first page: what waits for whoever is signed in. */
export function HomePage() {
  const words = useSayings(homeSayings)
  const { w } = useWords()
  const me = useMe().data
  const counts = useQueueCounts(me).data?.counts
  if (me === undefined) return null
  return (
    <div className="home">
      <h1 className="home-title">{words.hello(me.name)}</h1>
      <Doors label={words.waits}>
        {(['late', ...workQueues] as const).map((queue) => (
          <Door
            key={queue}
            label={w(queueWords, queue)}
            count={counts === undefined ? '—' : showCount(counts[queue] ?? 0)}
            tone={queue === 'late' && (counts?.late ?? 0) > 0 ? 'over' : 'plain'}
            href={`/events?queue=${queue}`}
          />
        ))}
      </Doors>
    </div>
  )
}
