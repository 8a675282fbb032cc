/** When things happen: by season, by day of the week and by hour of the day. */
import { addDays, dayLength, hour, startOf, weekdayOf, type Day } from '@fengge/domain/kernel/time'
import type { Dice } from '../random.ts'

/** How much more or less often than on an even day, by month from January. */
const monthly = {
  year: [0.9, 0.8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  summer: [0.2, 0.2, 0.3, 0.6, 1, 2, 2.4, 2.4, 1.8, 0.8, 0.3, 0.2],
  rain: [0.4, 0.4, 0.6, 0.8, 1, 2, 2.2, 2, 1.4, 0.7, 0.5, 0.4],
  winter: [2, 1.8, 0.9, 0.5, 0.4, 0.3, 0.4, 0.4, 0.5, 0.9, 1.8, 2],
  spring: [0.4, 0.6, 3, 4, 1, 0.3, 0.2, 0.2, 0.3, 0.4, 0.4, 0.4],
  harvest: [0.05, 0.05, 0.1, 0.2, 2.5, 2.5, 0.2, 0.1, 0.6, 3, 2.5, 0.3],
  school: [0.4, 0.5, 1.4, 1.2, 1.3, 1.6, 0.5, 1, 1.8, 1.2, 1.2, 1],
  warm: [0.1, 0.1, 0.4, 1, 1.5, 2, 2, 2, 1.6, 0.9, 0.3, 0.1],
} as const
export type Season = keyof typeof monthly
export const seasons = Object.keys(monthly) as Season[]

/** From, until and how often, in hours of the day. */
const hourly = {
  day: [
    [8.5, 11.5, 5],
    [13.5, 17.5, 5],
    [18, 20.5, 1],
  ],
  evening: [
    [17, 22, 6],
    [9, 17, 3],
  ],
  morning: [
    [6.5, 9.5, 5],
    [10, 17.5, 3],
  ],
  night: [
    [20, 24, 5],
    [0, 5, 1],
    [8, 18, 3],
  ],
  market: [
    [6.5, 9, 5],
    [10, 16, 1],
    [16.5, 19.5, 4],
  ],
  any: [
    [7, 22, 9],
    [22, 24, 0.6],
    [0, 7, 0.4],
  ],
} as const
type Span = readonly [from: number, until: number, weight: number]
export type HourKind = keyof typeof hourly
export const hourKinds = Object.keys(hourly) as HourKind[]

const monthOf = (day: Day) => Number(day.slice(5, 7)) - 1
const isRestDay = (day: Day) => [0, 6].includes(weekdayOf(day) % 7)

/** How much of a season lies in some days; one for an even year. */
export function shareOfSeason(season: Season, days: readonly Day[]): number {
  return days.reduce((sum, day) => sum + monthly[season][monthOf(day)]!, 0) / days.length
}

export const daysFrom = (from: Day, count: number): Day[] => Array.from({ length: count }, (_, i) => addDays(from, i))

/** A moment on one of the days. */
export function drawMoment(season: Season, hours: HourKind, days: readonly Day[], dice: Dice): number {
  const most = Math.max(...monthly[season])
  let day = dice.pick(days)
  for (let i = 0; i < 60 && !dice.chance((monthly[season][monthOf(day)]! / most) * (isRestDay(day) ? 0.6 : 1)); i++)
    day = dice.pick(days)
  const [from, until] = pickWeighted<Span>(hourly[hours], ([, , weight]) => weight, dice)
  return Math.min(startOf(day) + (from + dice.next() * (until - from)) * hour, startOf(day) + dayLength - 1000)
}

/** One of a list, by weight. */
export function pickWeighted<T>(list: readonly T[], weightOf: (item: T) => number, dice: Dice): T {
  let left = dice.next() * list.reduce((sum, item) => sum + weightOf(item), 0)
  for (const item of list) {
    left -= weightOf(item)
    if (left < 0) return item
  }
  return list.at(-1)!
}
