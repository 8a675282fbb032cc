import { useQuery } from '@tanstack/react-query'
import { countQueues } from '@fengge/domain/events/contract/desk'
import { workQueues } from '@fengge/domain/events/queues'
import type { Me } from '@fengge/domain/identity/contract'
import { call } from '@fengge/web/api/call.ts'
import { has } from '../useMe.ts'

/** How many events wait for whoever is signed in, by work list; asked again every half minute. */
export function useQueueCounts(me: Me | undefined) {
  return useQuery({
    queryKey: ['queues'],
    queryFn: () => call(countQueues, {}),
    refetchInterval: 30_000,
    enabled: has(me, 'event.read'),
  })
}

export interface Turns {
  /** At the dispatch desk. */
  readonly dispatch: number
  /** In all other work lists; an event that stands in two counts twice. */
  readonly events: number
}

/** What is one's turn, for the red counts of the rail. */
export function useTurns(me: Me): Turns {
  const counts = useQueueCounts(me).data?.counts
  const of = (queue: (typeof workQueues)[number]) => counts?.[queue] ?? 0
  const others = workQueues.filter((queue) => queue !== 'to-dispatch').map(of)
  return { dispatch: of('to-dispatch'), events: others.reduce((sum, n) => sum + n, 0) }
}
