/**
 * How many things one account may have under way at once: what he asks for beyond that waits in a line of his own, before
 * it has a connection of the database, so that whoever asks much delays himself alone. Where there is room, nobody waits.
 */
import { Lines, type Waits } from '../lines.ts'
import { refuse } from '../problems.ts'

export interface Bars {
  /** So many of one account at a time. */
  readonly own: number
  /** So many of all together. */
  readonly all: number
  /** While no more than so many are under way, nobody is kept to his share: there is room for all. */
  readonly roomy?: number
  /** So many wait in one account's line. */
  readonly waiting: number
}

/** What calls pass on their way to the database. */
export interface Gates {
  readonly writes: AccountGate
  readonly reads: AccountGate
  /** Calls of the pace for whole files, besides. */
  readonly heavy: AccountGate
}

/** Of the ten sessions that calls write by, one account never has more than two, and whole files never more than three. */
export const openGates = (): Gates => ({
  writes: new AccountGate({ own: 2, all: Infinity, waiting: 200 }),
  reads: new AccountGate({ own: 3, roomy: 6, all: Infinity, waiting: 200 }),
  heavy: new AccountGate({ own: 1, all: 3, waiting: 40 }),
})

/** Milliseconds after which somebody who waits is told to come again. */
const longestWait = 25_000
/** Seconds after which he may. */
const comeAgain = 5

interface Waiting extends Waits {
  readonly go: () => void
}

export class AccountGate {
  readonly #bars: Bars
  readonly #wait: number
  readonly #inside = new Map<string, number>()
  readonly #busy = new Set<string>()
  readonly #lines: Lines<Waiting>
  #all = 0

  /** @param wait milliseconds */
  constructor(bars: Bars, wait = longestWait) {
    this.#bars = bars
    this.#wait = wait
    this.#lines = new Lines({ own: bars.waiting, all: bars.waiting * 50 })
  }

  /** @param who nobody where it is nobody's own: that is never stopped @throws where his line is full, or it took too long */
  async pass<T>(who: string | null, work: () => Promise<T>): Promise<T> {
    if (who === null) return work()
    if (this.#isFree(who)) this.#enter(who)
    else await this.#stand(who)
    try {
      return await work()
    } finally {
      this.#leave(who)
    }
  }

  /** How many wait in all lines. */
  get waiting(): number {
    return this.#lines.size
  }

  #isFree(who: string): boolean {
    return this.#all < this.#bars.all && (this.#isRoomy() || !this.#busy.has(who))
  }

  #isRoomy(): boolean {
    return this.#all < (this.#bars.roomy ?? 0)
  }

  #enter(who: string): void {
    const own = (this.#inside.get(who) ?? 0) + 1
    this.#inside.set(who, own)
    this.#all++
    if (own >= this.#bars.own) this.#busy.add(who)
  }

  #leave(who: string): void {
    const own = this.#inside.get(who)! - 1
    if (own === 0) this.#inside.delete(who)
    else this.#inside.set(who, own)
    this.#all--
    if (own < this.#bars.own) this.#busy.delete(who)
    if (!this.#lines.isEmpty) this.#call()
  }

  #call(): void {
    if (this.#all >= this.#bars.all) return
    const next = this.#lines.take(this.#isRoomy() ? undefined : this.#busy)
    if (!next) return
    this.#enter(next.who)
    next.waits.go()
  }

  async #stand(who: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    try {
      const isIn = await new Promise<boolean>((resolve) => {
        const waits = { go: () => resolve(true), drop: () => resolve(false) }
        if (!this.#lines.join(who, waits)) return resolve(false)
        timer = setTimeout(() => {
          this.#lines.leave(who, waits)
          resolve(false)
        }, this.#wait)
      })
      if (!isIn) refuse('too-many-requests', 429, { retryAfter: comeAgain })
    } finally {
      clearTimeout(timer)
    }
  }
}
