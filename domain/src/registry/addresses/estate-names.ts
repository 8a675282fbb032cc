import { readAddress, type AddressParts } from './address.ts'
import { estateKey, estateName, isClose } from './estate-name.ts'

/** So many known names that have something in common with one that is not known are weighed, the first told: no file makes it more. */
const mostWeighed = 100
/** Names of estates have five signs or six; of the rest of a long one nothing is compared. */
const longestWeighed = 24

/** A map of millions is made anew in one turn where it grows; many small ones are not. */
const shelves = 64

/** So many estates a village has, and a county: more are a mistake, and nobody could find his way among them. */
export const mostEstates = { village: 2000, county: 20_000 } as const

/** The names of a county's estates, as far as whoever reads may know them, and what is near one. */
export class EstateNames {
  private readonly names = new Map<string, Known>()
  /** Known names by what a near one must have in common with them: see `marksOf` and `marksSought`. */
  private readonly byMark = Array.from({ length: shelves }, () => new Map<string, Known[]>())

  private readonly base: EstateNames | undefined
  private readonly room: number

  constructor(
    shown: Iterable<string> = [],
    /** Names that are known besides, and stay as they are; how many more there may be. */
    { base, room = Infinity }: { readonly base?: EstateNames; readonly room?: number } = {},
  ) {
    this.base = base
    for (const name of shown) this.add(name)
    this.room = this.names.size + room
  }

  /** Whether no more may be added. */
  get isFull(): boolean {
    return this.names.size >= this.room
  }

  get size(): number {
    return this.names.size + (this.base?.size ?? 0)
  }

  /** @param shown as people are to read it */
  add(shown: string): void {
    const name = estateName(shown)
    if (this.has(name)) return
    const known = { name, shown, rank: this.size }
    this.names.set(name, known)
    const { near, within } = marksOf(name)
    for (const mark of new Set([...near, ...within])) {
      const shelf = this.shelfOf(mark)
      const same = shelf.get(mark)
      if (!same) shelf.set(mark, [known])
      else if (same.length < mostWeighed) same.push(known)
    }
  }

  /** An address, where these names are known. */
  read(text: string): AddressParts | undefined {
    return readAddress(text, this)
  }

  has(name: string): boolean {
    return this.names.has(name) || this.base?.has(name) === true
  }

  /** A known name that may mean the same place as one that is not known, the first told; undefined where none does. */
  nearTo(written: string): string | undefined {
    return this.allNear(written, 1)[0]
  }

  /** The first so many of them. */
  allNear(written: string, most: number): string[] {
    const name = estateName(written)
    const { near, within } = marksSought(name)
    const known = (marks: readonly string[]) => new Set(marks.flatMap((mark) => this.marked(mark)))
    const first = [...new Set([...firstOf(known(near)), ...firstOf(known(within))])].toSorted(byRank)
    const found: string[] = []
    for (const { name: other, shown } of first) {
      if (found.length >= most) break
      if (isClose(other, name)) found.push(shown)
    }
    return found
  }

  private shelfOf(mark: string): Map<string, Known[]> {
    return this.byMark[((mark.charCodeAt(1) || 0) * 31 + mark.charCodeAt(mark.length - 1)) % shelves]!
  }

  private marked(mark: string): readonly Known[] {
    const own = this.shelfOf(mark).get(mark) ?? []
    return this.base ? [...this.base.marked(mark), ...own] : own
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
