import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { listSteps } from '@fengge/domain/events/contract/steps'
import type { FlowRow } from '@fengge/domain/events/contract/views'
import { call } from '@fengge/web/api/call.ts'

export interface FlowShown {
  readonly row: FlowRow
  /** The step before, where it is here. */
  readonly before: FlowRow | undefined
  /** How many steps lie between the two and were not told. */
  readonly missing: number
}

/** A long life comes without its middle, which is fetched a page at a time by whoever wants it. */
export function useBetween(eventId: string, told: readonly FlowRow[]) {
  const more = useMutation({ mutationFn: (after: number) => call(listSteps, { id: eventId, after }) })
  const [fetched, setFetched] = useState<readonly FlowRow[]>([])
  const known = new Map([...fetched, ...told].map((step) => [step.seq, step]))
  const flow = [...known.values()].toSorted((a, b) => a.seq - b.seq)
  const rows = flow.map((row, i): FlowShown => {
    const last = flow[i - 1]
    const missing = last === undefined ? 0 : row.seq - last.seq - 1
    return { row, before: missing > 0 ? undefined : last, missing }
  })
  const fetchBefore = ({ row, missing }: FlowShown) =>
    more.mutate(row.seq - missing - 1, { onSuccess: ({ steps }) => setFetched([...fetched, ...steps]) })
  return { rows, fetchBefore, isFetching: more.isPending }
}
