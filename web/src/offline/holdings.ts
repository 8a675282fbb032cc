/** What the phone holds, in memory: rows of the feed by kind, as rows.ts defines them, and how they hang together. */
import type { Me } from '@fengge/domain/identity/contract'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Config } from '@fengge/domain/sync/config'
import type { pull } from '@fengge/domain/sync/contract'
import type { RowOf } from '@fengge/domain/kernel/row'
import { notice } from '@fengge/domain/events/rows'
import { config, held, heldKinds, type Gone, type Held, type HeldKind } from '@fengge/domain/sync/rows'
import { addressLine } from '@fengge/domain/registry/addresses/address-line'
import { buildIndex, findIn, type Found, type IndexLine } from './search.ts'

export type PulledRows = ReplyOf<typeof pull>
export type Notice = RowOf<typeof notice>
type Tables = { readonly [K in HeldKind]: Map<string, Held[K]> }
/** What left the phone lately and why, so that its holder is not left guessing. */
export interface Left {
  readonly kind: HeldKind
  readonly name: string
  readonly why: Gone[2]
  readonly at: number
}

export class Holdings {
  cursor = ''
  me: Me | null = null
  config: Config | null = null
  pulledAt = 0
  isWhole = false
  notices: readonly Notice[] = []
  left: readonly Left[] = []
  /** The whole itself lacked what it was told to hold: to ask for it again brings nothing. */
  private lacksInWhole = false
  private readonly tables: Tables = emptyTables()
  private byHouse: Map<string, Held['link'][]> | undefined
  private index: readonly IndexLine[] | undefined

  table<K extends HeldKind>(kind: K): Map<string, Held[K]> {
    return this.tables[kind]
  }

  /** Takes a pull in. A part of the day never takes the place of the whole. */
  apply(p: PulledRows): void {
    if (p.isWhole) for (const kind of heldKinds) this.tables[kind].clear()
    if (p.part === 'all') {
      this.cursor = p.cursor
      this.isWhole = true
    }
    this.me = p.me ?? this.me
    this.pulledAt = p.now
    for (const kind of heldKinds) this.put(kind, p)
    for (const gone of p.gone) this.remove(gone, p.now)
    const isLacking = [this.keepOnly('event', p.keep.event), this.keepOnly('task', p.keep.task)].includes(false)
    if (p.isWhole) this.lacksInWhole = isLacking
    else if (isLacking && p.part === 'all' && !this.lacksInWhole) this.miss()
    if (p.rows.notice) this.notices = p.rows.notice.map(notice.unpack)
    const [wire] = p.rows.config ?? []
    if (wire) this.config = config.unpack(wire).body
    this.byHouse = undefined
    this.index = undefined
  }
  /** Something that belongs here is not here: the next pull asks for the whole. */
  miss(): void {
    this.cursor = ''
    this.isWhole = false
  }
  private put<K extends HeldKind>(kind: K, p: PulledRows): void {
    for (const wire of p.rows[kind] ?? []) {
      const row = held[kind].unpack(wire) as Held[K]
      this.table(kind).set(row.id, kind === 'task' ? (placed(row as Held['task']) as Held[K]) : row)
    }
  }
  private remove([kind, id, why]: Gone, now: number): void {
    const row = this.tables[kind].get(id)
    if (!row) return
    this.tables[kind].delete(id)
    if (why !== 'moved' && why !== 'merged' && why !== 'gone') return
    const name = ('name' in row && row.name) || ('roomNo' in row && row.roomNo) || ''
    this.left = [{ kind, name, why, at: now }, ...this.left].slice(0, 30)
  }
  /**
   * What leaves one's reach leaves no trace in its row: the ids of all that belong here are told by their ends.
   * @returns whether all of them are here
   */
  private keepOnly(kind: 'event' | 'task', ends: readonly string[] | undefined): boolean {
    if (!ends) return true
    const kept = new Set(ends)
    const here = new Set<string>()
    for (const id of this.tables[kind].keys()) {
      const end = id.slice(-12)
      if (kept.has(end)) here.add(end)
      else this.tables[kind].delete(id)
    }
    return here.size === kept.size
  }

  /** The posts of the phone's holder, none before the first pull. */
  postings(): Me['postings'] {
    return this.me?.postings ?? []
  }
  linksOf(houseId: string): readonly Held['link'][] {
    this.byHouse ??= Map.groupBy(this.tables.link.values(), (l) => l.houseId)
    return this.byHouse.get(houseId) ?? []
  }
  addressOf(house: Held['house']): string {
    const building = house.buildingId === null ? undefined : this.tables.building.get(house.buildingId)
    const estate = building?.estateId ? this.tables.estate.get(building.estateId) : undefined
    const unit = house.values['unitNo']
    return addressLine({
      estate: estate?.name,
      building: building?.no,
      unitNo: unit ? String(unit) : '',
      room: house.roomNo,
    })
  }

  /** Names, rooms, shops; several words must all occur. Some fifty at most. */
  search(text: string): Found[] {
    this.index ??= buildIndex(this)
    return findIn(this.index, text)
  }
}

/** Where the registry knows no house, the address in words. */
const placed = (row: Held['task']): Held['task'] => (row.address === '' ? { ...row, address: row.place ?? '' } : row)

const emptyTables = (): Tables => ({
  estate: new Map(),
  building: new Map(),
  house: new Map(),
  person: new Map(),
  link: new Map(),
  unit: new Map(),
  facility: new Map(),
  task: new Map(),
  event: new Map(),
  service: new Map(),
})
