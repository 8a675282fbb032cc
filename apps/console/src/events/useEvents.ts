/** Queries and acts of events for the console. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { actEndpoint, countEvents, countQueues, getEvent, searchEvents } from '@fengge/domain/events/contract/desk'
import { listCatalogue } from '@fengge/domain/events/contract/rules'
import type { Action } from '@fengge/domain/events/acts'
import { workQueues } from '@fengge/domain/events/queues'
import { listDepartments } from '@fengge/domain/identity/contract'
import type { ReplyOf, SentOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'

/** A list as it stands in the address: what its endpoint is asked for, as text. */
export type Filter = { readonly [Field in keyof SentOf<typeof searchEvents>]?: string }

const filled = (filter: Filter) => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))

export function useEventList(filter: Filter) {
  return useInfiniteQuery({
    queryKey: ['events', filter],
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
export function useEventCount(filter: Filter) {
  const { order: _order, after: _after, size: _size, ...asked } = filter
  return useQuery({
    queryKey: ['events', 'count', asked],
    queryFn: () => call(countEvents, filled(asked) as SentOf<typeof countEvents>),
  })
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
