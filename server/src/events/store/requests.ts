/** What waits for an answer, in columns: work lists and the clock read them. */
import { requestsOf } from '@fengge/domain/events/asking'
import type { WorkCalendar } from '@fengge/domain/events/deadline'
import type { EventCore } from '@fengge/domain/events/terms'

const instant = (at: number | undefined) => (at === undefined ? null : new Date(at))

export function rowOfRequests(event: EventCore, calendar: WorkCalendar) {
  const requests = requestsOf(event, calendar)
  const [decision, back] = (['decision', 'take-back'] as const).map((kind) => requests.find((r) => r.kind === kind))
  return {
    asked_at: instant(decision?.since),
    answer_due_at: instant(decision?.dueAt),
    back_asked_at: instant(back?.since),
    back_due_at: instant(back?.dueAt),
  }
}
