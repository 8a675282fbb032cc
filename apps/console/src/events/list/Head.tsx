import { Link } from '@tanstack/react-router'
import { Checkbox, Popover } from 'antd'
import { ChartColumn, Columns3, PanelRight, Plus } from 'lucide-react'
import { buttonClass } from '@fengge/web/ui/Button/Button.tsx'
import { Kbd } from '@fengge/web/ui/Kbd/Kbd.tsx'
import { showCount } from '@fengge/web/words/count.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { queueWords } from '@fengge/web/words/terms.ts'
import { has, useMe } from '../../shell/useMe.ts'
import { useEventWords } from '../../words/events.ts'
import { useEventCount, useQueues, type Filter } from '../useEvents.ts'
import { chosenColumns, columnKeys } from './columns.tsx'
import { ExportButton } from './ExportDialog.tsx'
import { askOfTab, tabKeys, tabOf, type TabKey } from './filter.ts'
import { ViewTabs } from './Views.tsx'

interface Props {
  readonly search: Filter & { readonly columns?: string }
  readonly asked: Filter
  readonly go: (to: Filter) => void
  readonly set: (change: Filter & { readonly columns?: string }) => void
  readonly pane: { readonly isOn: boolean; readonly turn: (to: boolean) => void }
}

/** What the page is, its lists with their counts, and what one does with a list. */
export function Head({ search, asked, go, set, pane }: Props) {
  const say = useEventWords()
  const me = useMe().data
  const shown = chosenColumns(search.columns)
  return (
    <header className="list-head">
      <h1>{say.events}</h1>
      <Tabs asked={asked} go={go} />
      <div className="list-tools">
        {has(me, 'event.export', 'event.approve-export') && <ExportButton filter={asked as Record<string, string>} />}
        <Link className="ev-quiet" to="/shares">
          <ChartColumn size={16} strokeWidth={1.75} aria-hidden="true" />
          {say.shares}
        </Link>
        <Popover
          trigger="click"
          placement="bottomRight"
          content={
            <Checkbox.Group
              className="list-columns"
              aria-label={say.columnsShown}
              value={[...shown]}
              options={columnKeys.map((key) => ({ value: key, label: say.columns(key) }))}
              onChange={(keys) => set({ columns: keys.join(',') || 'none' })}
            />
          }
        >
          <button type="button" className="ev-quiet">
            <Columns3 size={16} strokeWidth={1.75} aria-hidden="true" />
            {say.columnsShown}
          </button>
        </Popover>
        <button type="button" className="ev-quiet" aria-pressed={pane.isOn} onClick={() => pane.turn(!pane.isOn)}>
          <PanelRight size={16} strokeWidth={1.75} aria-hidden="true" />
          {say.pane}
        </button>
        {has(me, 'event.report') && (
          <Link className={buttonClass('solid')} to="/report" aria-keyshortcuts="N">
            <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
            {say.reportOne}
            <Kbd name="N" />
          </Link>
        )}
      </div>
    </header>
  )
}

/** Lists that hold something, what is open, what is over limit, one’s own; and the views one saved. */
function Tabs({ asked, go }: Pick<Props, 'asked' | 'go'>) {
  const { w } = useWords()
  const say = useEventWords()
  const counts = useQueues().data?.counts
  const open = useEventCount({ isOpen: 'yes' }).data
  const current = tabOf(asked)
  const countOf = (tab: TabKey) => {
    if (tab === 'open') return open && showCount(open.total, open.isMore)
    const count = tab === 'all' ? 0 : (counts?.[tab] ?? 0)
    return count > 0 ? showCount(count) : ''
  }
  const isShown = (tab: TabKey) => ['open', 'late', 'mine', 'all', current].includes(tab) || countOf(tab) !== ''
  return (
    <nav className="list-tabs" aria-label={say.workLists}>
      {tabKeys.filter(isShown).map((tab) => (
        <button
          key={tab}
          type="button"
          aria-current={tab === current ? 'page' : undefined}
          onClick={() => go(askOfTab(tab))}
        >
          {tab === 'open' ? say.openOnes : w(queueWords, tab)} <span>{countOf(tab)}</span>
        </button>
      ))}
      <ViewTabs asked={asked} go={go} />
    </nav>
  )
}
