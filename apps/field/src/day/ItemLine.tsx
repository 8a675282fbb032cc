import type { TodayItem, TodayStop } from '@fengge/web/offline/today.ts'
import { Mark } from '@fengge/web/ui/Mark/Mark.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { cautionWords } from '@fengge/web/words/registry.ts'
import { useDayWords } from '../words/day.ts'

type Why = Pick<TodayStop['items'][number], 'why' | 'days'>

/** Why something stands on the page of today, in words. */
export function useReason(): (why: Why) => string {
  const say = useDayWords()
  return ({ why, days }) => {
    switch (why) {
      case 'late':
        return say.late(days)
      case 'due-today':
        return say.dueToday
      case 'due-in':
        return say.dueIn(days)
      case 'same-building':
        return say.sameBuilding(days)
      default:
        return ''
    }
  }
}

interface Props {
  readonly item: TodayItem
  readonly why?: Why
  /** The building is named above: the room alone is told. */
  readonly at?: string
}

/** One thing to do at one door: what, whom for, where, why, and what to mind. */
export function ItemLine({ item, why, at = '' }: Props) {
  const { w } = useWords()
  const say = useDayWords()
  const reasonOf = useReason()
  const reason = why ? reasonOf(why) : ''
  const where = at !== '' && item.address.startsWith(at) ? item.address.slice(at.length) : item.address
  const others = item.cautions.filter((c) => c !== 'in-pairs')
  return (
    <a className="item" href={item.href}>
      <span className="item-title">
        {item.kind === 'house' ? say.confirm : item.title}
        {item.who !== '' && ` ${item.who}`} {item.cautions.includes('in-pairs') && <Mark kind="together" />}
      </span>
      <span className={why?.why === 'late' ? 'due' : 'soft'}>
        {[where, reason, item.note].filter((part) => part !== '').join(' · ')}
      </span>
      {item.kind === 'task' && item.matter !== '' && item.matter !== item.title && (
        <span className="soft">{say.basis(item.matter)}</span>
      )}
      {others.length > 0 && <span className="caution">{others.map((c) => w(cautionWords, c)).join('、')}</span>}
    </a>
  )
}
