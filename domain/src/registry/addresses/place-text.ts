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
}

const buildingBehind = /^(?:小区|住宅区)?-?第?([A-Za-z]?\d{1,4}[A-Za-z]?|[A-Za-z])(?:号楼|幢|栋|座|#|号|-\d)/

interface Entry<T> {
  readonly name: string
  readonly shown: string
  readonly of: T
  readonly rank: number
}

/** No text that says where something is has more signs. */
const longestText = 500

export class PlaceIndex<T> {
  private readonly byStart = new Map<string, Entry<T>[]>()
  private readonly byPair = new Map<string, Entry<T>[]>()
  private readonly byShown = new Map<string, T[]>()
  private count = 0

  /** @param shown names of one place */
  add(of: T, shown: readonly string[]): void {
    for (const written of shown) {
      keep(this.byShown, written, of)
      const name = estateName(written)
      if (name.length < 2) continue
      const entry = { name, shown: written, of, rank: this.count++ }
      keep(this.byStart, name.slice(0, 2), entry)
      for (const pair of new Set(pairsOf(name))) keep(this.byPair, pair, entry)
    }
  }

  /** The longest name that a text holds, the first told of several. */
  said(text: string): SaidPlace | undefined {
    const plain = plainName(text).slice(0, longestText)
    let best: Entry<T> | undefined
    for (let at = 0; at < plain.length - 1; at++)
      for (const entry of this.byStart.get(plain.slice(at, at + 2)) ?? [])
        if ((!best || isBetter(entry, best)) && plain.startsWith(entry.name, at)) best = entry
    if (!best) return undefined
    const behind = plain.slice(plain.indexOf(best.name) + best.name.length)
    const building = buildingBehind.exec(behind)?.[1] ?? ''
    return { shown: best.shown, building: building.replace(/^0+(?=.)/, '') }
  }

  /** Places of that name as it is shown, in the order in which they were told. */
  named(shown: string): readonly T[] {
    return this.byShown.get(shown) ?? []
  }

  /** Places whose name holds a text, in that order. */
  holding(text: string): T[] {
    const wanted = estateName(text)
    if (wanted.length < 2 || wanted.length > longestText) return []
    const lists = pairsOf(wanted).map((pair) => this.byPair.get(pair) ?? [])
    const [rarest = []] = lists.toSorted((a, b) => a.length - b.length)
    return [...new Set(rarest.filter((entry) => entry.name.includes(wanted)).map((entry) => entry.of))]
  }
}

const isBetter = (one: Entry<unknown>, other: Entry<unknown>): boolean =>
  one.name.length > other.name.length || (one.name.length === other.name.length && one.rank < other.rank)

const pairsOf = (name: string): string[] =>
  Array.from({ length: Math.max(0, name.length - 1) }, (_, i) => name.slice(i, i + 2))

function keep<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key)
  if (!list) lists.set(key, [value])
  else if (list.at(-1) !== value) list.push(value)
}
