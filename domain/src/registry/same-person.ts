/**
 * Whether a row of a file and a person at hand are one (R2, R9). The number decides where the row has one. Without
 * it a name is never enough: phone, birth day or home must agree as well, and nothing may speak against it. Who is
 * not found is a person of his own; that two records may be one is for people to say (`reasonsFor` in editing.ts).
 * Left out: names that only sound alike. Father and son of one name in one home cannot be told by name and home.
 */
import type { LinkRole, Values } from './terms.ts'

/** What tells a person, of a row or of a record. Number and phone may be digests, as long as equal ones are equal. */
export interface Traits {
  readonly number: string | null
  readonly name: string
  readonly phone: string | null
  readonly born: string | null
  /** Where he lives or what he owns; a row names one room at most. */
  readonly homes: ReadonlySet<string>
  /** Grid, else village, where he is kept. */
  readonly place: string | null
}

/** A person at hand. `isMet`: an earlier row of the same file is about him. */
export interface Known {
  readonly traits: Traits
  readonly isMet: boolean
}

/** What binds a row to a person beside the name. */
export type Bond = 'number' | 'phone' | 'born' | 'home' | 'place'

const isSame = (a: string | null, b: string | null) => a !== null && a === b
const isOther = (a: string | null, b: string | null) => a !== null && b !== null && a !== b
const knowsOnlyName = (t: Traits) => t.number === null && t.phone === null && t.born === null && t.homes.size === 0

/** The facts that make a row and a person one; none: they are two. */
export function bondsOf(row: Traits, { traits: person, isMet }: Known): readonly Bond[] {
  if (row.number !== null) return row.number === person.number ? ['number'] : []
  if (row.name !== person.name || isOther(row.phone, person.phone)) return []
  // Of whom nothing but the name is known, the place is all to find him by when a file comes again. Each row means
  // somebody else: as many rows of a name as a file has, as many people there are.
  if (knowsOnlyName(row)) return knowsOnlyName(person) && row.place === person.place && !isMet ? ['place'] : []
  const bonds = agreeing(row, person)
  // The phone finds a person again whose birth day is put right in a later file; within one file two days are two people.
  if (isOther(row.born, person.born)) return bonds.includes('phone') && !isMet ? bonds : []
  // Of the people with a number many share name and birth day.
  const isBirthDayAll = bonds.length === 1 && bonds[0] === 'born'
  return isBirthDayAll && person.number !== null ? [] : bonds
}

function agreeing(row: Traits, person: Traits): Bond[] {
  const bonds: Bond[] = []
  if (isSame(row.phone, person.phone)) bonds.push('phone')
  if (isSame(row.born, person.born)) bonds.push('born')
  if ([...row.homes].some((home) => person.homes.has(home))) bonds.push('home')
  return bonds
}

/**
 * The person a row is about, among those at hand; undefined when he is none of them.
 * @param changes how much of a person the row would change, a new part in a home counted; where the bonds are equal, fewest wins, so that a
 * file sent again finds whom it made
 */
export function findSamePerson<P extends Known>(
  row: Traits,
  known: readonly P[],
  changes: (person: P) => number,
): P | undefined {
  const bound = known.map((person) => ({ person, bonds: bondsOf(row, person).length })).filter((b) => b.bonds > 0)
  const most = Math.max(...bound.map((b) => b.bonds))
  const closest = bound.filter((b) => b.bonds === most).map((b) => b.person)
  if (closest.length < 2) return closest[0]
  const costs = closest.map(changes)
  return closest[costs.indexOf(Math.min(...costs))]
}

/**
 * A second row of a file with the same key is returned, since nobody can tell a person written twice from two people
 * of one name: name and room say no more, or the whole line is the same. Undefined where the row has a key.
 * @param room the room it names, or undefined
 * @param line everything the row says
 */
export function namesakeKey(
  values: Values,
  role: LinkRole,
  room: string | undefined,
  line: string,
): string | undefined {
  if (values['idNo'] || values['phone'] || values['born']) return undefined
  return room === undefined ? line : `${String(values['name'])}/${room}/${role === 'owner' ? 'owns' : 'lives'}`
}
