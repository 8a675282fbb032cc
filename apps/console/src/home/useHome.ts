/** What first pages ask. Everything is asked again every half minute, and at once where somebody acts. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { countEvents, searchEvents } from '@fengge/domain/events/contract/desk'
import { countEventDays } from '@fengge/domain/events/contract/days'
import type { EventRow } from '@fengge/domain/events/contract/views'
import type { SentOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { lists, type ListName } from './plans.ts'

const every = 30_000
/** Rows of a group; the door leads to the others. */
const shown = 3

export interface ListShown {
  readonly name: ListName
  readonly total: number | undefined
  readonly isMore: boolean
  readonly rows: readonly EventRow[]
}

async function ask(name: ListName) {
  const { order, ...filter } = lists[name]
  const [count, list] = await Promise.all([
    call(countEvents, filter as SentOf<typeof countEvents>),
    call(searchEvents, { ...filter, order, size: shown } as SentOf<typeof searchEvents>),
  ])
  return { ...count, rows: list.events }
}

/** Several lists: how many each has, and its first rows. */
export const useLists = (names: readonly ListName[]): readonly ListShown[] =>
  useQueries({
    queries: names.map((name) => ({
      queryKey: ['queues', 'home', name],
      queryFn: () => ask(name),
      refetchInterval: every,
    })),
    combine: (asked) =>
      asked.map(({ data }, i) => ({
        name: names[i]!,
        total: data?.total,
        isMore: data?.isMore ?? false,
        rows: data?.rows ?? [],
      })),
  })

export const useDays = () =>
  useQuery({
    queryKey: ['queues', 'days'],
    queryFn: () => call(countEventDays, {}),
    staleTime: 60_000,
    refetchInterval: 120_000,
  })
