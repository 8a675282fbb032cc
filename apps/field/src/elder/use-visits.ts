import { makeToday } from '@fengge/web/offline/today.ts'
import { usePhone } from '../offline/usePhone.ts'

/** A day's visits of an old liaison take so many minutes at most. */
const budget = 120
export function useVisits() {
  const { holdings, now, outbox } = usePhone()
  const day = makeToday({ holdings, acts: outbox.list(), now: now(), start: null, budget, order: [] })
  return [...day.stops.flatMap((s) => s.items), ...day.elsewhere].filter((i) => i.kind === 'task')
}
