/** Queries and acts of events for the console. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { actEndpoint, countEvents, countQueues, getEvent, searchEvents } from '@fengge/domain/events/contract/desk'
import { listCatalogue } from '@fengge/domain/events/contract/rules'
import type { Action } from '@fengge/domain/events/acts'
import { workQueues } from '@fengge/domain/events/queues'
import { weighDepartments } from '@fengge/domain/events/contract/weighing'
import { listDepartments } from '@fengge/domain/identity/contract'
import type { ReplyOf, SentOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'

/** A list as it stands in the address: what its endpoint is asked for, as text. */
export type Filter = { readonly [Field in keyof SentOf<typeof searchEvents>]?: string }

const filled = (filter: Filter): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))

/** @param every milliseconds after which it is read again by itself */
export function useEventList(filter: Filter, every?: number) {
  return useInfiniteQuery({
    queryKey: ['events', filter],
    ...(every === undefined ? {} : { refetchInterval: every }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: ReplyOf<typeof searchEvents>) => last.next ?? undefined,
    queryFn: ({ pageParam }): Promise<ReplyOf<typeof searchEvents>> =>
      // What stands in the address of the page is text; the server reads and judges it.
      call(searchEvents, { ...filled(filter), ...(pageParam === undefined ? {} : { after: pageParam }) } as SentOf<
        typeof searchEvents
      >),
  })
}
/** What waits for somebody is read by how pressing it is; what is only looked through, newest first. */
export function orderOf({ order, queue = 'all' }: Filter): string {
  if (order !== undefined && order !== '') return order
  return ([...workQueues, 'late'] as string[]).includes(queue) ? 'pressing' : 'newest'
}

/** How many events a list has. */
export function useEventCount(filter: Filter, every?: number) {
  const { order: _order, after: _after, size: _size, ...asked } = filter
  return useQuery({
    queryKey: ['events', 'count', asked],
    queryFn: () => call(countEvents, filled(asked) as SentOf<typeof countEvents>),
    ...(every === undefined ? {} : { refetchInterval: every }),
  })
}

/** The list that was last read, and what stands before and after an event in it. */
export function useNeighbours(id: string) {
  const lists = useQueryClient()
    .getQueryCache()
    .findAll({ queryKey: ['events'], type: 'all' })
  const read = lists
    .filter((q) => q.queryKey[1] !== 'count' && q.state.data !== undefined)
    .toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
  for (const { queryKey, state } of read) {
    const rows = (state.data as InfiniteData<ReplyOf<typeof searchEvents>>).pages.flatMap((page) => page.events)
    const at = rows.findIndex((row) => row.id === id)
    const { size: _size, order: _order, ...search } = queryKey[1] as Filter & { readonly size?: string }
    if (at >= 0) return { previous: rows[at - 1]?.id, next: rows[at + 1]?.id, search: filled(search) }
  }
  return { previous: undefined, next: undefined, search: {} as Record<string, string> }
}
export const useQueues = () =>
  useQuery({ queryKey: ['queues'], queryFn: () => call(countQueues, {}), refetchInterval: 30_000 })
export const useEvent = (id: string | undefined) =>
  useQuery({ queryKey: ['event', id], queryFn: () => call(getEvent, { id: id! }), enabled: id !== undefined })
const catalogue = { queryKey: ['catalogue'], queryFn: () => call(listCatalogue, {}), staleTime: 300_000 }
export const useCatalogue = () => useQuery({ ...catalogue, select: (reply) => reply.categories })
export const useMayEditCatalogue = () => useQuery({ ...catalogue, select: (reply) => reply.mayEdit }).data ?? false
export const useDepartments = (placeId?: string) =>
  useQuery({
    queryKey: ['departments', placeId],
    queryFn: async () => (await call(listDepartments, placeId === undefined ? {} : { placeId })).departments,
    staleTime: 60_000,
  })

/** @param onDone told also where the page that asked is gone */
export function useAct(event: { id: string; version: number }, onDone?: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({
      action,
      fields,
      evidenceIds,
    }: {
      action: Action
      fields: Record<string, unknown>
      evidenceIds: string[]
    }) =>
      call(actEndpoint(action), {
        ...fields,
        requestId: freshId(),
        eventId: event.id,
        version: event.version,
        evidenceIds,
      }),
    onSuccess: () => onDone?.(),
    onSettled: () =>
      Promise.all(['event', 'events', 'queues', 'notices'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}

/** What the departments did of this kind and have in hand; read again when another case is open. */
export const useWeights = (eventId: string, departmentIds: readonly string[]) =>
  useQuery({
    queryKey: ['weights', eventId, departmentIds],
    queryFn: () => call(weighDepartments, { eventId, departmentIds: [...departmentIds] }),
    enabled: departmentIds.length > 0,
    select: (reply) => new Map(reply.departments.map((d) => [d.id, d])),
  }).data
