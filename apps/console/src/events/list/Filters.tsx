import { Popover } from 'antd'
import { useState } from 'react'
import { FilterBar } from '@fengge/web/ui/FilterBar/FilterBar.tsx'
import { showCount } from '@fengge/web/words/count.ts'
import { useEventWords } from '../../words/events.ts'
import { useKeys } from '../../shell/keys/useKeys.ts'
import { useEventCount, type Filter } from '../useEvents.ts'
import { Conditions } from './Conditions.tsx'
import { useChips } from './useChips.ts'
import { SaveView } from './Views.tsx'

interface Props {
  readonly asked: Filter
  readonly order: string
  readonly set: (change: Filter) => void
  readonly go: (to: Filter) => void
}

/** One line: the search, what is set, the way to set more, the order, the count, and keeping it as a view. */
export function Filters({ asked, order, set, go }: Props) {
  const say = useEventWords()
  const [isAdding, setAdding] = useState(false)
  const chips = useChips(asked)
  const count = useEventCount(asked).data
  const drop = (key: string) => set(key === 'from' ? { from: '', to: '' } : { [key]: '' })
  const { queue } = asked
  useKeys({ F: { says: say.filter, act: () => setAdding(true) } })
  return (
    <Popover
      open={isAdding}
      onOpenChange={setAdding}
      trigger={[]}
      placement="bottomLeft"
      content={isAdding ? <Conditions asked={asked} set={set} done={() => setAdding(false)} /> : null}
    >
      <div className="list-filters">
        <FilterBar
          label={say.filter}
          chips={chips}
          onDrop={drop}
          onClear={() => go(queue === undefined ? {} : { queue })}
          onAdd={() => setAdding(!isAdding)}
          isAdding={isAdding}
          search={{
            text: asked.text ?? '',
            label: say.search,
            placeholder: say.searchHint,
            onSearch: (text) => set({ text }),
          }}
          words={{ add: say.filter, clear: say.clear, drop: say.drop }}
        >
          <Order order={order} set={set} />
          <span role="status">{count && say.inAll(showCount(count.total, count.isMore))}</span>
          <SaveView asked={asked} />
        </FilterBar>
      </div>
    </Popover>
  )
}

const orders = ['pressing', 'due', 'newest', 'oldest'] as const

function Order({ order, set }: Pick<Props, 'order' | 'set'>) {
  const say = useEventWords()
  return (
    <select
      className="list-order"
      aria-label={say.order}
      value={order}
      onChange={(e) => set({ order: e.target.value })}
    >
      {orders.map((each) => (
        <option key={each} value={each}>
          {say.orders(each)}
        </option>
      ))}
    </select>
  )
}
