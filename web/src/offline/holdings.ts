/** What the phone holds, in memory: rows of the feed by kind, found by name, number, address and sound of the initials. */
import { addDays } from '@fengge/domain/kernel/time'

export interface PulledRows {
  readonly isWhole: boolean
  readonly part: 'all' | 'day'
  readonly cursor: string
  readonly now: number
  readonly scope: string
  readonly me: unknown
  readonly rows: Readonly<Record<string, readonly (readonly unknown[])[]>>
  readonly gone: readonly (readonly [string, string, string])[]
  readonly keep: Readonly<Record<string, readonly string[]>>
}
type Values = Readonly<Record<string, string | number | boolean>>

export interface Estate {
  id: string
  name: string
  hasProperty: boolean | null
}
export interface Building {
  id: string
  estateId: string | null
  no: string
  lng: number | null
  lat: number | null
}
export interface House {
  id: string
  version: number
  buildingId: string | null
  roomNo: string
  use: string
  values: Values
  dueDay: number | null
  askedDay: number | null
  gridId: string
  isNew: boolean
}
export interface Person {
  id: string
  version: number
  name: string
  kind: string
  values: Values
  dueDay: number | null
  gridId: string
  gaps: string[]
}
export interface Link {
  id: string
  personId: string
  houseId: string
  role: string
  isLead: boolean
}
export interface Unit {
  id: string
  version: number
  parentId: string | null
  name: string
  kind: string
  values: Values
  dueDay: number | null
  gridId: string
}
export interface HeldTask {
  id: string
  version: number
  matterId: string
  origin: string
  originName: string
  subjectKind: string
  subjectId: string
  gridId: string
  formCode: string
  title: string
  note: string
  earliestOn: string
  dueOn: string
  windowFrom: number | null
  windowTo: number | null
  minutes: number
  priority: number
  cautions: string[]
  tries: number
  name: string | null
  houseId: string | null
  buildingId: string | null
  address: string
  lng: number | null
  lat: number | null
}
export interface HeldEvent {
  id: string
  version: number
  no: string
  title: string
  content: string
  placeText: string
  lng: number | null
  lat: number | null
  gridId: string | null
  reportedAt: string
  isMine: boolean
  status: string
  categoryCode: string
  urgency: number
  dueAt: string | null
  stageStartedAt: string
  departmentName: string | null
  answer: string | null
  can: string[]
  flow: [string, string, string, string | null][]
}
export interface HeldService {
  id: string
  version: number
  state: string
  no: string
  what: string
  personId: string | null
  gridId: string
  dueOn: string
  takenBy: string
  steps: { state: string; at: string; byName: string; note: string }[]
  askedBy: string
}
export interface Notice {
  id: string
  eventId: string
  kind: string
  at: string
  title: string
}
export interface FieldConfig {
  kind: string
  code: string
  name: string
  nameEn: string
  type: string
  isAsked: boolean
  isRequired: boolean
  purpose: string
  choices: [string, string, string][]
  tier: string
}
export interface FormConfig {
  code: string
  name: string
  nameEn: string
  subject: string
  fields: {
    code: string
    name: string
    nameEn: string
    type: 'choice' | 'flag' | 'text'
    choices: [string, string, string][]
    isRequired: boolean
    hazardWhen: string
    why: string
  }[]
  photoWhy: string
  categoryCode: string
}
export interface MatterConfig {
  id: string
  code: string
  name: string
  nameEn: string
  minutes: number
  evidence: string
  evidenceWhy: string
  basis: string
  frequency: string
}
export interface ArticleConfig {
  id: string
  kind: string
  title: string
  body: string
  keywords: string
  source: string
  sourceUrl: string
  validFrom: string
  validTo: string | null
}
export interface PlaceConfig {
  id: string
  name: string
  code: string
  isMine: boolean
  village: string
}
export interface Config {
  catalogue: [string, string, string, string, string, string[], string | null, string | null][]
  fields: FieldConfig[]
  forms: FormConfig[]
  matters: MatterConfig[]
  articles: ArticleConfig[]
  places: PlaceConfig[]
  borders: { id: string; geometry: { coordinates: [number, number][][][] } }[]
}

