/**
 * Where something is, as people say it in passing: 阳光花园3幢楼下路灯不亮. Read by the names of estates that are known,
 * which are found by their signs, without a walk through all of them; every name is worked out once.
 */
import { estateName, plainName } from './estate-name.ts'

export interface SaidPlace {
  /** Which of the known names it is. */
  readonly shown: string
  /** The building, where one is named right behind it. */
  readonly building: string
  /** It is what places are said to be called, and the name of none. */
  readonly isSaid: boolean
}

/** How sure it is that a place is called so: by its name that a desk knows, else only by what somebody said. */
export interface Called {
  readonly names: readonly string[]
  readonly said?: readonly string[]
}

const buildingBehind = /^(?:小区|住宅区)?-?第?([A-Za-z]?\d{1,4}[A-Za-z]?|[A-Za-z])(?:号楼|幢|栋|座|#|号|-\d)/

interface Entry<T> {
  readonly name: string
  readonly shown: string
  readonly of: T
  readonly isSaid: boolean
  readonly rank: number
}

/** What is left of a longer name is a building of the shorter one: 阳光花园8幢, or 阳光花园8 where 幢 follows. */
const building = /^(?:小区|住宅区)?-?第?[A-Za-z]?\d{1,4}[A-Za-z]?(?:号楼|幢|栋|座|#|号)?$/
const endsOpen = /\d[A-Za-z]?$/

/** No text that says where something is has more signs. */
const longestText = 500

export class PlaceIndex<T> {
  private readonly byStart = new Map<string, Entry<T>[]>()
  private readonly byPair = new Map<string, Entry<T>[]>()
  private readonly byShown = new Map<string, T[]>()
  private count = 0

  /** Names of one place. */
  add(of: T, { names, said = [] }: Called): void {
    for (const written of names) this.enter(of, written, false)
    for (const written of said) this.enter(of, written, true)
  }

  private enter(of: T, written: string, isSaid: boolean): void {
    keep(this.byShown, shownKey(written, isSaid), of)
    const name = estateName(written)
    if (name.length < 2) return
    const entry = { name, shown: written, of, isSaid, rank: this.count++ }
    keep(this.byStart, name.slice(0, 2), entry)
    for (const pair of new Set(pairsOf(name))) keep(this.byPair, pair, entry)
  }

  /**
   * The longest name that a text holds, the first told of several; what places are only said to be called where it holds
   * the name of none. A name that goes on into the building of a shorter one is none.
   */
  said(text: string): SaidPlace | undefined {
    const plain = plainName(text).slice(0, longestText)
    const held: { readonly entry: Entry<T>; readonly end: number }[] = []
    for (let at = 0; at < plain.length - 1; at++)
      for (const entry of this.byStart.get(plain.slice(at, at + 2)) ?? [])
        if (plain.startsWith(entry.name, at)) held.push({ entry, end: at + entry.name.length })
    const isCut = ({ entry, end }: (typeof held)[number]) =>
      held.some(({ entry: short }) => short.isSaid === entry.isSaid && goesIntoBuilding(short, entry, plain.slice(end)))
    let best: (typeof held)[number] | undefined
    for (const one of held) if ((!best || isBetter(one.entry, best.entry)) && !isCut(one)) best = one
    if (!best) return undefined
    const no = buildingBehind.exec(plain.slice(best.end))?.[1] ?? ''
    return { shown: best.entry.shown, building: no.replace(/^0+(?=.)/, ''), isSaid: best.entry.isSaid }
  }

  /** Places of that name as it is shown, in the order in which they were told. */
  named(shown: string, isSaid = false): readonly T[] {
    return this.byShown.get(shownKey(shown, isSaid)) ?? []
  }

  /** Places whose name, or what they are only said to be called, holds a text, in that order. */
  holding(text: string, isSaid = false): T[] {
    const wanted = estateName(text)
    if (wanted.length < 2 || wanted.length > longestText) return []
    const lists = pairsOf(wanted).map((pair) => this.byPair.get(pair) ?? [])
    const [rarest = []] = lists.toSorted((a, b) => a.length - b.length)
    const isMeant = (entry: Entry<T>) => entry.isSaid === isSaid && entry.name.includes(wanted)
    return [...new Set(rarest.filter(isMeant).map((entry) => entry.of))]
  }
}

const shownKey = (written: string, isSaid: boolean): string => `${isSaid ? '~' : ''}${written}`

function goesIntoBuilding(short: Entry<unknown>, long: Entry<unknown>, behind: string): boolean {
  if (short.name.length >= long.name.length || !long.name.startsWith(short.name)) return false
  const rest = long.name.slice(short.name.length)
  return building.test(rest) && (!endsOpen.test(rest) || /^(?:号楼|幢|栋|座|#|号)/.test(behind))
}

function isBetter(one: Entry<unknown>, other: Entry<unknown>): boolean {
  if (one.isSaid !== other.isSaid) return other.isSaid
  return one.name.length > other.name.length || (one.name.length === other.name.length && one.rank < other.rank)
}

const pairsOf = (name: string): string[] =>
  Array.from({ length: Math.max(0, name.length - 1) }, (_, i) => name.slice(i, i + 2))

function keep<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key)
  if (!list) lists.set(key, [value])
  else if (list.at(-1) !== value) list.push(value)
}
