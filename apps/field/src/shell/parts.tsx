/** Stand-ins for the shared parts of the same names, until those are there. */
import type { EventStatus } from '@fengge/domain/events/terms'
import { lightFor, showLeft } from '@fengge/web/words/time.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { statusWords } from '@fengge/web/words/terms.ts'
import type { Held } from '@fengge/domain/sync/rows'

export function State({ status, isMine = false }: { readonly status: EventStatus; readonly isMine?: boolean }) {
  const { w } = useWords()
  return <span className={isMine ? 'state is-mine' : 'state'}>{w(statusWords, status)}</span>
}

type Clocked = Pick<Held['event'], 'dueAt' | 'stageStartedAt' | 'halfAt' | 'soonAt'>
export function Clock({ of, now }: { readonly of: Clocked; readonly now: number }) {
  const { language } = useWords()
  if (of.dueAt === null) return null
  const light = lightFor(of, now)
  const [from, due] = [Date.parse(of.stageStartedAt), Date.parse(of.dueAt)]
  const share = now > due ? 1 : Math.min(1, Math.max(0.06, (due - now) / Math.max(1, due - from)))
  return (
    <span className={`clock clock-${light}`}>
      <svg viewBox="0 0 40 6" width="40" height="6" aria-hidden>
        <rect width="40" height="6" rx="2" className="rest" />
        <rect width={40 * share} height="6" rx="2" className="left" />
      </svg>
      {showLeft(of.dueAt, now, language)}
    </span>
  )
}
