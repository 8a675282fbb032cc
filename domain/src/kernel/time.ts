/**
 * Instants are ISO strings with zone at the borders and epoch milliseconds inside rules. A day is
 * `YYYY-MM-DD` in China Standard Time, which has had no summer time since 1991: a fixed +08:00.
 */
export type Day = string

export const minute = 60_000
export const hour = 60 * minute
export const dayLength = 24 * hour
const offset = 8 * hour

/** The local day an instant falls on. */
export function dayOf(instant: number): Day {
  return new Date(instant + offset).toISOString().slice(0, 10)
}

/** Minutes since local midnight. */
export function minuteOfDay(instant: number): number {
  return Math.floor(((((instant + offset) % dayLength) + dayLength) % dayLength) / minute)
}

/** The instant at which a local day begins. */
export function startOf(day: Day): number {
  return Date.parse(`${day}T00:00:00+08:00`)
}

/**
 * The instant that somebody means by a local day and a clock. The last minute of a day is meant to its end: what is to be
 * done by a day is in time until the day is over.
 * @example momentOf('2026-11-30', '23:59') // the last millisecond of that day
 */
export function momentOf(day: Day, clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  const at = startOf(day) + hours * hour + minutes * minute
  return clock === '23:59' ? at + minute - 1 : at
}

export function addDays(day: Day, count: number): Day {
  return dayOf(startOf(day) + count * dayLength)
}

/** Days since 1970-01-01, to count by. */
export function dayNumber(day: Day): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / dayLength)
}

/** The number of the local day an instant falls on. */
export function dayNumberAt(instant: number): number {
  return Math.floor((instant + offset) / dayLength)
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

/** `2026-11-20 14:05`, as screens and letters show an instant. */
export function showInstant(instant: number): string {
  return new Date(instant + offset).toISOString().slice(0, 16).replace('T', ' ')
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
