/**
 * A year of one grid, to measure the plan by: recurring visits in buildings, a worker's hours, people who are not at
 * home. Made by a seed; the same for the planner and for "oldest due first". Source: algorithms.md 3.2, 3.6.
 */
import { planDay, walkBetween, type PlanItem, type Spot } from './day-plan.ts'
import { dice } from './route.ts'

export interface YearAsk {
  readonly seed: number
  readonly days: number
  readonly load: number
  readonly missRate: number
  readonly planner: 'plan' | 'oldest-first'
}
export interface YearFigures {
  readonly visits: number
  readonly required: number
  readonly onTime: number
  readonly walked: number
  readonly overVisit: number
  readonly tooSoon: number
  readonly lateByPriority: Readonly<Record<number, number>>
  readonly slowestMs: number
}

interface Recurring {
  readonly id: string
  readonly spot: string
  readonly period: number
  readonly minutes: number
  readonly priority: number
  last: number
  retry: number
}

/** 18 buildings and 684 visits: 6 weekly, 18 fortnightly, 100 monthly, 560 twice a year, scaled to a share of the day. */
function makeGrid(
  seed: number,
  load: number,
  missRate: number,
): { spots: Spot[]; visits: Recurring[]; budget: number } {
  const random = dice(seed)
  const spots = Array.from({ length: 18 }, (_, i) => ({
    id: `b${i}`,
    lng: 120.3 + random() * 0.008,
    lat: 31.6 + random() * 0.008,
  }))
  const kinds = [
    [6, 5, 20, 8],
    [18, 10, 20, 7],
    [100, 20, 15, 5],
    [560, 120, 10, 2],
  ] as const
  const visits = kinds.flatMap(([count, period, minutes, priority]) =>
    Array.from({ length: count }, (_, i) => ({
      id: `v${period}-${i}`,
      spot: spots[Math.floor(random() * spots.length)]!.id,
      period,
      minutes,
      priority,
      last: -runIn - Math.floor(random() * period),
      retry: -1000,
    })),
  )
  // Walking and ways in take about an hour of such a day; whoever is not at home is gone to again.
  const perDay =
    kinds.reduce((sum, [count, period, minutes]) => sum + (count * minutes) / period, 0) / (1 - missRate) + 64
  return { spots, visits, budget: perDay / load }
}

export function liveYear(ask: YearAsk, clock: () => number = () => 0): YearFigures {
  const { spots, visits, budget } = makeGrid(ask.seed, ask.load, ask.missRate)
  const random = dice(ask.seed + 1)
  const byId = new Map(visits.map((v) => [v.id, v]))
  const figures = {
    visits: 0,
    onTime: 0,
    walked: 0,
    tooSoon: 0,
    slowestMs: 0,
    lateByPriority: {} as Record<number, number>,
  }
  for (let day = -runIn; day < ask.days; day++) {
    const items = visits.map((v): PlanItem => ({
      id: v.id,
      spot: v.spot,
      earliest: Math.max(v.retry, v.last + Math.ceil(v.period / 2)),
      due: v.last + v.period,
      minutes: v.minutes,
      priority: v.priority,
    }))
    const began = clock()
    const done =
      ask.planner === 'plan'
        ? fromPlan(planDay({ today: day, items, spots, start: spots[0]!, startAt: 540, budget, rounds: 40, seed: day }))
        : oldestFirst(items, spots, budget, day)
    figures.slowestMs = Math.max(figures.slowestMs, clock() - began)
    const isCounted = day >= 0
    if (isCounted) figures.walked += done.walked
    for (const id of done.ids) {
      const visit = byId.get(id)!
      if (random() < ask.missRate) {
        visit.retry = day + 1
        continue
      }
      if (isCounted) figures.visits++
      if (isCounted && day - visit.last < visit.period / 2) figures.tooSoon++
      const isOnTime = day <= visit.last + visit.period + (ask.missRate > 0 ? graceOf(visit.period) : 0)
      if (isCounted && isOnTime) figures.onTime++
      else if (isCounted) figures.lateByPriority[visit.priority] = (figures.lateByPriority[visit.priority] ?? 0) + 1
      visit.last = day
      visit.retry = -1000
    }
  }
  const required = visits.reduce((sum, v) => sum + ask.days / v.period, 0)
  return {
    ...figures,
    required,
    onTime: figures.onTime / Math.max(1, figures.visits),
    overVisit: figures.visits / required,
  }
}

/** Days before counting begins: the first days are as crowded as chance made them, before any plan had a say. */
const runIn = 20

/** A day late in a week is not late for one whose visit comes twice a year: a tenth of the period, at least a day. */
const graceOf = (period: number) => Math.max(1, Math.round(period * 0.1))

const fromPlan = (plan: ReturnType<typeof planDay>) => ({
  ids: plan.stops.flatMap((s) => s.items.map((i) => i.id)),
  walked: plan.walked,
})

/** What is done without a plan: what has been due longest, one after another, wherever it is. */
function oldestFirst(
  items: readonly PlanItem[],
  spots: readonly Spot[],
  budget: number,
  today: number,
): { ids: string[]; walked: number } {
  const at = new Map(spots.map((s) => [s.id, s]))
  const due = items
    .filter((i) => i.due <= today && i.earliest <= today)
    .toSorted((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1))
  let from = spots[0]!,
    used = 0,
    walked = 0
  const ids: string[] = []
  for (const item of due) {
    const to = at.get(item.spot)!
    const step = walkBetween(from, to)
    if (used + step + item.minutes > budget) break
    used += step + item.minutes
    walked += step
    from = to
    ids.push(item.id)
  }
  return { ids, walked }
}
