/**
 * When the clock speaks: at half, four fifths and the end of a stage, then daily; when nobody signs; when
 * nobody answers a request in its time; when a stop ends; when a closed event may be archived.
 * Source: domain.md D2, D3. Pure: the server stores only the last alarm that fired, so none fires twice.
 */
import { addDays, dayLength, dayOf, hour, startOf } from '../kernel/time.ts'
import { requestsOf } from './asking.ts'
import { dueAfter, type WorkCalendar } from './deadline.ts'
import { bindingDue, limitOf, marksOf } from './stage-clock.ts'
import { isOpen, type EventCore } from './terms.ts'

export type AlarmKind =
  | 'half'
  | 'soon'
  | 'due'
  | 'late'
  | 'unsigned'
  | 'unanswered'
  | 'back-unanswered'
  | 'stop-ends'
  | 'stop-review'
  | 'archive'
export interface Alarm {
  readonly at: number
  readonly kind: AlarmKind
  readonly lateDays: number
}

export const archiveAfter = 30 * dayLength

/** The first alarm after the last one that fired, or undefined when the event owes nobody anything. */
export function nextAlarm(event: EventCore, calendar: WorkCalendar): Alarm | undefined {
  return alarmsOf(event, calendar)
    .filter((a) => a.at > event.alarmedAt)
    .toSorted((a, b) => a.at - b.at)[0]
}

function alarmsOf(event: EventCore, calendar: WorkCalendar): Alarm[] {
  if (event.status === 'closed') return archiveAlarm(event)
  if (event.status === 'suspended')
    return [...stopAlarms(event), ...externalAlarms(event), ...silences(event, calendar)]
  return isOpen(event.status) ? stageAlarms(event, calendar) : []
}

function archiveAlarm(event: EventCore): Alarm[] {
  return event.closedAt === null ? [] : [{ at: event.closedAt + archiveAfter, kind: 'archive', lateDays: 0 }]
}

function stopAlarms(event: EventCore): Alarm[] {
  if (event.suspension === null) return []
  const { since, until } = event.suspension
  const reviews = Math.max(0, Math.floor((event.alarmedAt - since) / (30 * dayLength))) + 1
  return [
    // Whatever spoke last: a stop always ends.
    { at: Math.max(until, event.alarmedAt + 1), kind: 'stop-ends', lateDays: 0 },
    { at: since + reviews * 30 * dayLength, kind: 'stop-review', lateDays: 0 },
  ]
}

/** The hotline's clock does not stop. */
function externalAlarms({ externalDueAt, alarmedAt }: EventCore): Alarm[] {
  if (externalDueAt === null) return []
  return [{ at: externalDueAt, kind: 'due', lateDays: 0 }, nextLate(externalDueAt, alarmedAt)]
}

/** What was asked for and not answered in its time: for whose turn it is, and for whose it becomes (asking.ts). */
function silences(event: EventCore, calendar: WorkCalendar): Alarm[] {
  return requestsOf(event, calendar).map(({ kind, dueAt }) => ({
    at: dueAt,
    kind: kind === 'decision' ? 'unanswered' : 'back-unanswered',
    lateDays: 0,
  }))
}

function stageAlarms(event: EventCore, calendar: WorkCalendar): Alarm[] {
  const alarms: Alarm[] = []
  if (event.status === 'dispatched' && event.dispatchedAt !== null)
    alarms.push({
      // It ends this state, so while the state lasts it is still to come, whatever spoke after it.
      at: Math.max(
        dueAfter(event.dispatchedAt, limitOf(event.limits, 'sign', event.urgency), calendar),
        event.alarmedAt + 1,
      ),
      kind: 'unsigned',
      lateDays: 0,
    })
  alarms.push(...silences(event, calendar))
  const marks = marksOf(event, calendar)
  const due = bindingDue(event)
  if (due === null || event.dueAt === null || marks.half === null) return alarms
  alarms.push({ at: marks.half, kind: 'half', lateDays: 0 })
  alarms.push({ at: marks.soon, kind: 'soon', lateDays: 0 })
  alarms.push({ at: due, kind: 'due', lateDays: 0 })
  // Its own limit is told of beside an earlier date: whose turn it is changes with it.
  if (due < event.dueAt) alarms.push({ at: event.dueAt, kind: 'due', lateDays: 0 })
  alarms.push(nextLate(due, event.alarmedAt))
  return alarms
}

/**
 * Until when an alarm speaks for what was not told in time: after a long stop one reminder that something is late is
 * enough, but it never speaks for another kind.
 */
export function catchUp(event: EventCore, alarm: Alarm, now: number, calendar: WorkCalendar): number {
  if (alarm.kind !== 'late') return alarm.at
  const others = alarmsOf(event, calendar).filter((a) => a.kind !== 'late' && a.at > alarm.at)
  return Math.max(alarm.at, Math.min(now, ...others.map((a) => a.at - 1)))
}

/** Once each morning at nine after the due day. */
function nextLate(due: number, after: number): Alarm {
  const from = Math.max(due, after)
  const today = startOf(dayOf(from)) + 9 * hour
  const at = today > from ? today : startOf(addDays(dayOf(from), 1)) + 9 * hour
  return { at, kind: 'late', lateDays: Math.max(1, Math.ceil((at - due) / dayLength)) }
}
