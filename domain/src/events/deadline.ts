/**
 * How long something may take, and when it is due.
 * Sources: domain.md B5 (four kinds of limit), D3 (lights, pauses), I1 (the Friday vector), anchors.md 3.5.
 * Working days come from data: weekends are free unless named as swap days, holidays are free. A limit in
 * working days ends when the office closes on the n-th working day after the start; natural kinds ignore
 * the calendar. Not modelled: offices of one county with different hours.
 */
import { NoAnswer, problem } from '../kernel/problem.ts'
import { addDays, dayLength, dayOf, hour, minute, minuteOfDay, startOf, weekdayOf, type Day } from '../kernel/time.ts'
import type { Limit } from './terms.ts'

/** Office windows in minutes since midnight, ordered and apart; days that differ from Monday to Friday. */
export interface WorkCalendar {
  readonly version: number
  readonly windows: readonly (readonly [from: number, to: number])[]
  readonly special: ReadonlyMap<Day, 'holiday' | 'swap'>
}

export function isWorkingDay(day: Day, calendar: WorkCalendar): boolean {
  const special = calendar.special.get(day)
  if (special !== undefined) return special === 'swap'
  const weekday = weekdayOf(day)
  return weekday !== 0 && weekday !== 6
}

/** Length of a working day in milliseconds. */
export function workingDayLength(calendar: WorkCalendar): number {
  return calendar.windows.reduce((sum, [from, to]) => sum + (to - from), 0) * minute
}

/** Fewer working days in a year, or hours in a day, are a mistake: limits would have no end. */
const fewestDays = 100
const shortestDay = 2 * hour

/** Whether a year has enough time to work in for limits to end. */
export function hasTimeToWork(year: number, calendar: WorkCalendar): boolean {
  if (workingDayLength(calendar) < shortestDay) return false
  let days = 0
  for (let day: Day = `${year}-01-01`; day.startsWith(`${year}-`); day = addDays(day, 1))
    if (isWorkingDay(day, calendar)) days++
  return days >= fewestDays
}

/** Days in which working time is looked for. */
const longestWalk = 4000
const noTime = () => new NoAnswer(problem('calendar.no-time', 422))

/** The working milliseconds between two instants; 0 when `to` is not after `from`. */
export function workingTime(from: number, to: number, calendar: WorkCalendar): number {
  let sum = 0
  for (let day = dayOf(from); day <= dayOf(to); day = addDays(day, 1)) {
    if (!isWorkingDay(day, calendar)) continue
    const midnight = startOf(day)
    for (const [a, b] of calendar.windows)
      sum += Math.max(0, Math.min(to, midnight + b * minute) - Math.max(from, midnight + a * minute))
  }
  return sum
}

/** The instant at which `amount` working milliseconds after `from` are used up. */
export function addWorkingTime(from: number, amount: number, calendar: WorkCalendar): number {
  let left = amount
  let day = dayOf(from)
  for (let guard = 0; guard < longestWalk; guard++, day = addDays(day, 1)) {
    if (!isWorkingDay(day, calendar)) continue
    const midnight = startOf(day)
    for (const [a, b] of calendar.windows) {
      const open = Math.max(from, midnight + a * minute)
      const close = midnight + b * minute
      if (close <= open) continue
      if (left <= close - open) return open + left
      left -= close - open
    }
  }
  throw noTime()
}

/** The instant from which `amount` working milliseconds were used up by `to`. */
export function takeWorkingTime(to: number, amount: number, calendar: WorkCalendar): number {
  let left = amount
  let day = dayOf(to)
  for (let guard = 0; guard < longestWalk; guard++, day = addDays(day, -1)) {
    if (!isWorkingDay(day, calendar)) continue
    const midnight = startOf(day)
    for (const [a, b] of calendar.windows.toReversed()) {
      const open = midnight + a * minute
      const close = Math.min(to, midnight + b * minute)
      if (close <= open) continue
      if (left <= close - open) return close - left
      left -= close - open
    }
  }
  throw noTime()
}

