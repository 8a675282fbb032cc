/** How much of a limit is left, as a bar shows it. */
import { lightOf, type Light } from '@fengge/domain/events/deadline'

/** A limit and when half and four fifths of it are used, in its own kind of time. */
export interface Limited {
  readonly startedAt: string
  readonly dueAt: string | null
  readonly halfAt?: string | null
  readonly soonAt?: string | null
}

interface Reckoned {
  /** 1 when nothing is used, 0 when due; also 0 when over. */
  readonly left: number
  readonly light: Light
}

/** How far `at` lies between `from` and `to`; where they are one, it is past them. */
const between = (at: number, from: number, to: number) =>
  to <= from ? 1 : Math.min(1, Math.max(0, (at - from) / (to - from)))

/**
 * The share that is left and its light. Between the marks time is taken to run evenly: so a limit in working hours does
 * not shrink over night more than its marks say, and a bar is half as long exactly when it turns.
 */
export function reckon({ startedAt, dueAt, halfAt, soonAt }: Limited, now: number): Reckoned {
  if (dueAt === null) return { left: 1, light: 'none' }
  const [start, due] = [Date.parse(startedAt), Date.parse(dueAt)]
  const mark = (at: string | null | undefined, share: number) =>
    at === null || at === undefined ? start + (due - start) * share : Date.parse(at)
  const marks = { half: mark(halfAt, 0.5), soon: mark(soonAt, 0.8) }
  const light = lightOf(marks, due, now)
  if (now > due) return { left: 0, light }
  if (now < marks.half) return { left: 1 - 0.5 * between(now, start, marks.half), light }
  if (now < marks.soon) return { left: 0.5 - 0.3 * between(now, marks.half, marks.soon), light }
  return { left: 0.2 - 0.2 * between(now, marks.soon, due), light }
}
