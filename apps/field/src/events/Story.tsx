import type { getEvent } from '@fengge/domain/events/contract/desk'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { stepDate, stepPlaces } from '@fengge/web/words/flow.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { actionWords, type Language } from '@fengge/web/words/terms.ts'
import { showMs, showTime } from '@fengge/web/words/time.ts'
import { useEventsWords } from '../words/events.ts'

type Told = ReplyOf<typeof getEvent>['flow']
type Kept = readonly (readonly [action: string, at: string, reason: string, office: string | null])[]

interface Props {
  /** As the line tells it; else as the phone keeps the last steps. */
  readonly told: Told | undefined
  readonly kept: Kept
}
/** What happened, newest first. */
export function Story({ told, kept }: Props) {
  const { w, language } = useWords()
  const say = useEventsWords()
  return (
    <section aria-label={say.whatHappened}>
      <h2>{say.whatHappened}</h2>
      <ol className="line">
        {stepsOf(told, kept, language).map((f) => (
          <li key={f.key}>
            <strong>{w(actionWords, f.action)}</strong>{' '}
            <span className="soft">
              {f.more}
              <br />
              {[showTime(f.at), f.office, f.took && say.afterStep(f.took)].filter(Boolean).join(' · ')}
            </span>
            {f.reason && <div className="text">{f.reason}</div>}
          </li>
        ))}
      </ol>
    </section>
  )
}

interface StepShown {
  readonly key: number
  readonly action: string
  readonly at: string
  readonly reason: string
  readonly office: string | null
  /** To which office or level it led, and until when; the phone alone does not keep it. */
  readonly more: string
  readonly took: string
}

function stepsOf(told: Told | undefined, kept: Kept, language: Language): StepShown[] {
  const steps = told
    ? told.toReversed().map((f) => ({
        key: f.seq,
        action: f.action,
        at: f.at,
        reason: f.reason,
        office: f.actorOffice,
        more: [...stepPlaces(f, language), stepDate(f, language)].filter((part) => part !== '').join(' · '),
      }))
    : kept.map(([action, at, reason, office], key) => ({ key, action, at, reason, office, more: '' }))
  return steps.map((step, i) => {
    const before = steps[i + 1]
    return {
      ...step,
      took: before === undefined ? '' : showMs(Date.parse(step.at) - Date.parse(before.at), language),
    }
  })
}
