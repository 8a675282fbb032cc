/** The people whom the rows of a page may be about: loaded by every fact that rows are joined by, then added to. */
import { findSamePerson, type Known, type Traits } from '@fengge/domain/registry/same-person'
import type { LinkRole, Values } from '@fengge/domain/registry/terms'
import { dutiesOver, placeFor } from '../sight.ts'
import type { Place } from '../record-columns.ts'
import type { RecordRow } from '../store/records.ts'
import { HeldRecords, type Held } from './held-records.ts'
import type { GoodRow } from './judge-rows.ts'
import type { Found } from './rooms.ts'
import {
  listCandidates,
  listGuests,
  listHomes,
  mostAlike,
  mostNameless,
  type LinkRow,
  type Wanted,
} from './store/persons.ts'
import type { Taking } from './taking/take-page.ts'

/** A row with the room it names, which may have been made a moment ago. */
export interface HomedRow {
  readonly row: GoodRow
  readonly home: Found | undefined
  readonly isNewHome: boolean
}

export class Person implements Known {
  readonly held: Held
  readonly place: string | null
  readonly links: readonly LinkRow[]
  private readonly homes: Set<string>
  private readonly roles: Set<string>
  constructor(held: Held, place: string | null, links: readonly LinkRow[]) {
    this.held = held
    this.place = place
    this.links = links
    this.homes = new Set(links.map((l) => l.house_id))
    this.roles = new Set(links.map((l) => `${l.house_id}/${l.role}`))
  }
  get isMet(): boolean {
    return this.held.isMet
  }
  get traits(): Traits {
    return traitsOf(this.held.values, this.homes, this.place)
  }
  moveInto(home: Found, role: LinkRole): void {
    this.homes.add(home.id)
    this.roles.add(`${home.id}/${role}`)
  }
  livesIn(home: Found, role: LinkRole): boolean {
    return this.roles.has(`${home.id}/${role}`)
  }
}

export class People {
  private readonly records: HeldRecords
  private readonly byNumber = new Map<string, Person>()
  /** Those without a number of their own in sight, by a name and what else binds: a row meets none but these. */
  private readonly byBond = new Map<string, Person[]>()
  private guests: ReadonlySet<string> = new Set()
  private readonly taking: Taking
  private constructor(taking: Taking) {
    this.taking = taking
    this.records = new HeldRecords(taking, 'person')
  }

  static async load(taking: Taking, rows: readonly HomedRow[]): Promise<People> {
    const people = new People(taking)
    const { ctx, batch } = taking
    const found = await listCandidates(ctx.tx, ctx, wantedOf(taking, rows))
    const ids = found.map((r) => r.id)
    const links = Map.groupBy(await listHomes(ctx.tx, batch.county_code, ids), (l) => l.person_id)
    for (const row of found) {
      // Of who is registered elsewhere an import neither learns nor changes anything.
      if (!dutiesOver(ctx, row).duties.has('registry.import')) continue
      people.add(new Person(people.records.hold(row), placeKey(placeOf(row)), links.get(row.id) ?? []))
    }
    const named = rows.flatMap(({ row, home, isNewHome }) => (home && !isNewHome ? [{ row, home }] : []))
    const guests = await listGuests(
      ctx.tx,
      ctx,
      named.map(({ row, home }) => ({ houseId: home.id, name: String(row.values['name']) })),
    )
    people.guests = new Set(guests.map(guestKey))
    return people
  }

  /**
   * Whether a row is about a guest: he lives in a house within reach and is registered elsewhere, and is left as he is.
   * He is known by name and home, which whoever keeps the house sees, and by nothing else: were he found by his number,
   * the count would tell whether a number is his.
   */
  isGuest({ row, home }: HomedRow): boolean {
    return home !== undefined && this.guests.has(guestKey({ houseId: home.id, name: String(row.values['name']) }))
  }

  /** Who of those that are there already a row is about. */
  find({ row, home }: HomedRow, placeId: string): Person | undefined {
    const traits = traitsOf(row.values, new Set(home ? [home.id] : []), placeKey(placeFor(this.taking.ctx, placeId)))
    const changes = (p: Person) =>
      this.records.countChanges(p.held, row.values) + (home === undefined || p.livesIn(home, row.role) ? 0 : 1)
    return findSamePerson(traits, this.candidates(traits), changes)
  }