/** The instant at which a limit that starts at `from` is due. */
export function dueAfter(from: number, limit: Limit, calendar: WorkCalendar): number {
  switch (limit.kind) {
    case 'natural-hour':
      return from + limit.value * hour
    case 'natural-day':
      return from + limit.value * dayLength
    case 'work-hour':
      return addWorkingTime(from, limit.value * hour, calendar)
    case 'work-day':
      return endOfWorkingDay(from, limit.value, calendar)
  }
}

function endOfWorkingDay(from: number, days: number, calendar: WorkCalendar): number {
  const whole = Math.floor(days)
  if (whole < days) return addWorkingTime(from, days * workingDayLength(calendar), calendar)
  let day = dayOf(from)
  for (let left = whole, guard = 0; left > 0; guard++) {
    if (guard >= longestWalk + whole * 7) throw noTime()
    day = addDays(day, 1)
    if (isWorkingDay(day, calendar)) left--
  }
  return startOf(day) + calendar.windows.at(-1)![1] * minute
}

/** Whether a kind of limit runs only in office hours. */
export function followsCalendar(limit: Limit): boolean {
  return limit.kind === 'work-hour' || limit.kind === 'work-day'
}

/** What is left of a limit, in its own kind of time (negative when overdue). */
export function timeLeft(now: number, due: number, limit: Limit, calendar: WorkCalendar): number {
  if (!followsCalendar(limit)) return due - now
  return now <= due ? workingTime(now, due, calendar) : -workingTime(due, now, calendar)
}

/** The due instant after a stop: what was left when the clock stopped is given back, no more and no less; late stays late. */
export function resumeDue(now: number, left: number, limit: Limit, calendar: WorkCalendar): number {
  if (!followsCalendar(limit)) return now + left
  return left >= 0 ? addWorkingTime(now, left, calendar) : takeWorkingTime(now, -left, calendar)
}

/** When half and four fifths of a limit are used. */
export interface Marks {
  readonly half: number
  readonly soon: number
}

/** The instant at which a share of the time from `start` to `due` is used, in the limit's own kind of time. */
export function usedAt(
  start: number,
  due: number,
  { share, limit, calendar }: { readonly share: number; readonly limit: Limit; readonly calendar: WorkCalendar },
): number {
  if (!followsCalendar(limit)) return start + (due - start) * share
  const working = workingTime(start, due, calendar)
  return working === 0 ? start + (due - start) * share : addWorkingTime(start, working * share, calendar)
}

export type Light = 'none' | 'green' | 'yellow' | 'orange' | 'red'

/** Colour of a clock: green until half is used, yellow until four fifths are, then orange, red when overdue. */
export function lightOf(marks: Marks, due: number | null, now: number): Light {
  if (due === null) return 'none'
  if (now > due) return 'red'
  if (now < marks.half) return 'green'
  return now < marks.soon ? 'yellow' : 'orange'
}

export interface Span {
  readonly days: number
  readonly hours: number
  readonly minutes: number
  readonly isLate: boolean
}

/** A duration for a person: days, hours and minutes to or past the due instant. */
export function spanTo(due: number, now: number): Span {
  const ms = Math.abs(due - now)
  return {
    days: Math.floor(ms / dayLength),
    hours: Math.floor((ms % dayLength) / hour),
    minutes: Math.floor((ms % hour) / minute),
    isLate: now > due,
  }
}

/** Minutes since midnight of `09:00`; NaN when it is no time of day. */
export function minutesOf(clock: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock)
  return match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN
}

/** Whether an office is open at an instant. */
export function isOfficeOpen(at: number, calendar: WorkCalendar): boolean {
  const now = minuteOfDay(at)
  return isWorkingDay(dayOf(at), calendar) && calendar.windows.some(([a, b]) => a <= now && now < b)
}