export const today = (now: number): string => new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)
export const dayNumber = (day: string): number => Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
export { addDays }

type Row = readonly any[]
const readers: Readonly<Record<string, (r: Row) => { id: string }>> = {
  estate: ([id, , name, hasProperty]) => ({ id, name, hasProperty }),
  building: ([id, , estateId, no, lng, lat]) => ({ id, estateId, no, lng, lat }),
  house: ([id, version, buildingId, roomNo, use, values, dueDay, askedDay, gridId, isNew]) => ({
    id,
    version,
    buildingId,
    roomNo,
    use,
    values,
    dueDay,
    askedDay,
    gridId,
    isNew,
  }),
  person: ([id, version, name, kind, values, dueDay, gridId, gaps]) => ({
    id,
    version,
    name,
    kind,
    values,
    dueDay,
    gridId,
    gaps,
  }),
  link: ([id, personId, houseId, role, isLead]) => ({ id, personId, houseId, role, isLead }),
  unit: ([id, version, parentId, name, kind, values, dueDay, gridId]) => ({
    id,
    version,
    parentId,
    name,
    kind,
    values,
    dueDay,
    gridId,
  }),
  facility: ([id, version, parentId, name, kind, values, dueDay, gridId]) => ({
    id,
    version,
    parentId,
    name,
    kind,
    values,
    dueDay,
    gridId,
  }),
  task: ([
    id,
    version,
    ,
    matterId,
    origin,
    originName,
    subjectKind,
    subjectId,
    gridId,
    formCode,
    title,
    note,
    earliestOn,
    dueOn,
    windowFrom,
    windowTo,
    minutes,
    priority,
    cautions,
    tries,
    name,
    houseId,
    buildingId,
    address,
    lng,
    lat,
    place,
  ]) => ({
    id,
    version,
    matterId,
    origin,
    originName,
    subjectKind,
    subjectId,
    gridId,
    formCode,
    title,
    note,
    earliestOn,
    dueOn,
    windowFrom,
    windowTo,
    minutes,
    priority,
    cautions,
    tries,
    name,
    houseId,
    buildingId,
    address: address === '' || address === null ? (place ?? '') : address,
    lng,
    lat,
  }),
  event: ([
    id,
    version,
    no,
    title,
    content,
    placeText,
    lng,
    lat,
    gridId,
    reportedAt,
    isMine,
    status,
    categoryCode,
    urgency,
    dueAt,
    stageStartedAt,
    departmentName,
    answer,
    can,
    flow,
  ]) => ({
    id,
    version,
    no,
    title,
    content,
    placeText,
    lng,
    lat,
    gridId,
    reportedAt,
    isMine,
    status,
    categoryCode,
    urgency,
    dueAt,
    stageStartedAt,
    departmentName,
    answer,
    can,
    flow: flow ?? [],
  }),
  service: ([id, version, state, no, what, personId, gridId, dueOn, takenBy, steps, askedBy]) => ({
    id,
    version,
    state,
    no,
    what,
    personId,
    gridId,
    dueOn,
    takenBy,
    steps,
    askedBy,
  }),
}
const kinds = Object.keys(readers)

export class Holdings {
  cursor = ''
  scope = ''
  me: any = null
  config: Config | null = null
  pulledAt = 0
  isWhole = false
  notices: Notice[] = []
  /** What left the phone lately and why, so that its holder is not left guessing. */
  left: { kind: string; name: string; why: string; at: number }[] = []
  private tables = new Map<string, Map<string, { id: string }>>(kinds.map((k) => [k, new Map()]))
  private byHouse: Map<string, Link[]> | undefined
  private index: { text: string; kind: 'person' | 'house' | 'unit'; id: string; name: string }[] | undefined

  table<T extends { id: string }>(kind: string): Map<string, T> {
    return this.tables.get(kind) as Map<string, T>
  }

