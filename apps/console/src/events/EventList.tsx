import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { Notice } from '@fengge/web/ui/Notice/Notice.tsx'
import { Empty } from '@fengge/web/ui/Empty/Empty.tsx'
import { Rows } from '@fengge/web/ui/Rows/Rows.tsx'
import { showCount } from '@fengge/web/words/count.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useEventWords } from '../words/events.ts'
import { useKeys } from '../shell/keys/useKeys.ts'
import { Bulk } from './list/Bulk.tsx'
import { useColumns } from './list/columns.tsx'
import { EventPane } from './list/EventPane.tsx'
import { Filters } from './list/Filters.tsx'
import { askedBy, orderIn } from './list/filter.ts'
import { Head } from './list/Head.tsx'
import { useEventCount, useEventList, type Filter } from './useEvents.ts'
import './events.css'
import './list/list.css'

/** Lists of events: tabs of what waits, one line of conditions, rows, and what is chosen beside them. All of it in the address. */
export function EventList() {
  const search = useSearch({ strict: false }) as Filter & { readonly columns?: string }
  const navigate = useNavigate()
  const asked = askedBy(search)
  const order = orderIn(search, asked)
  const [isPaneOn, setPane] = useKept('fengge.pane', true)
  const set = (change: Filter & { readonly columns?: string }) =>
    void navigate({
      to: '/events',
      search: Object.fromEntries(Object.entries({ ...search, ...asked, ...change }).filter(([, v]) => v !== '')),
    })
  const go = (to: Filter) => void navigate({ to: '/events', search: to as Record<string, string> })
  return (
    <div className="list">
      <Head search={search} asked={asked} go={go} set={set} pane={{ isOn: isPaneOn, turn: setPane }} />
      <Filters asked={asked} order={order} set={set} go={go} />
      <Found key={JSON.stringify(asked)} asked={asked} order={order} columns={search.columns} isPaneOn={isPaneOn} />
    </div>
  )
}

interface FoundProps {
  readonly asked: Filter
  readonly order: string
  readonly columns: string | undefined
  readonly isPaneOn: boolean
}

function Found({ asked, order, columns, isPaneOn }: FoundProps) {
  const { fault } = useWords()
  const say = useEventWords()
  const list = useEventList({ ...asked, order, size: '50' })
  const rows = useMemo(() => list.data?.pages.flatMap((p) => p.events) ?? [], [list.data])
  const [openId, setOpen] = useState<string | undefined>()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [seen, setSeen] = useState<readonly [number, number]>([0, 0])
  const total = useEventCount(asked).data
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const onSeen = useCallback((first: number, last: number) => setSeen([first, last]), [])
  // What is read beside the list first is its first row.
  const shownId = openId ?? (isPaneOn ? rows[0]?.id : undefined)
  const at = rows.findIndex((r) => r.id === shownId)
  const move = useMoves(rows, at, setOpen)
  const shown = useColumns(columns)
  return (
    <>
      <div className="list-main">
        <div className="list-rows">
          {list.error ? <Notice kind="refused" title={fault(list.error)} /> : null}
          {list.isPending && <Waiting />}
          {list.isSuccess && rows.length === 0 ? (
            <Empty drawing="nothing" title={say.nothingFound} />
          ) : (
            <Rows
              label={say.events}
              columns={shown}
              rows={rows}
              idOf={(row) => row.id}
              {...(total === undefined ? {} : { total: total.total })}
              openId={shownId}
              onOpen={setOpen}
              picked={picked}
              onPick={setPicked}
              pickWords={{ all: say.pickAll, one: (row) => say.pickOne(row.title) }}
              onEnd={onEnd}
              onSeen={onSeen}
            />
          )}
        </div>
        {isPaneOn && <EventPane id={shownId} previous={move.previous} next={move.next} />}
      </div>
      <footer className="list-foot">
        <Bulk rows={rows.filter((r) => picked.has(r.id))} done={() => setPicked(new Set())} />
        <span role="status">
          {total !== undefined && rows.length > 0 && say.seenOf(seen[0], seen[1], showCount(total.total, total.isMore))}
          {hasNextPage && say.moreComes}
        </span>
      </footer>
    </>
  )
}

/** Next and previous by key; Enter opens the page, Escape goes back to the list alone. */
function useMoves(rows: readonly { readonly id: string }[], at: number, setOpen: (id: string | undefined) => void) {
  const navigate = useNavigate()
  const say = useEventWords()
  const to = (index: number) => {
    const row = rows[index]
    return row && (() => setOpen(row.id))
  }
  const previous = to(at - 1)
  const next = to(at + 1)
  const opened = rows[at]
  useKeys({
    J: next && { says: say.next, act: next },
    ArrowDown: next,
    K: previous && { says: say.previous, act: previous },
    ArrowUp: previous,
    N: { says: say.reportOne, act: () => void navigate({ to: '/report' }) },
    Enter: opened && { says: say.open, act: () => void navigate({ to: '/events/$id', params: { id: opened.id } }) },
    Escape: opened && (() => setOpen(undefined)),
    '/': { says: say.search, act: () => document.querySelector<HTMLInputElement>('.ui-filter-search input')?.focus() },
  })
  return { previous, next }
}

const Waiting = () => (
  <div className="ev-skeleton" aria-hidden="true">
    {Array.from({ length: 12 }, (_, i) => (
      <span key={i} />
    ))}
  </div>
)

/** A setting that this computer keeps. */
function useKept(key: string, usual: boolean) {
  const [isOn, setOn] = useState(() => (localStorage.getItem(key) ?? String(usual)) === 'true')
  const turn = (to: boolean) => {
    localStorage.setItem(key, String(to))
    setOn(to)
  }
  return [isOn, turn] as const
}
