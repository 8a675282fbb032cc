/**
 * Working time of 2026, written down anew for the walks from the notice of the State Council's office on the days off
 * of 2026, by sums over a list of office hours and not by walking days. No line of the product is used.
 */
const days = (month: number, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => date(month, from + i))
const date = (month: number, day: number) => `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

export const freeDays: readonly string[] = [
  ...days(1, 1, 3),
  ...days(2, 15, 23),
  ...days(4, 4, 6),
  ...days(5, 1, 5),
  ...days(6, 19, 21),
  ...days(9, 25, 27),
  ...days(10, 1, 7),
]
export const swapDays: readonly string[] = [date(1, 4), date(2, 14), date(2, 28), date(5, 9), date(9, 20), date(10, 10)]
/** Office hours as a county gives them: morning and afternoon. */
export const hours = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '17:30' },
] as const

const dayMs = 86_400_000
const at = (day: string, clock: string): number => Date.parse(`${day}T${clock}:00+08:00`)

interface Span {
  readonly from: number
  readonly to: number
  /** Working time before this span. */
  readonly before: number
}

/** Every span of office time from the first of January 2026 to the end of 2028. */
const spans: readonly Span[] = listSpans()

function listSpans(): Span[] {
  const found: Span[] = []
  let before = 0
  for (let noon = Date.parse('2026-01-01T12:00:00+08:00'); noon < Date.parse('2029-01-01'); noon += dayMs) {
    const local = new Date(noon + 8 * 3_600_000)
    const day = local.toISOString().slice(0, 10)
    const isWeekend = local.getUTCDay() === 0 || local.getUTCDay() === 6
    if (freeDays.includes(day) || (isWeekend && !swapDays.includes(day))) continue
    for (const hour of hours) {
      const span = { from: at(day, hour.from), to: at(day, hour.to), before }
      found.push(span)
      before += span.to - span.from
    }
  }
  return found
}

/** Working milliseconds from the beginning of 2026 to an instant. */
export function worked(until: number): number {
  const span = spans.findLast((s) => s.from <= until)
  return span ? span.before + Math.min(until, span.to) - span.from : 0
}

/** The first instant by which so much working time has passed. */
export function whenWorked(sum: number): number {
  const span = spans.find((s) => s.before + s.to - s.from >= sum)
  if (!span) throw new RangeError('the own calendar ends in 2028')
  return span.from + sum - span.before
}

/** The last instant by which no more than so much working time has passed: the night after it still counts as it. */
function lastWorked(sum: number): number {
  const span = spans.find((s) => s.before + s.to - s.from > sum)
  if (!span) throw new RangeError('the own calendar ends in 2028')
  return span.from + sum - span.before
}

export interface OwnLimit {
  readonly kind: string
  readonly value: number
}

/** When a limit that starts now is due. */
export function ownDue(now: number, { kind, value }: OwnLimit): number {
  switch (kind) {
    case 'natural-hour':
      return now + value * 3_600_000
    case 'natural-day':
      return now + value * dayMs
    case 'work-hour':
      return whenWorked(worked(now) + value * 3_600_000)
    case 'work-day':
      return Number.isInteger(value) ? closeOf(now, value) : whenWorked(worked(now) + value * 7 * 3_600_000)
    default:
      throw new RangeError(kind)
  }
}

/** Office close of the n-th working day after the day of an instant. */
function closeOf(now: number, n: number): number {
  const midnight = Math.floor((now + 8 * 3_600_000) / dayMs) * dayMs - 8 * 3_600_000
  const afternoons = spans.filter((s) => s.from >= midnight + dayMs).filter((_, i) => i % hours.length === 1)
  return afternoons[n - 1]!.to
}

/**
 * What is left of a limit in its own kind of time, and when it is due if that runs again from an instant. What is late
 * stays late, if only by a night.
 */
export function ownLeft(now: number, due: number, { kind }: OwnLimit): number {
  const left = kind.startsWith('work') ? worked(due) - worked(now) : due - now
  return now > due ? Math.min(-1, left) : left
}
export function ownResumed(now: number, left: number, { kind }: OwnLimit): number {
  if (!kind.startsWith('work')) return now + left
  return left < 0 ? lastWorked(worked(now) + left) : whenWorked(worked(now) + left)
}
