/** The form in which an act was made, to be opened again as it was written. */
import type { KeptAct } from '@fengge/web/offline/outbox.ts'
import { questionOfKept, whereToMend } from '../registry/questions.ts'

export interface FormPlace {
  readonly what: 'question' | 'report' | 'form' | 'event'
  readonly href: string
}

export function formOf(kept: KeptAct): FormPlace | undefined {
  const { act } = kept
  if (questionOfKept(kept)) return { what: 'question', href: whereToMend(kept) }
  if (act.name === 'reportEvent') return { what: 'report', href: `#report/${act.requestId}` }
  if (act.name === 'saveRecord') return { what: 'form', href: `#more/mend.${act.requestId}` }
  if (act.name === 'recordVisit' && act.ask.taskId) return { what: 'form', href: `#visit/${act.ask.taskId}` }
  if (act.name.startsWith('act.') && 'eventId' in act.ask) return { what: 'event', href: `#todo/${act.ask.eventId}` }
  return undefined
}
