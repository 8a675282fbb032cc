/**
 * What a reply tells about a person, and what several replies tell together. Each endpoint says what it gives, about
 * whom, and what one must know to ask it (domain/src/tellings.ts); from there it is counted how far somebody comes who
 * begins with a little and calls again and again. Source: domain.md A11, B7; requirements.md D1.
 * Left out: what people write in free text, photos, and figures over many people in one's own place.
 */
import type { Admission } from './duty.ts'

/** Facts about one person. */
export const facts = [
  /** That he is registered, somewhere out of the caller's reach. */
  'elsewhere',
  /** The handle of his record; nobody can guess one. */
  'id',
  /** The grid he is registered in, now. */
  'place',
  'name',
  'kind',
  'sex',
  'born',
  'year',
  'phone-mask',
  'phone',
  /** That an identity number is on file. */
  'id-held',
  'idNo',
  /** That there is more of him: registered residence, permit, note; and what it says. */
  'more-held',
  'more',
  'home',
  'housemates',
  /** That he is visited for care, and what to mind; and why. */
  'care',
  'care-why',
  'visits',
  'service',
  /** That he told of something; digits of his phone beside it, or his name and phone. */
  'event',
  'teller-mask',
  'teller',
  /** Who looked at him, and what for. */
  'looks',
  'employer',
] as const
export type PersonFact = (typeof facts)[number]

/**
 * How a person stands to the place that a caller serves: `own` is registered there, `guest` lives or owns there and is
 * registered elsewhere, `former` was there once, `stranger` never.
 */
export const standings = ['own', 'guest', 'former', 'stranger'] as const
export type Standing = (typeof standings)[number]

/** How often a guess may be made: as often as one calls, as a question against its quota, as a number like others asked before. */
export type Cost = 'free' | 'counted' | 'near'

/** One thing that an endpoint tells. */
export interface Telling {
  readonly of: readonly Standing[]
  readonly facts: readonly PersonFact[]
  /** What a caller must know of the person to ask; a list is had for nothing. */
  readonly by?: readonly PersonFact[]
  /** What a caller may put in by guessing: the reply says whether it is so. */
  readonly confirms?: PersonFact
  /** What a guess costs. */
  readonly cost?: Cost
  /** Who is told, of those whom the endpoint admits: the holder of a duty, or of any of several. */
  readonly with?: Admission
}
/** What each endpoint tells, by its name. */
export type Tells = Readonly<Record<string, readonly Telling[]>>

/** Endpoints that tell nothing about any resident. @example tellNothing('signOut') // { signOut: [] } */
export const tellNothing = (...names: readonly string[]): Tells => Object.fromEntries(names.map((name) => [name, []]))

/** What somebody knows anyway who knows something else. */
const implied: Readonly<Partial<Record<PersonFact, readonly PersonFact[]>>> = {
  idNo: ['born', 'sex', 'year', 'id-held'],
  born: ['year'],
  phone: ['phone-mask'],
  more: ['more-held'],
  home: ['place'],
  teller: ['name', 'phone', 'teller-mask', 'event'],
  'teller-mask': ['phone-mask', 'event'],
  'care-why': ['care'],
}

/** With all that follows from it. @example withImplied(['born']) // born and year */
export function withImplied(known: Iterable<PersonFact>): ReadonlySet<PersonFact> {
  const all = new Set<PersonFact>()
  const add = (fact: PersonFact) => {
    if (all.has(fact)) return
    all.add(fact)
    implied[fact]?.forEach(add)
  }
  for (const fact of known) add(fact)
  return all
}

/**
 * What is told by none and by several together: digits of a teller's phone beside whoever's records can be searched or
 * listed by them are his name.
 */
const together: readonly { readonly by: readonly PersonFact[]; readonly tells: PersonFact }[] = [
  { by: ['teller-mask', 'id'], tells: 'teller' },
]

