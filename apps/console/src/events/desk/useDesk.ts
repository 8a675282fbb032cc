/** The queues of a desk: what waits, which case is open, and the next one when it is gone. */
import { useState } from 'react'
import type { EventRow } from '@fengge/domain/events/contract/views'
import { showTime } from '@fengge/web/words/time.ts'
import { useEventCount, useEventList, type Filter } from '../useEvents.ts'

export const tabs = ['dispatch', 'returns', 'extensions', 'others'] as const
export type DeskTab = (typeof tabs)[number]

const asks: Readonly<Record<DeskTab, Filter>> = {
  dispatch: { queue: 'to-dispatch' },
  returns: { queue: 'to-decide', statuses: 'return-requested,ruling' },
  extensions: { queue: 'to-decide', statuses: 'extend-requested,suspend-requested' },
  others: { queue: 'to-verify' },
}
/** New cases come by themselves. */
const every = 15_000

export function useDesk(tab: DeskTab) {
  const [text, setText] = useState('')
  const [order, setOrder] = useState<'pressing' | 'due'>('pressing')
  const list = useEventList({ ...asks[tab], text, order, size: '50' }, every)
  const rows = list.data?.pages.flatMap((p) => p.events) ?? []
  const { current, choose, move } = useCurrent(rows)
  return {
    list,
    rows,
    text,
    setText,
    order,
    setOrder,
    current,
    choose,
    next: () => move(1),
    previous: () => move(-1),
    isEmpty: list.isSuccess && rows.length === 0,
    readAt: list.dataUpdatedAt === 0 ? null : showTime(new Date(list.dataUpdatedAt).toISOString()).slice(11),
  }
}

/** Which row is open; where it has gone, the one that stands in its place now. */
function useCurrent(rows: readonly EventRow[]) {
  const [{ id, place }, set] = useState<{ readonly id: string | null; readonly place: number }>({ id: null, place: 0 })
  const found = rows.findIndex((r) => r.id === id)
  const at = found === -1 ? Math.max(0, Math.min(place, rows.length - 1)) : found
  const current = rows[at]
  // Kept for when it is gone: what stands in its place then is open next.
  if (current !== undefined && (current.id !== id || at !== place)) set({ id: current.id, place: at })
  const open = (to: EventRow | undefined) => {
    if (to) set({ id: to.id, place: rows.indexOf(to) })
  }
  return {
    current,
    choose: (wanted: string) => open(rows.find((r) => r.id === wanted)),
    move: (by: number) => open(rows[at + by]),
  }
}

/** How much waits in each queue of a desk. */
export function useDeskCounts(): Readonly<Record<DeskTab, number | undefined>> {
  return {
    dispatch: useEventCount(asks.dispatch, every).data?.total,
    returns: useEventCount(asks.returns, every).data?.total,
    extensions: useEventCount(asks.extensions, every).data?.total,
    others: useEventCount(asks.others, every).data?.total,
  }
}
