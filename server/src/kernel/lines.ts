/**
 * Those who wait for a turn, each asker in a line of his own: turns go round among the lines, so that much work of one
 * delays his own alone. Where all places are taken, the last of the longest line makes room for whoever has a shorter one.
 */

export interface Waits {
  /** Told that he waits no longer, and has no turn. */
  readonly drop: () => void
  /** The server's own: it counts for no bar, and is never dropped. */
  readonly isOwn?: boolean
}

/** How many wait. */
export interface Most {
  /** For one asker. */
  readonly own: number
  /** For all together. */
  readonly all: number
  /**
   * The first of an asker is always let in, and where all places are taken the last of the longest line goes for it: only
   * where there is an end to the askers there can be.
   */
  readonly isFirstFree?: boolean
}

export class Lines<T extends Waits> {
  readonly #most: Most
  readonly #lines = new Map<string, T[]>()
  #count = 0

  constructor(most: Most) {
    this.#most = most
  }

  /** How many wait. */
  get size(): number {
    return this.#count
  }

  get isEmpty(): boolean {
    return this.#lines.size === 0
  }

  /** @returns whether there was room for him */
  join(who: string, waits: T): boolean {
    const own = this.#lines.get(who)?.length ?? 0
    if (!waits.isOwn && !this.#hasRoom(own)) return false
    const line = this.#lines.get(who) ?? []
    line.push(waits)
    this.#lines.set(who, line)
    this.#count++
    return true
  }

  leave(who: string, waits: T): void {
    const line = this.#lines.get(who)
    const at = line?.indexOf(waits) ?? -1
    if (!line || at < 0) return
    line.splice(at, 1)
    this.#count--
    if (line.length === 0) this.#lines.delete(who)
  }

  /** Takes the first who is not busy; what else he has then stands behind the others'. */
  take(busy?: ReadonlySet<string>): { readonly who: string; readonly waits: T } | undefined {
    for (const [who, line] of this.#lines) {
      if (busy?.has(who)) continue
      const waits = line.shift()!
      this.#count--
      this.#lines.delete(who)
      if (line.length > 0) this.#lines.set(who, line)
      return { who, waits }
    }
    return undefined
  }

  #hasRoom(own: number): boolean {
    if (own >= this.#most.own) return false
    if (this.#count < this.#most.all) return true
    return this.#makeRoom(own) || (own === 0 && this.#most.isFirstFree === true)
  }

  #makeRoom(own: number): boolean {
    let longest: [string, T[]] | undefined
    for (const entry of this.#lines)
      if (!entry[1][0]!.isOwn && entry[1].length > (longest?.[1].length ?? own + 1)) longest = entry
    const last = longest?.[1].at(-1)
    if (!longest || !last) return false
    this.leave(longest[0], last)
    last.drop()
    return true
  }
}
