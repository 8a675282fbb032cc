/**
 * What a visit does to its task, and which time of a phone is believed (requirements.md V1, E8). A visit that met
 * nobody does not do the task: it comes again. A phone may send a visit days later, and twice; what it saw is kept
 * even when its task is long closed. Left out: who may record it, and where.
 */
import { problem, type Problem } from '../kernel/problem.ts'
import { addDays, dayLength, type Day } from '../kernel/time.ts'
import { doesTask, type Outcome, type TaskState } from './terms.ts'

/** A season: no phone is believed to have waited longer. */
export const oldestVisitDays = 90

/**
 * When a visit was made.
 * @param said the phone's corrected clock, epoch milliseconds; never believed beyond now, nor longer back than a season
 */
export const believedTime = (said: number, now: number): number =>
  Math.max(Math.min(said, now), now - oldestVisitDays * dayLength)

export interface TaskEffect {
  /** What happens to the task: it is done, one more try is counted, or it stays as it is. */
  readonly does: 'close' | 'count-try' | 'nothing'
  readonly taskState: TaskState | 'none'
  /** What the phone should say beside its thanks. */
  readonly note: '' | 'task.already-done' | 'task.dropped'
}

/** @param task the state of the task when the visit arrives; undefined where the visit had none */
export function effectOn(task: TaskState | undefined, outcome: Outcome): TaskEffect {
  switch (task) {
    case undefined:
      return { does: 'nothing', taskState: 'none', note: '' }
    case 'done':
      return { does: 'nothing', taskState: 'done', note: 'task.already-done' }
    case 'dropped':
      return { does: 'nothing', taskState: 'dropped', note: 'task.dropped' }
    case 'open':
      return doesTask(outcome)
        ? { does: 'close', taskState: 'done', note: '' }
        : { does: 'count-try', taskState: 'open', note: '' }
  }
}

/** An order is for the year that is planned; what is farther off is ordered when it is near. */
const farthestOrderDays = 366

/**
 * Whether days and hours of an order can be kept.
 * @param hours minutes of one day, null where any hour will do; a round over midnight is two
 * @returns `task.date` for a day that is past, `task.far` for one more than a year off, `task.window` for hours that end before they begin
 */
export function refuseOrder(
  { dueOn, today }: { readonly dueOn: Day; readonly today: Day },
  hours: { readonly windowFrom: number | null; readonly windowTo: number | null },
): Problem | undefined {
  if (dueOn < today) return problem('task.date', 422)
  if (dueOn > addDays(today, farthestOrderDays)) return problem('task.far', 422)
  const { windowFrom, windowTo } = hours
  return windowFrom !== null && windowTo !== null && windowFrom >= windowTo ? problem('task.window', 422) : undefined
}