  /** The person a row is about, or undefined where it is none of one's own; one is made where it is nobody at hand. */
  take(one: HomedRow, placeId: string): { person: Person | undefined; what: 'created' | 'changed' | 'same' } {
    const { row, home } = one
    const there = this.find(one, placeId)
    if (!there && this.isGuest(one)) return { person: undefined, what: 'same' }
    const person =
      there ?? new Person(this.records.make(row.values, placeId), placeKey(placeFor(this.taking.ctx, placeId)), [])
    const isChanged = there !== undefined && this.records.give(there.held, row.values)
    if (home) person.moveInto(home, row.role)
    this.add(person)
    if (!there) return { person, what: 'created' }
    return { person, what: isChanged ? 'changed' : 'same' }
  }

  save(): Promise<void> {
    return this.records.save()
  }

  private candidates(traits: Traits): readonly Person[] {
    if (traits.number !== null) {
      const person = this.byNumber.get(traits.number)
      return person ? [person] : []
    }
    return [...new Set(bondKeys(traits).flatMap((key) => this.byBond.get(key) ?? []))]
  }

  /** Kept by what is known of him now; a name mended by a row is found under both. */
  private add(person: Person): void {
    const { traits } = person
    if (traits.number !== null && !this.byNumber.has(traits.number)) this.byNumber.set(traits.number, person)
    for (const key of bondKeys(traits)) {
      const alike = this.byBond.get(key)
      if (!alike) this.byBond.set(key, [person])
      else if (alike.length < (key.includes('/place/') ? mostNameless : mostAlike) && !alike.includes(person))
        alike.push(person)
    }
  }
}

/**
 * What a row without a number and a person must have in common beside the name (same-person.ts): by a birth day alone
 * nobody with a number is found, and of whom a name is all that is known, the place.
 */
function bondKeys({ number, name, phone, born, homes, place }: Traits): string[] {
  const keys = [
    phone !== null && `phone/${phone}`,
    born !== null && number === null && `born/${born}`,
    ...[...homes].map((home) => `home/${home}`),
  ].filter((key) => key !== false)
  if (keys.length === 0 && number === null) keys.push(`place/${place}`)
  return keys.map((key) => `${name}/${key}`)
}

const guestKey = ({ houseId, name }: { readonly houseId: string; readonly name: string }) => `${houseId}/${name}`
const textOf = (values: Values, code: string) => (values[code] ? String(values[code]) : null)
function traitsOf(values: Values, homes: ReadonlySet<string>, place: string | null): Traits {
  return {
    number: textOf(values, 'idNo'),
    name: String(values['name']),
    phone: textOf(values, 'phone'),
    born: textOf(values, 'born'),
    homes,
    place,
  }
}
const placeOf = (row: RecordRow): Place => ({ gridId: row.grid_id, villageId: row.village_id, townId: row.town_id })
const placeKey = (place: Place) => place.gridId ?? place.villageId ?? place.townId

/** What the rows of a page name people by. */
function wantedOf({ ctx }: Taking, rows: readonly HomedRow[]): Wanted {
  const digests = (prefix: string, code: string, of: readonly GoodRow[]) =>
    of.flatMap((r) => (r.values[code] ? ctx.sealer.indexes(`${prefix}:${String(r.values[code])}`) : []))
  const keyless = rows.filter(({ row }) => !row.values['idNo'])
  const name = (row: GoodRow) => String(row.values['name'])
  return {
    numbers: digests(
      'id',
      'idNo',
      rows.map(({ row }) => row),
    ),
    phones: digests(
      'phone',
      'phone',
      keyless.map(({ row }) => row),
    ),
    names: [...new Set(keyless.map(({ row }) => name(row)))],
    born: keyless.flatMap(({ row }) => {
      const day = textOf(row.values, 'born')
      return day === null ? [] : [{ day, name: name(row) }]
    }),
    homes: keyless.flatMap(({ row, home, isNewHome }) =>
      home && !isNewHome ? [{ houseId: home.id, name: name(row) }] : [],
    ),
    bare: keyless.flatMap(({ row, home }) => (home || row.values['phone'] || row.values['born'] ? [] : [name(row)])),
  }
}
