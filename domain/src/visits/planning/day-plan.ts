/**
 * The plan of a day: which items, in which order, and why each is there. All that is due comes first, by priority
 * and lateness; then what is due soon in buildings that are opened anyway, never before its earliest day; then a
 * walking order. A proposal: the worker may put it in another order. Source: algorithms.md 3.3, requirements.md V1.
 */
import { orderStops, type Stop } from './route.ts'

export interface PlanItem {
  readonly id: string
  /** Where it is: items of one spot (a building) are done together. */
  readonly spot: string
  /** Day numbers (any running count of days). */
  readonly earliest: number
  readonly due: number
  readonly minutes: number
  /** 1 gives way first, 9 last. */
  readonly priority: number
  readonly opens?: number | undefined
  readonly shuts?: number | undefined
}
export interface Spot {
  readonly id: string
  readonly lng: number
  readonly lat: number
  readonly floors?: number
}

export type WhyKey = 'late' | 'due-today' | 'due-in' | 'same-building' | 'season' | 'back'
export interface PlannedItem {
  readonly id: string
  readonly why: WhyKey
  readonly days: number
}
export interface PlannedStop {
  readonly spot: string
  readonly arrive: number
  readonly items: readonly PlannedItem[]
  readonly isLate: boolean
}
export interface DayPlan {
  readonly stops: readonly PlannedStop[]
  readonly walked: number
  readonly minutes: number
  readonly left: readonly string[]
}

export interface PlanAsk {
  readonly today: number
  readonly items: readonly PlanItem[]
  readonly spots: readonly Spot[]
  readonly start: { readonly lng: number; readonly lat: number } | null
  readonly startAt: number
  /** Minutes of the working day, walking included. */
  readonly budget: number
  readonly rounds?: number
  readonly seed?: number
}

const walkingSpeed = 70 // metres a minute
const detour = 1.3
/** Minutes at a building beside the visits: the way in, stairs or lift. */
const openMinutes = 2

/** Walking minutes between two points: straight line times 1.3 at 70 m a minute. */
export function walkBetween(a: { lng: number; lat: number }, b: { lng: number; lat: number }): number {
  // The middle latitude, so that the way there is as long as the way back: the search for an order relies on it.
  const x = (a.lng - b.lng) * 111_320 * Math.cos(((a.lat + b.lat) * Math.PI) / 360)
  const y = (a.lat - b.lat) * 110_540
  return (Math.hypot(x, y) * detour) / walkingSpeed
}

/** Share of a budget left for walking when items are chosen; what remains is filled afterwards. */
const walkingShare = 0.85
/** How early, as a share of the days between earliest and due, a visit may come along with others of its building. */
const takeAlongShare = 0.8

export function planDay(ask: PlanAsk): DayPlan {
  const spots = new Map(ask.spots.map((s) => [s.id, s]))
  const open = ask.items.filter((i) => spots.has(i.spot) && i.earliest <= ask.today)
  const chosen = chooseItems(open, ask)
  const bySpot = Map.groupBy(chosen, (i) => i.spot)
  const ids = [...bySpot.keys()]
  const route = orderStops({
    walk: walkMatrix(
      ids.map((id) => spots.get(id)!),
      ask.start,
    ),
    stops: ids.map((id) => stopOf(bySpot.get(id)!)),
    startAt: ask.startAt,
    isRound: false,
    rounds: ask.rounds ?? (chosen.some((i) => i.shuts !== undefined || i.opens !== undefined) ? 10 : 150),
    seed: ask.seed ?? 7,
  })
  const stops = route.order.map((index, k): PlannedStop => {
    const here = bySpot.get(ids[index]!)!
    const isOpened = here.some((i) => i.due <= ask.today)
    return {
      spot: ids[index]!,
      arrive: Math.round(route.arrivals[k]!),
      isLate: here.some((i) => i.shuts !== undefined && route.arrivals[k]! > i.shuts + 1e-6),
      items: here
        .toSorted((a, b) => a.due - b.due || b.priority - a.priority || (a.id < b.id ? -1 : 1))
        .map((i) => ({ id: i.id, ...whyHere(i, ask.today, isOpened) })),
    }
  })
  const taken = new Set(chosen.map((i) => i.id))
  return {
    stops,
    walked: route.walked,
    minutes: route.walked + ids.length * openMinutes + chosen.reduce((sum, i) => sum + i.minutes, 0),
    left: open.filter((i) => i.due <= ask.today && !taken.has(i.id)).map((i) => i.id),
  }
}

function whyHere(item: PlanItem, today: number, isOpened: boolean): { why: WhyKey; days: number } {
  if (item.due < today) return { why: 'late', days: today - item.due }
  if (item.due === today) return { why: 'due-today', days: 0 }
  return { why: isOpened ? 'same-building' : 'due-in', days: item.due - today }
}

/** What is due, worst first, until the day is full; then what is due soon where a building is opened anyway. */
function chooseItems(open: readonly PlanItem[], ask: PlanAsk): PlanItem[] {
  const room = ask.budget * walkingShare
  let used = 0
  const opened = new Set<string>()
  const chosen: PlanItem[] = []
  const take = (item: PlanItem): boolean => {
    const cost = item.minutes + (opened.has(item.spot) ? 0 : openMinutes)
    if (used + cost > room) return false
    used += cost
    opened.add(item.spot)
    chosen.push(item)
    return true
  }
  const due = open
    .filter((i) => i.due - headStart(i) <= ask.today)
    .toSorted((a, b) => b.priority - a.priority || a.due - b.due || inSpotOrder(a, b))
  for (const item of due) take(item)
  const isDueFull = chosen.length < due.length
  const soon = isDueFull
    ? []
    : open
        .filter((i) => i.due - headStart(i) > ask.today && opened.has(i.spot) && isNear(i, ask.today))
        .toSorted((a, b) => a.due - b.due || b.priority - a.priority)
  for (const item of soon) take(item)
  return chosen
}

const inSpotOrder = (a: PlanItem, b: PlanItem): number => {
  if (a.spot === b.spot) return 0
  return a.spot < b.spot ? -1 : 1
}

/** What matters more than the lowest is taken up to two days early, so that a crowded day makes nothing of it late. */
const headStart = (item: PlanItem): number =>
  item.priority >= 5 ? Math.min(2, Math.floor((item.due - item.earliest) * 0.2)) : 0

/** Due soon enough to come along: late in its term, so that visits are not made much more often than asked. */
const isNear = (item: PlanItem, today: number): boolean =>
  today - item.earliest >= (item.due - item.earliest) * takeAlongShare

function stopOf(items: readonly PlanItem[]): Stop {
  const opens = items.flatMap((i) => i.opens ?? []),
    shuts = items.flatMap((i) => i.shuts ?? [])
  return {
    stay: openMinutes + items.reduce((sum, i) => sum + i.minutes, 0),
    opens: opens.length > 0 ? Math.max(...opens) : undefined,
    shuts: shuts.length > 0 ? Math.min(...shuts) : undefined,
  }
}

function walkMatrix(spots: readonly Spot[], start: { lng: number; lat: number } | null): number[][] {
  const from =
    start ??
    (spots.length === 0
      ? { lng: 0, lat: 0 }
      : {
          lng: spots.reduce((s, p) => s + p.lng, 0) / spots.length,
          lat: spots.reduce((s, p) => s + p.lat, 0) / spots.length,
        })
  const all = [from, ...spots]
  return all.map((a) => all.map((b) => walkBetween(a, b)))
}
