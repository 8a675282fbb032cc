import { ArrowDownUp, Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { EventRow } from '@fengge/domain/events/contract/views'
import { Notice } from '@fengge/web/ui/Notice/Notice.tsx'
import { Empty } from '@fengge/web/ui/Empty/Empty.tsx'
import { Urgency } from '@fengge/web/ui/Urgency/Urgency.tsx'
import { showCount } from '@fengge/web/words/count.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { showWhenShort } from '@fengge/web/words/time.ts'
import { useNow } from '../../shell/useNow.ts'
import { useEventWords } from '../../words/events.ts'
import { EventClock, EventMarks } from '../view/EventMarks.tsx'
import { useCategoryName } from '../view/Facts.tsx'
import { tabs, useDeskCounts, type DeskTab, type useDesk } from './useDesk.ts'

interface Props {
  readonly desk: ReturnType<typeof useDesk>
  readonly tab: DeskTab
  readonly turn: (to: DeskTab) => void
}

/** What waits, the most pressing first: as chips the queues with their counts, below them the cases. */
export function Queue({ desk, tab, turn }: Props) {
  const { fault } = useWords()
  const say = useEventWords()
  const counts = useDeskCounts()
  const shown = counts[tab]
  const name = say.tabs(tab)
  return (
    <section className="desk-queue" aria-label={name}>
      <header>
        <h1>
          {name} {shown !== undefined && <span>{showCount(shown)}</span>}
        </h1>
        <button
          type="button"
          className="ev-quiet"
          onClick={() => desk.setOrder(desk.order === 'pressing' ? 'due' : 'pressing')}
        >
          <ArrowDownUp size={16} strokeWidth={1.75} aria-hidden="true" />
          {desk.order === 'pressing' ? say.pressingFirst : say.dueFirst}
        </button>
      </header>
      <div className="desk-chips" role="group" aria-label={say.workLists}>
        {tabs.map((each) => (
          <button key={each} type="button" aria-pressed={each === tab} onClick={() => turn(each)}>
            {say.tabs(each)} <strong>{counts[each] === undefined ? '' : showCount(counts[each])}</strong>
          </button>
        ))}
      </div>
      <SearchBox key={tab} onSearch={desk.setText} />
      {desk.list.error && <Notice kind="refused" title={fault(desk.list.error)} />}
      {desk.list.isPending && <Skeleton />}
      {desk.isEmpty && (
        <Empty
          drawing={desk.text === '' ? 'done' : 'nothing'}
          title={desk.text === '' ? say.nothingWaits : say.nothingFound}
        />
      )}
      <Cases desk={desk} total={shown} />
    </section>
  )
}

function SearchBox({ onSearch }: { readonly onSearch: (text: string) => void }) {
  const say = useEventWords()
  return (
    <form
      className="desk-search"
      role="search"
      onSubmit={(sent) => {
        sent.preventDefault()
        onSearch(sent.currentTarget.querySelector('input')?.value.trim() ?? '')
      }}
    >
      <Search size={16} strokeWidth={1.75} aria-hidden="true" />
      <input
        type="search"
        name="text"
        placeholder={say.searchHint}
        aria-label={say.searchQueue}
        onChange={(typed) => {
          if (typed.target.value === '') onSearch('')
        }}
      />
    </form>
  )
}

const Skeleton = () => (
  <div className="ev-skeleton" aria-hidden="true">
    {Array.from({ length: 6 }, (_, i) => (
      <span key={i} />
    ))}
  </div>
)

interface CasesProps {
  readonly desk: Props['desk']
  readonly total: number | undefined
}

function Cases({ desk, total }: CasesProps) {
  const say = useEventWords()
  const { list, rows } = desk
  if (rows.length === 0) return null
  return (
    <ul className="desk-cases">
      {rows.map((row) => (
        <CaseRow key={row.id} row={row} isOpen={row.id === desk.current?.id} choose={desk.choose} />
      ))}
      {list.hasNextPage && (
        <li className="desk-more">
          <button
            type="button"
            className="ev-quiet"
            disabled={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {say.more}
          </button>{' '}
          <span className="ev-note">{say.shownOf(rows.length, total === undefined ? '' : showCount(total))}</span>
        </li>
      )}
    </ul>
  )
}

interface RowProps {
  readonly row: EventRow
  readonly isOpen: boolean
  readonly choose: (id: string) => void
}

function CaseRow({ row, isOpen, choose }: RowProps) {
  const { language } = useWords()
  const now = useNow()
  const nameOf = useCategoryName()
  const item = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isOpen) item.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  return (
    <li>
      <button
        type="button"
        ref={item}
        className="desk-row"
        aria-current={isOpen || undefined}
        onClick={() => choose(row.id)}
      >
        <span className="desk-row-title">
          <Urgency urgency={row.urgency} /> {row.title}
        </span>
        <span className="ev-note">
          {[nameOf(row.categoryCode).replace(/^\d{4} /, ''), row.gridName ?? row.villageName ?? row.townName]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className="desk-row-foot">
          <EventClock event={row} />
          <EventMarks event={row} />
          <time dateTime={row.reportedAt}>{showWhenShort(row.reportedAt, now, language)}</time>
        </span>
      </button>
    </li>
  )
}
