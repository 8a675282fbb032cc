/** The page of today, computed on the phone from what it holds: visits, households to confirm, events, in walking order. */
import { dayNumber, dayNumberAt, minuteOfDay } from '@fengge/domain/kernel/time'
import { confirmingMatter } from '@fengge/domain/matters/terms'
import { addressLine } from '@fengge/domain/registry/addresses/address-line'
import { planDay, walkBetween, type DayPlan, type PlanItem, type Spot } from '@fengge/domain/visits/planning/day-plan'
import { planHousehold, planTask, startsAt, type Planned } from '@fengge/domain/visits/planning/due'
import type { Held } from '@fengge/domain/sync/rows'
import type { Holdings } from './holdings.ts'
import type { KeptAct } from './outbox.ts'

export interface TodayItem {
  readonly id: string
  readonly kind: 'task' | 'house'
  readonly title: string
  readonly who: string
  readonly address: string
  readonly href: string
  readonly dueOn: number
  readonly matter: string
  readonly cautions: readonly string[]
  readonly note: string
}
export interface TodayStop {
  readonly spot: string
  readonly name: string
  readonly arrive: number
  /** Minutes on foot from where one comes from; null where that is not known. */
  readonly walk: number | null
  readonly isLate: boolean
  readonly items: readonly (TodayItem & {
    readonly why: DayPlan['stops'][number]['items'][number]['why']
    readonly days: number
  })[]
}
export interface Today {
  readonly stops: readonly TodayStop[]
  readonly elsewhere: readonly TodayItem[]
  readonly left: readonly TodayItem[]
  readonly walked: number
  readonly minutes: number
  readonly toCheck: readonly Held['event'][]
  readonly toHandle: readonly Held['event'][]
  readonly later: number
}

export interface TodayAsk {
  readonly holdings: Holdings
  readonly acts: readonly KeptAct[]
  readonly now: number
  readonly start: { lng: number; lat: number } | null
  readonly budget: number
  readonly order: readonly string[]
}

const checking = new Set(['pass', 'fail', 'check-unable'])
const handling = new Set(['verify', 'sign', 'finish', 'finish-co-handling'])

export function makeToday(ask: TodayAsk): Today {
  const { holdings, now, start, budget, order } = ask
  const day = dayNumberAt(now)
  const settled = new Set(ask.acts.filter((k) => k.state === 'waiting' || k.state === 'held').map((k) => k.act.subject))
  const due = [...dueTasks(holdings, day), ...dueHouses(holdings, day)].filter((d) => !settled.has(d.item.id))
  const { items, spots, planned, elsewhere } = placeAll(holdings, due, day)
  const plan = planDay({
    today: day,
    items: planned,
    spots,
    start,
    startAt: startsAt(minuteOfDay(now)),
    budget,
  })
  const inOrder =
    order.length === 0 ? plan.stops : plan.stops.toSorted((a, b) => rank(order, a.spot) - rank(order, b.spot))
  const stops = inOrder.map((s, i): TodayStop => ({
    spot: s.spot,
    walk: walkTo(spots, s.spot, inOrder[i - 1]?.spot, start),
    name: nameOfSpot(holdings, s.spot, items),
    arrive: s.arrive,
    isLate: s.isLate,
    items: s.items.flatMap((i) => {
      const item = items.get(i.id)
      return item ? [{ ...item, why: i.why, days: i.days }] : []
    }),
  }))
  const events = [...holdings.table('event').values()]
    .filter((e) => !settled.has(e.id))
    .toSorted((a, b) => ((a.dueAt ?? '9') < (b.dueAt ?? '9') ? -1 : 1))
  return {
    stops,
    elsewhere,
    left: plan.left.flatMap((id) => items.get(id) ?? []),
    walked: Math.round(plan.walked),
    minutes: Math.round(plan.minutes),
    toCheck: events.filter((e) => e.can.some((c) => checking.has(c))),
    toHandle: events.filter((e) => !e.can.some((c) => checking.has(c)) && e.can.some((c) => handling.has(c))),
    later: [...holdings.table('task').values()].filter((t) => dayNumber(t.earliestOn) > day).length,
  }
}

