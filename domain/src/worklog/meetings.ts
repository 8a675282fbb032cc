/**
 * What a meeting speaks about and who counts as having come (requirements.md V3). The agenda is drawn from what is
 * open: events going over time or sent back, tasks overdue, hazards past their day; sensitive events stay out. Left
 * out: which of them are open (the server asks), and what the resolutions ask for.
 */
import type { AgendaItem, Attendant } from './terms.ts'

export interface OpenEvent {
  readonly id: string
  readonly no: string
  readonly title: string
  readonly reworks: number
  /** Epoch milliseconds, or null where no time runs. */
  readonly dueAt: number | null
}
export interface OpenMatters {
  readonly events: readonly OpenEvent[]
  /** Overdue tasks of the same title, counted. */
  readonly tasks: readonly { readonly title: string; readonly count: number }[]
  readonly hazards: readonly { readonly what: string; readonly fixBy: string }[]
}

/** What an agenda says of an event to who may not see it. */
export const hiddenEvent = '事件一件'

/** The agenda: what is open, then what the caller of the meeting adds. */
export function writeAgenda(open: OpenMatters, more: readonly string[], now: number): AgendaItem[] {
  const item = (text: string, eventId: string | null = null): AgendaItem => ({ text, eventId, taskId: null })
  return [
    ...open.events.map((e) => item(`事件 ${e.no} ${e.title}${whyOpen(e, now)}`, e.id)),
    ...open.tasks.map((t) => item(`逾期任务 ${t.title} ${t.count} 件`)),
    ...open.hazards.map((h) => item(`逾期未整改隐患：${h.what}（期限 ${h.fixBy}）`)),
    ...more.map((text) => item(text)),
  ]
}

function whyOpen(event: OpenEvent, now: number): string {
  if (event.reworks > 0) return `（返工 ${event.reworks} 次）`
  return event.dueAt !== null && event.dueAt < now ? '（已超期）' : '（即将到期）'
}

/** Who came: whoever is named as said, with the account and role he was asked under; whoever was asked and is not named was absent. */
export function countAttendance(
  asked: readonly Attendant[],
  said: readonly Pick<Attendant, 'name' | 'state'>[],
): Attendant[] {
  const known = new Map(asked.map((a) => [a.name, a]))
  return [
    ...said.map((s) => ({
      accountId: known.get(s.name)?.accountId ?? null,
      name: s.name,
      role: known.get(s.name)?.role ?? '',
      state: s.state,
    })),
    ...asked.filter((a) => !said.some((s) => s.name === a.name)).map((a) => ({ ...a, state: 'absent' as const })),
  ]
}
