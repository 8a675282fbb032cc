import type { EventView } from '@fengge/domain/events/contract/views'
import { isOpen } from '@fengge/domain/events/terms'
import { useEventWords } from '../../words/events.ts'

/** Who has an event now, in words: its department, its grid, or its desk; empty where it is over. */
export function useHolder(event: EventView): string {
  const say = useEventWords()
  if (!isOpen(event.status)) return ''
  if (event.stage === 'handle' && !event.status.endsWith('requested') && event.status !== 'ruling')
    return event.departmentName ?? event.deskName
  if (event.stage === 'check' && event.checkBy === 'worker' && event.gridName !== null)
    return say.workerOf(event.gridName)
  return event.deskName
}