  /** Takes a pull in. A part of the day never takes the place of the whole. */
  apply(p: PulledRows): void {
    if (p.isWhole) for (const kind of kinds) this.table(kind).clear()
    if (p.part === 'all') {
      this.cursor = p.cursor
      this.isWhole = true
      this.scope = p.scope
    }
    this.me = p.me ?? this.me
    this.pulledAt = p.now
    for (const kind of kinds)
      for (const row of p.rows[kind] ?? []) {
        const read = readers[kind]!(row)
        this.table(kind).set(read.id, read)
      }
    for (const [kind, id, why] of p.gone) this.remove(kind, id, why, p.now)
    for (const kind of ['event', 'task'] as const) {
      const keep = p.keep[kind]
      if (!keep) continue
      const ids = new Set(keep)
      for (const id of this.table(kind).keys()) if (!ids.has(id.slice(-12))) this.table(kind).delete(id)
    }
    if (p.rows['notice'])
      this.notices = p.rows['notice'].map(
        ([id, eventId, kind, at, title]) => ({ id, eventId, kind, at, title }) as Notice,
      )
    const config = p.rows['config']?.[0]?.[0] as Config | undefined
    if (config) this.config = config
    this.byHouse = undefined
    this.index = undefined
  }
  private remove(kind: string, id: string, why: string, now: number): void {
    const table = this.tables.get(kind)
    const row = table?.get(id) as { name?: string; roomNo?: string } | undefined
    if (!table || !row) return
    table.delete(id)
    if (why === 'moved' || why === 'merged' || why === 'gone')
      this.left = [{ kind, name: row.name ?? row.roomNo ?? '', why, at: now }, ...this.left].slice(0, 30)
  }

  linksOf(houseId: string): Link[] {
    this.byHouse ??= Map.groupBy(this.table<Link>('link').values(), (l) => l.houseId) as Map<string, Link[]>
    return this.byHouse.get(houseId) ?? []
  }
  addressOf(house: House): string {
    const building = house.buildingId === null ? undefined : this.table<Building>('building').get(house.buildingId)
    const estate = building?.estateId ? this.table<Estate>('estate').get(building.estateId) : undefined
    const unit = house.values['unitNo']
    return `${estate?.name ?? ''}${building ? `${building.no}幢` : ''}${unit ? `${String(unit)}单元` : ''}${house.roomNo}室`
  }

  /** Names, rooms, shops; several words must all occur. Some fifty at most. */
  search(text: string): { kind: 'person' | 'house' | 'unit'; id: string; name: string }[] {
    const words = text
      .normalize('NFKC')
      .toLowerCase()
      .split(/\s+/)
      .filter((w) => w !== '')
    if (words.length === 0) return []
    this.index ??= this.buildIndex()
    const found = []
    for (const line of this.index) {
      if (words.every((w) => line.text.includes(w))) found.push(line)
      if (found.length >= 50) break
    }
    return found
  }
  private buildIndex() {
    const lines: NonNullable<typeof this.index> = []
    const homes = new Map([...this.table<Link>('link').values()].map((l) => [l.personId, l.houseId]))
    const address = new Map<string, string>()
    for (const h of this.table<House>('house').values()) {
      const name = this.addressOf(h)
      address.set(h.id, name)
      lines.push({
        kind: 'house',
        id: h.id,
        name,
        text: `${name} ${name.replaceAll(/[幢单元室]/g, ' ')} ${name.replaceAll(/[幢单元]+/g, '-').replace('室', '')}`.toLowerCase(),
      })
    }
    for (const p of this.table<Person>('person').values()) {
      const home = homes.get(p.id)
      lines.push({
        kind: 'person',
        id: p.id,
        name: p.name,
        text: `${p.name} ${String(p.values['phone'] ?? '')} ${home === undefined ? '' : (address.get(home) ?? '')}`.toLowerCase(),
      })
    }
    for (const u of this.table<Unit>('unit').values())
      lines.push({ kind: 'unit', id: u.id, name: u.name, text: u.name.toLowerCase() })
    return lines.toSorted((a, b) => order[a.kind] - order[b.kind])
  }
}
const order = { person: 0, house: 1, unit: 2 }
