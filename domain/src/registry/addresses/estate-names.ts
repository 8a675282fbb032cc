import { readAddress, type AddressParts } from './address.ts'
import { estateKey, estateName, isClose } from './estate-name.ts'

/** So many known names that have something in common with one that is not known are weighed, the first told: no file makes it more. */
const mostWeighed = 100
/** Names of estates have five signs or six; of the rest of a long one nothing is compared. */
const longestWeighed = 24

/** The names of a county's estates, as far as whoever reads may know them, and what is near one. */
export class EstateNames {
  private readonly names = new Map<string, Known>()
  /** Known names by what a near one must have in common with them: see `marksOf` and `marksSought`. */
  private readonly byMark = new Map<string, Known[]>()

  private readonly told: number

  constructor(shown: Iterable<string> = []) {
    for (const name of shown) this.add(name)
    this.told = this.names.size
  }

  /** How many were added since. */
  get fresh(): number {
    return this.names.size - this.told
  }

  /** @param shown as people are to read it */
  add(shown: string): void {
    const name = estateName(shown)
    if (this.names.has(name)) return
    const known = { name, shown, rank: this.names.size }
    this.names.set(name, known)
    const { near, within } = marksOf(name)
    for (const mark of new Set([...near, ...within])) {
      const same = this.byMark.get(mark)
      if (!same) this.byMark.set(mark, [known])
      else if (same.length < mostWeighed) same.push(known)
    }
  }

  /** An address, where these names are known. */
  read(text: string): AddressParts | undefined {
    return readAddress(text, this)
  }

  has(name: string): boolean {
    return this.names.has(name)
  }

  /** A known name that may mean the same place as one that is not known, the first told; undefined where none does. */
  nearTo(written: string): string | undefined {
    const name = estateName(written)
    const { near, within } = marksSought(name)
    const known = (marks: readonly string[]) => new Set(marks.flatMap((mark) => this.byMark.get(mark) ?? []))
    const first = [...new Set([...firstOf(known(near)), ...firstOf(known(within))])].toSorted(byRank)
    return first.find((known) => isClose(known.name, name))?.shown
  }
}

interface Known {
  readonly name: string
  readonly shown: string
  readonly rank: number
}

const byRank = (a: Known, b: Known) => a.rank - b.rank
const firstOf = (known: Iterable<Known>) => [...known].toSorted(byRank).slice(0, mostWeighed)
const threes = (name: string): string[] =>
  Array.from({ length: Math.max(0, name.length - 2) }, (_, i) => name.slice(i, i + 3))
/** A name, and that name without each of its signs: two names that differ by one sign have one of these in common. */
const shortened = (name: string): string[] => [
  name,
  ...Array.from({ length: name.length }, (_, i) => name.slice(0, i) + name.slice(i + 1)),
]

interface Marks {
  /** By its heart; by one sign more or less. */
  readonly near: readonly string[]
  /** By how it begins or what it holds, for a name within another. */
  readonly within: readonly string[]
}
const nearMarks = (name: string) => [`k${estateKey(name)}`, ...shortened(name).map((short) => `s${short}`)]
const holds = (threes: readonly string[]) => threes.map((three) => `h${three}`)
const begins = (threes: readonly string[]) => threes.map((three) => `b${three}`)

function marksOf(whole: string): Marks {
  const name = estateName(whole).slice(0, longestWeighed)
  const held = threes(name)
  return { near: nearMarks(name), within: [...holds(held), ...begins(held.slice(0, 1))] }
}
function marksSought(whole: string): Marks {
  const name = estateName(whole).slice(0, longestWeighed)
  const held = threes(name)
  return { near: nearMarks(name), within: [...holds(held.slice(0, 1)), ...begins(held)] }
}