/** On foot to a spot, from the one before it or from where one stands. */
function walkTo(spots: readonly Spot[], to: string, from: string | undefined, start: TodayAsk['start']): number | null {
  const at = (id: string | undefined) => spots.find((s) => s.id === id)
  const [a, b] = [at(from) ?? (from === undefined ? start : null), at(to)]
  return a && b ? Math.max(1, Math.round(walkBetween(a, b))) : null
}

/** Something to do, where, and what the plan has to know of it. */
interface Due {
  readonly item: TodayItem
  readonly at: { readonly building: string | null; readonly lng: number | null; readonly lat: number | null }
  readonly plan: Planned
}

function dueTasks(holdings: Holdings, day: number): Due[] {
  return [...holdings.table('task').values()].map((t) => ({
    item: {
      id: t.id,
      kind: 'task',
      title: t.title,
      who: t.name ?? '',
      address: t.address,
      href: `#visit/${t.id}`,
      dueOn: dayNumber(t.dueOn),
      matter: matterName(holdings, t.matterId),
      cautions: t.cautions,
      note: t.note,
    },
    at: { building: t.buildingId, lng: t.lng, lat: t.lat },
    plan: planTask(t, day),
  }))
}

/** Households to confirm, under the matter for it; without one in force there is no such list. */
function dueHouses(holdings: Holdings, day: number): Due[] {
  const rule = confirmRule(holdings)
  if (rule === undefined) return []
  return [...holdings.table('house').values()].flatMap((h): Due[] => {
    const plan = planHousehold(h.dueDay, day)
    if (!plan) return []
    const item: TodayItem = {
      id: h.id,
      kind: 'house',
      title: '',
      who: '',
      address: holdings.addressOf(h),
      href: `#grid/h.${h.id}`,
      dueOn: plan.due,
      matter: rule.name,
      cautions: [],
      note: '',
    }
    const at = { building: h.buildingId, lng: null, lat: null }
    return [{ item, at, plan }]
  })
}

/** Each to the spot of its building; what has no place is not planned, but shown once it is due. */
function placeAll(holdings: Holdings, due: readonly Due[], day: number) {
  const buildings = holdings.table('building')
  const spots = new Map<string, Spot>()
  const planned: PlanItem[] = [],
    elsewhere: TodayItem[] = []
  for (const { item, at, plan } of due) {
    const building = at.building === null ? undefined : buildings.get(at.building)
    const lng = at.lng ?? building?.lng,
      lat = at.lat ?? building?.lat
    if (typeof lng !== 'number' || typeof lat !== 'number') {
      if (plan.due <= day) elsewhere.push(item)
      continue
    }
    const spot = at.building ?? item.id
    spots.set(spot, { id: spot, lng, lat })
    planned.push({ id: item.id, spot, ...plan })
  }
  return { items: new Map(due.map((d) => [d.item.id, d.item])), spots: [...spots.values()], planned, elsewhere }
}

/** The worker's own order of buildings, where there is one; new ones go last. */
const rank = (order: readonly string[], spot: string) => {
  const i = order.indexOf(spot)
  return i === -1 ? order.length : i
}
const matterName = (holdings: Holdings, id: string) => holdings.config?.matters.find((m) => m.id === id)?.name ?? ''
const confirmRule = (holdings: Holdings) =>
  holdings.config === null ? { name: '' } : confirmingMatter(holdings.config.matters)

function nameOfSpot(holdings: Holdings, spot: string, items: ReadonlyMap<string, TodayItem>): string {
  const building = holdings.table('building').get(spot)
  if (!building) return items.get(spot)?.address ?? ''
  const estate = building.estateId === null ? undefined : holdings.table('estate').get(building.estateId)
  return addressLine({ estate: estate?.name, building: building.no })
}
