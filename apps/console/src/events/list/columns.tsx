import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { EventRow } from '@fengge/domain/events/contract/views'
import type { Column } from '@fengge/web/ui/Rows/Rows.tsx'
import { State } from '@fengge/web/ui/State/State.tsx'
import { Urgency } from '@fengge/web/ui/Urgency/Urgency.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { sourceWords } from '@fengge/web/words/terms.ts'
import { showTime, showWhenShort } from '@fengge/web/words/time.ts'
import { useNow } from '../../shell/useNow.ts'
import { useEventWords } from '../../words/events.ts'
import { EventClock, EventMarks } from '../view/EventMarks.tsx'
import { useCategoryName } from '../view/Facts.tsx'

/** What a list may show besides the title and its marks; the last two only where somebody asks for them. */
export const columnKeys = ['state', 'clock', 'category', 'grid', 'department', 'reported', 'source', 'no'] as const
export type ColumnKey = (typeof columnKeys)[number]
export const usualColumns: readonly ColumnKey[] = columnKeys.slice(0, 6)

const widths: Readonly<Record<ColumnKey, string>> = {
  state: '132px',
  clock: '166px',
  category: '100px',
  grid: '88px',
  department: '96px',
  reported: '92px',
  source: '96px',
  no: '206px',
}

/** Which columns stand in the address; without it the usual ones. */
export const chosenColumns = (text: string | undefined): readonly ColumnKey[] =>
  text === undefined ? usualColumns : columnKeys.filter((key) => text.split(',').includes(key))

export function useColumns(text: string | undefined): readonly Column<EventRow>[] {
  const { w, language } = useWords()
  const say = useEventWords()
  const now = useNow()
  const nameOf = useCategoryName()
  return useMemo(() => {
    const cells: Readonly<Record<ColumnKey, Column<EventRow>['cell']>> = {
      state: (row) => <State status={row.status} isMine={row.isMine ?? false} />,
      clock: (row) => <EventClock event={row} />,
      category: (row) => nameOf(row.categoryCode).replace(/^\d{4} /, ''),
      grid: (row) => row.gridName ?? row.villageName ?? row.townName ?? '—',
      department: (row) => row.departmentName ?? '—',
      reported: (row) => <time title={showTime(row.reportedAt)}>{showWhenShort(row.reportedAt, now, language)}</time>,
      source: (row) => w(sourceWords, row.source),
      no: (row) => row.no,
    }
    const title: Column<EventRow> = {
      key: 'title',
      name: say.event,
      width: 'minmax(180px, 1fr)',
      cell: (row) => <Title row={row} />,
    }
    return [
      title,
      ...chosenColumns(text).map((key) => ({
        key,
        name: say.columns(key),
        width: widths[key],
        cell: cells[key],
        ...(key === 'reported' ? { isEnd: true } : {}),
      })),
    ]
  }, [text, nameOf, now, language, say, w])
}

const Title = ({ row }: { readonly row: EventRow }) => (
  <span className="list-title">
    <Urgency urgency={row.urgency} />
    <Link to="/events/$id" params={{ id: row.id }} title={row.title}>
      {row.title}
    </Link>
    <EventMarks event={row} />
  </span>
)
