import { listArrivals } from '@fengge/domain/registry/arriving/contract'
import { call } from '@fengge/web/api/call.ts'
import { useAsk } from '../offline/useAsk.ts'
import { usePhone } from '../offline/usePhone.ts'

/** Who is said to have moved into this grid; the list needs the line, an answer at the door does not. */
export function useArrivals() {
  const { outbox } = usePhone()
  const { data, error } = useAsk('arrivals', () => call(listArrivals, {}))
  const answered = new Set(
    outbox.list().flatMap(({ act }) => (act.name === 'takeArrival' || act.name === 'missArrival' ? [act.ask.id] : [])),
  )
  const arrivals = (data?.arrivals ?? []).filter((a) => a.can.includes('take') && !answered.has(a.id))
  return { arrivals, error, isKnown: data !== undefined }
}
