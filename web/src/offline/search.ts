/** Finding people, houses and shops on the phone, by every word of what is typed. */
import type { Held } from '@fengge/domain/sync/rows'
import type { Holdings } from './holdings.ts'

export interface Found {
  readonly kind: 'person' | 'house' | 'unit'
  readonly id: string
  readonly name: string
}
export interface IndexLine extends Found {
  readonly text: string
}
const most = 50
const order = { person: 0, house: 1, unit: 2 } as const

/** Lines whose text holds every word; fifty at most. */
export function findIn(index: readonly IndexLine[], text: string): Found[] {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .filter((w) => w !== '')
  if (words.length === 0) return []
  const found: Found[] = []
  for (const line of index) {
    if (words.every((w) => line.text.includes(w))) found.push(line)
    if (found.length >= most) break
  }
  return found
}

export function buildIndex(holdings: Holdings): IndexLine[] {
  const homes = new Map([...holdings.table('link').values()].map((l) => [l.personId, l.houseId]))
  const houses = [...holdings.table('house').values()].map((h) => houseLine(h.id, holdings.addressOf(h)))
  const addresses = new Map(houses.map((h) => [h.id, h.name]))
  const people = [...holdings.table('person').values()].map((p) =>
    personLine(p, addresses.get(homes.get(p.id) ?? '') ?? ''),
  )
  const units = [...holdings.table('unit').values()].map(({ id, name }): IndexLine => ({
    kind: 'unit',
    id,
    name,
    text: name.toLowerCase(),
  }))
  return [...people, ...houses, ...units].toSorted((a, b) => order[a.kind] - order[b.kind])
}

/** An address is found as it is written, by its parts, and as 3-501. */
function houseLine(id: string, name: string): IndexLine {
  const parts = name.replaceAll(/[幢单元室]/g, ' ')
  const dashes = name.replaceAll(/[幢单元]+/g, '-').replace('室', '')
  return { kind: 'house', id, name, text: `${name} ${parts} ${dashes}`.toLowerCase() }
}

function personLine({ id, name, values }: Held['person'], address: string): IndexLine {
  return { kind: 'person', id, name, text: `${name} ${String(values['phone'] ?? '')} ${address}`.toLowerCase() }
}
