/** Figures of a place and of the places right below it, summed from a tally of places, kinds and sorts (R1). */
import { letUses } from './group-rent.ts'

export interface Tally {
  readonly placeId: string
  readonly kind: string
  readonly sort: string
  readonly n: number
}

export interface PlaceFigures {
  readonly id: string
  persons: number
  floating: number
  houses: number
  rental: number
  units: number
}

export interface Composition {
  readonly persons: number
  readonly byKind: Record<string, number>
  readonly houses: number
  readonly byUse: Record<string, number>
  readonly units: number
  readonly floatingShare: number
  readonly rentalShare: number
  readonly places: PlaceFigures[]
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0)
/** A share to four digits; of nothing it is nought. */
const share = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000)
const add = (into: Record<string, number>, key: string, n: number) => {
  into[key] = (into[key] ?? 0) + n
}

/** @param childOf the place right below the one looked at that holds a place, itself, or undefined where it is elsewhere */
export function composeFigures(
  tallies: readonly Tally[],
  childOf: (placeId: string) => string | undefined,
): Composition {
  const byKind: Record<string, number> = {}
  const byUse: Record<string, number> = {}
  const places = new Map<string, PlaceFigures>()
  for (const tally of tallies) {
    const child = childOf(tally.placeId)
    if (child === undefined) continue
    const place = places.get(child) ?? { id: child, persons: 0, floating: 0, houses: 0, rental: 0, units: 0 }
    places.set(child, place)
    countInto(place, tally)
    if (tally.kind === 'person') add(byKind, tally.sort, tally.n)
    if (tally.kind === 'house') add(byUse, tally.sort, tally.n)
  }
  const rows = [...places.values()].toSorted((a, b) => b.persons - a.persons)
  const [persons, houses] = [sum(byKind), sum(byUse)]
  const rental = rows.reduce((n, p) => n + p.rental, 0)
  return {
    persons,
    byKind,
    houses,
    byUse,
    units: rows.reduce((n, p) => n + p.units, 0),
    floatingShare: share(byKind['floating'] ?? 0, persons),
    rentalShare: share(rental, houses),
    places: rows,
  }
}

function countInto(place: PlaceFigures, { kind, sort, n }: Tally): void {
  if (kind === 'person') {
    place.persons += n
    if (sort === 'floating') place.floating += n
  }
  if (kind === 'house') {
    place.houses += n
    if (letUses.includes(sort)) place.rental += n
  }
  if (kind === 'unit') place.units += n
}
