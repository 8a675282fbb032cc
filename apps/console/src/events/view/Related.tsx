import { Link } from '@tanstack/react-router'
import type { EventView } from '@fengge/domain/events/contract/views'
import { State } from '@fengge/web/ui/State/State.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { reasonWords } from '@fengge/web/words/terms.ts'
import { useEventWords } from '../../words/events.ts'
import { useCategoryName } from './Facts.tsx'

/** Parts and twins of an event. */
export function Related({ event }: { readonly event: EventView }) {
  const say = useEventWords()
  if (event.related.length === 0) return null
  return (
    <section>
      <h3 className="ev-h3">{say.related}</h3>
      <ul className="ev-related">
        {event.related.map((r) => (
          <li key={r.id}>
            <Link to="/events/$id" params={{ id: r.id }}>
              {r.title}
            </Link>
            <State status={r.status} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Below that a category is no hint. */
const likely = 0.1
/** More are found where it is joined to another. */
const mostShown = 3

/** What it may be and what it may be the same as, each with its reason; shown, never applied by itself. */
export function Hints({ event }: { readonly event: EventView }) {
  const { w } = useWords()
  const say = useEventWords()
  const nameOf = useCategoryName()
  const { categories, duplicates } = event.suggestion
  const others = categories.filter((c) => c.code !== event.categoryCode && c.share >= likely)
  if (others.length + duplicates.length === 0) return null
  const reason = (text: string) => {
    const [kind = '', value] = text.split(':')
    return [w(reasonWords, kind), value].filter(Boolean).join(' ')
  }
  return (
    <section>
      {duplicates.length > 0 && <h3 className="ev-h3">{say.maybeSame}</h3>}
      <ul className="ev-related">
        {duplicates.slice(0, mostShown).map((d) => (
          <li key={d.id}>
            <Link to="/events/$id" params={{ id: d.id }}>
              {d.title}
            </Link>
            <State status={d.status} />
            <span className="ev-note">{d.reasons.map(reason).join('，')}</span>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <p className="ev-note">
          {say.maybeCategory} {others.map((c) => `${nameOf(c.code)} ${Math.round(c.share * 100)} %`).join('；')}
        </p>
      )}
    </section>
  )
}
