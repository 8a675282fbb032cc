/** The conditions of a list in words, one chip each. */
import { useQuery } from '@tanstack/react-query'
import { getPlace } from '@fengge/domain/places/contract'
import { call } from '@fengge/web/api/call.ts'
import type { FilterChip } from '@fengge/web/ui/FilterBar/FilterBar.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { levelWords, sourceWords, statusWords } from '@fengge/web/words/terms.ts'
import { useEventWords } from '../../words/events.ts'
import { useDepartments, type Filter } from '../useEvents.ts'
import { useCategoryName } from '../view/Facts.tsx'

/** A place by its id, for the chip that names it. */
const usePlaceName = (id: string | undefined) =>
  useQuery({
    queryKey: ['place', id],
    queryFn: () => call(getPlace, { id: id! }),
    enabled: id !== undefined,
    staleTime: 600_000,
    select: (found) => found.place.name,
  }).data

/** Said of a condition by its value; nothing where it is said by the tab. */
type Said = readonly [key: string, name: string, say: (value: string) => string | undefined]

export function useChips(asked: Filter): FilterChip[] {
  const { w } = useWords()
  const say = useEventWords()
  const nameOf = useCategoryName()
  const place = usePlaceName(asked.placeId)
  const departments = useDepartments().data ?? []
  const states = (value: string) => {
    const [first = '', ...more] = value.split(',')
    const name = w(statusWords, first)
    return more.length === 0 ? name : say.firstOf(name, more.length + 1)
  }
  const table: readonly Said[] = [
    ['statuses', say.state, states],
    ['categoryCode', say.category, nameOf],
    ['classCode', say.category, (value) => value],
    ['source', say.source, (value) => w(sourceWords, value)],
    ['level', say.level, (value) => w(levelWords, value)],
    ['placeId', say.area, () => place ?? '…'],
    ['departmentId', say.department, (value) => departments.find((d) => d.id === value)?.name ?? '…'],
    ['isOpen', say.openOrOver, (value) => (value === 'no' ? say.over : undefined)],
    ['supervised', say.supervised, () => say.yes],
    ['due', say.due, () => say.today],
    ['from', say.reported, (value) => `${value} – ${asked.to ?? ''}`],
  ]
  return table.flatMap(([key, name, said]) => {
    const set = asked[key as keyof Filter]
    const value = set === undefined ? undefined : said(set)
    return value === undefined ? [] : [{ key, name, value }]
  })
}