/**
 * How many values are left to try for somebody who knows a little. A phone shows seven of its eleven digits in its mask.
 * An identity number is an area, which most of a place share, the birth day, three digits of which the last goes by
 * sex, and a check that follows.
 */
export function countGuesses(fact: PersonFact, known: ReadonlySet<PersonFact>): number {
  switch (fact) {
    case 'phone':
      return known.has('phone-mask') ? 10_000 : 1e9
    case 'idNo':
      return (known.has('born') ? 1 : 36_500) * (known.has('sex') ? 500 : 1000)
    case 'born':
      return known.has('year') ? 366 : 36_500
    case 'sex':
      return 2
    case 'kind':
      return 4
    default:
      return Infinity
  }
}

/** So many guesses are within reach of whoever means it: free ones in an hour or two, the others in a month. */
export const guessesWithin: Readonly<Record<Cost, number>> = { free: 10_000, counted: 30 * 30, near: 3 * 30 }

/** One call that somebody may make, and one thing it tells. */
export interface Move {
  readonly call: string
  readonly telling: Telling
}
/** The calls that lead to a fact, in order, each once; none for what was known before. */
export type Chain = readonly string[]

/**
 * All that somebody comes to know who knows `start` and makes the moves in any order, however many, each fact by a
 * shortest chain of calls that was found.
 */
export function learnAll(
  start: Iterable<PersonFact>,
  moves: readonly Move[],
  standing: Standing,
): ReadonlyMap<PersonFact, Chain> {
  const known = new Map<PersonFact, Chain>([...withImplied(start)].map((fact) => [fact, []]))
  const open = moves.filter(({ telling }) => telling.of.includes(standing))
  const learn = (facts: Iterable<PersonFact>, chain: Chain | undefined): boolean => {
    const news = chain
      ? [...withImplied(facts)].filter((fact) => (known.get(fact)?.length ?? Infinity) > chain.length)
      : []
    for (const fact of news) known.set(fact, chain!)
    return news.length > 0
  }
  for (let isNew = true; isNew;) {
    const called = open.map((move) => learn(given(move.telling), chainOf(move, known)))
    const joined = together.map(({ by, tells }) => learn([tells], chainBy(by, known)))
    isNew = [...called, ...joined].some(Boolean)
  }
  return known
}

/** The calls by which all of these facts are known; undefined where one is not. */
function chainBy(by: readonly PersonFact[], known: ReadonlyMap<PersonFact, Chain>): Chain | undefined {
  return by.every((fact) => known.has(fact)) ? [...new Set(by.flatMap((fact) => known.get(fact)!))] : undefined
}

const given = ({ facts: told, confirms }: Telling): readonly PersonFact[] =>
  confirms === undefined ? told : [...told, confirms]

/** The calls up to and with this one; undefined where it cannot be asked, or guessing is too dear. */
function chainOf({ call, telling }: Move, known: ReadonlyMap<PersonFact, Chain>): Chain | undefined {
  const { by = [], confirms, cost = 'free' } = telling
  if (by.some((fact) => !known.has(fact))) return undefined
  const needed = [...by, ...(confirms === undefined ? [] : aheadOf(confirms, known))]
  if (confirms !== undefined && !known.has(confirms)) {
    const guessed = countGuesses(confirms, new Set(known.keys()))
    if (guessed > guessesWithin[cost]) return undefined
  }
  return [...new Set([...needed.flatMap((fact) => known.get(fact) ?? []), call])]
}

/** What makes guesses fewer. */
const hints: Readonly<Partial<Record<PersonFact, readonly PersonFact[]>>> = {
  phone: ['phone-mask'],
  idNo: ['born', 'sex'],
  born: ['year'],
}
/** What one puts in: the fact itself where it is known, else a guess, by what makes guesses few. */
const aheadOf = (fact: PersonFact, known: ReadonlyMap<PersonFact, Chain>): readonly PersonFact[] =>
  known.has(fact) ? [fact] : (hints[fact] ?? [])
