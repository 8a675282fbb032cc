/**
 * What of a phone's rows may stand in the plan of a day, and from when until when: visits by their task, households by
 * the day they are to be confirmed. Source: domain.md D7, requirements.md V1.
 * Left out: which of them are chosen and in which order (day-plan.ts), and what makes a household due (registry/freshness.ts).
 */
import { dayNumber, type Day } from '../../kernel/time.ts'
import type { PlanItem } from './day-plan.ts'

export type Planned = Omit<PlanItem, 'id' | 'spot'>

/** Households are shown so many days before they are to be confirmed, and may be taken along as many before. */
const showDays = 10
const takeAlongDays = 30
/** What asking a household takes, and how it gives way to visits. */
const household = { minutes: 5, priority: 2 } as const

export interface PlannedTask {
  readonly earliestOn: Day
  readonly dueOn: Day
  readonly tries: number
  readonly minutes: number
  readonly priority: number
  readonly windowFrom: number | null
  readonly windowTo: number | null
}

/** A task that met nobody may be tried again today. @param today a day number */
export function planTask(task: PlannedTask, today: number): Planned {
  const earliest = dayNumber(task.earliestOn)
  return {
    earliest: task.tries > 0 ? Math.min(earliest, today) : earliest,
    due: dayNumber(task.dueOn),
    minutes: task.minutes,
    priority: task.priority,
    ...(task.windowFrom === null ? {} : { opens: task.windowFrom }),
    ...(task.windowTo === null ? {} : { shuts: task.windowTo }),
  }
}

/** @param dueDay a day number, or null where nothing is to be confirmed. @returns undefined where it is not to be shown yet */
export function planHousehold(dueDay: number | null, today: number): Planned | undefined {
  if (dueDay === null || dueDay > today + showDays) return undefined
  return { earliest: dueDay - takeAlongDays, due: dueDay, ...household }
}

/** The working day at the door: from half past eight; whoever opens the page later begins then, at five the latest. */
const firstMinute = 8 * 60 + 30
const lastMinute = 17 * 60

/** @param minute of the day, now. @returns the minute from which the day is planned */
export const startsAt = (minute: number): number => Math.max(firstMinute, Math.min(minute, lastMinute))
