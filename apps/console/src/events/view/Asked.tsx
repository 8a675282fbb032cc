import { hasFallen } from '@fengge/domain/events/asking'
import type { EventRow, RequestRow } from '@fengge/domain/events/contract/views'
import { useWords } from '@fengge/web/words/language.ts'
import { askedWords } from '@fengge/web/words/terms.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { useNow } from '../../shell/useNow.ts'
import { useEventWords } from '../../words/events.ts'

/** What waits for an answer: who asked and since when, until when it is owed, and whether it has fallen to who stands above. */
export function Asked({ event }: { readonly event: EventRow }) {
  const { w } = useWords()
  const say = useEventWords()
  const now = useNow()
  const requests = event.requests ?? []
  if (requests.length === 0) return null
  return (
    <ul className="ev-asked">
      {requests.map(({ kind, since, dueAt }) => {
        const due = Date.parse(dueAt)
        const who = askerOf(event, kind, say.itsReporter)
        const what = kind === 'take-back' ? say.takeBack : w(askedWords, event.status)
        return (
          <li key={kind}>
            {say.asked(who, showTime(since), what)}
            {due > now ? say.answerBy(showTime(dueAt)) : say.answerWasDue(showTime(dueAt))}
            {hasFallen(event.level, due, now) && <strong> {say.notAnsweredBy(event.townName ?? '')}</strong>}
          </li>
        )
      })}
    </ul>
  )
}

/** Whose request it is: a department’s, the desk’s where it says that a wish was unreasonable, or its reporter’s. */
function askerOf(event: EventRow, kind: RequestRow['kind'], reporter: string): string {
  if (kind === 'take-back') return reporter
  const desk = [event.villageName, event.townName][event.level - 1]
  return (event.status === 'unreasonable-claimed' ? desk : event.departmentName) ?? ''
}
