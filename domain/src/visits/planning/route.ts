/**
 * The walking order of a day: 2-opt, Or-opt and double-bridge restarts over at most some sixty stops, with time
 * windows where there are any. Source: algorithms.md 3.3. Rounds and a seed, not a clock: the same input gives the
 * same order. Times are minutes.
 */

export interface Stop {
  /** Minutes of work at the stop. */
  readonly stay: number
  /** Minutes since midnight between which work may begin; absent where any time will do. */
  readonly opens?: number | undefined
  readonly shuts?: number | undefined
}
export interface RouteAsk {
  /** Walking minutes between stops; row and column 0 is the start. */
  readonly walk: readonly (readonly number[])[]
  /** The stops, without the start: stop i stands in row i + 1. */
  readonly stops: readonly Stop[]
  readonly startAt: number
  /** Whether the day ends where it began (TSPLIB's closed tour). */
  readonly isRound: boolean
  readonly rounds: number
  readonly seed: number
}
export interface Route {
  /** Indexes into `stops` in walking order. */
  readonly order: readonly number[]
  readonly arrivals: readonly number[]
  readonly walked: number
  /** Minutes too late over all windows; 0 when every window is kept. */
  readonly late: number
}

/** Repeatable numbers in [0, 1) (mulberry32). */
export function dice(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const latePrice = 1000
const mostTurns = 2000

/** Walks an order: what it costs and when each stop is reached. */
export function walkThrough(
  ask: RouteAsk,
  order: ArrayLike<number>,
): { walked: number; late: number; arrivals: number[] } {
  let at = ask.startAt,
    walked = 0,
    late = 0,
    from = 0
  const arrivals: number[] = []
  for (let i = 0; i < order.length; i++) {
    const stop = ask.stops[order[i]!]!
    const step = ask.walk[from]![order[i]! + 1]!
    walked += step
    at = Math.max(at + step, stop.opens ?? 0)
    arrivals.push(at)
    if (stop.shuts !== undefined && at > stop.shuts) late += at - stop.shuts
    at += stop.stay
    from = order[i]! + 1
  }
  if (ask.isRound && order.length > 0) walked += ask.walk[from]![0]!
  return { walked, late, arrivals }
}

/** Orders the stops. Without windows the local search asks only for what changes; with windows it walks the day. */
export function orderStops(ask: RouteAsk): Route {
  const n = ask.stops.length
  const hasWindows = ask.stops.some((s) => s.opens !== undefined || s.shuts !== undefined)
  const random = dice(ask.seed)
  const search = hasWindows ? new WindowSearch(ask) : new PlainSearch(ask)
  if (n <= fewStops) return finish(ask, bestOfAll(n, search))
  let best = search.improve(nearest(ask, hasWindows))
  let bestCost = search.cost(best)
  let current = best,
    currentCost = bestCost
  for (let round = 0; round < ask.rounds; round++) {
    // Two kinds of kick: three cuts close together keep most of the tour, far apart they change its shape.
    const tried = search.improve(kick(current, random))
    const cost = search.cost(tried)
    if (cost <= currentCost + bestCost * 0.002 * (1 - round / ask.rounds)) {
      current = tried
      currentCost = cost
    }
    if (cost < bestCost - 1e-9) {
      best = tried
      bestCost = cost
    } else if (round % 200 === 199) {
      current = best
      currentCost = bestCost
    }
  }
  return finish(ask, best)
}
const finish = (ask: RouteAsk, order: Int32Array): Route => ({ order: [...order], ...walkThrough(ask, order) })

/** Up to so many stops every order is tried: some seven hundred. */
const fewStops = 6
function bestOfAll(n: number, search: Search): Int32Array {
  let best = Int32Array.from({ length: n }, (_, i) => i),
    least = search.cost(best)
  const tried = best.slice()
  const turn = (k: number) => {
    if (k === n) {
      const cost = search.cost(tried)
      if (cost < least - 1e-9) {
        least = cost
        best = tried.slice()
      }
      return
    }
    for (let i = k; i < n; i++) {
      const [a, b] = [tried[k]!, tried[i]!]
      tried[k] = b
      tried[i] = a
      turn(k + 1)
      tried[k] = a
      tried[i] = b
    }
  }
  turn(0)
  return best
}

/** Nearest neighbour; with windows the most urgent of the near ones. */
function nearest(ask: RouteAsk, hasWindows: boolean): Int32Array {
  const n = ask.stops.length
  const left = new Set(Array.from({ length: n }, (_, i) => i))
  const order = new Int32Array(n)
  let from = 0
  for (let k = 0; k < n; k++) {
    let pick = -1,
      least = Infinity
    for (const i of left) {
      const value = ask.walk[from]![i + 1]! + (hasWindows ? (ask.stops[i]!.shuts ?? 1440) * 0.6 : 0)
      if (value < least) {
        least = value
        pick = i
      }
    }
    order[k] = pick
    left.delete(pick)
    from = pick + 1
  }
  return order
}

/** Double bridge over a segment of at most fifty stops. */
function kick(order: Int32Array, random: () => number): Int32Array {
  const n = order.length
  const span = Math.min(n, 50)
  const begin = Math.floor(random() * (n - span + 1))
  const cuts = [0, 0, 0].map(() => begin + Math.floor(random() * (span + 1))).toSorted((a, b) => a - b) as [
    number,
    number,
    number,
  ]
  const [a, b, c] = cuts
  return Int32Array.from([
    ...order.subarray(0, a),
    ...order.subarray(b, c),
    ...order.subarray(a, b),
    ...order.subarray(c),
  ])
}

interface Search {
  readonly improve: (order: Int32Array) => Int32Array
  readonly cost: (order: Int32Array) => number
}

/** Local search on distances alone: 2-opt and Or-opt with O(1) gains, until nothing is gained. Asks for a symmetric matrix. */
class PlainSearch implements Search {
  private readonly ask: RouteAsk
  private readonly d: Float64Array
  private readonly size: number
  /** The tour with the start at 0; position size stands for the way home, or for nothing when the day ends anywhere. */
  constructor(ask: RouteAsk) {
    this.ask = ask
    this.size = ask.stops.length + 1
    this.d = new Float64Array(this.size * this.size)
    for (let i = 0; i < this.size; i++) for (let j = 0; j < this.size; j++) this.d[i * this.size + j] = ask.walk[i]![j]!
  }

  cost(order: Int32Array): number {
    return walkThrough(this.ask, order).walked
  }

  improve(order: Int32Array): Int32Array {
    const n = this.size
    const tour = new Int32Array(n)
    for (let i = 0; i < order.length; i++) tour[i + 1] = order[i]! + 1
    // Each turn gains; the bound only guards against a matrix that is not the same both ways, where gains may go round in circles.
    for (let turns = 0; turns < mostTurns && (this.twoOpt(tour) || this.orOpt(tour)); turns++);
    const best = new Int32Array(n - 1)
    for (let i = 1; i < n; i++) best[i - 1] = tour[i]! - 1
    return best
  }

  /** Distance between two places of the tour; the end of an open day costs nothing. */
  private step(a: number, b: number): number {
    return a < 0 || b < 0 ? 0 : this.d[a * this.size + b]!
  }

  /** What follows place i of the tour; -1 where an open day ends. */
  private after(t: Int32Array, i: number): number {
    if (i + 1 < this.size) return t[i + 1]!
    return this.ask.isRound ? t[0]! : -1
  }

  private twoOpt(t: Int32Array): boolean {
    const n = this.size
    for (let i = 0; i < n - 2; i++) {
      const a = t[i]!,
        b = t[i + 1]!
      const ab = this.step(a, b)
      for (let j = i + 2; j < n; j++) {
        const c = t[j]!,
          e = this.after(t, j)
        if (i === 0 && e === a) continue
        if (ab + this.step(c, e) - this.step(a, c) - this.step(b, e) > 1e-9) {
          t.subarray(i + 1, j + 1).reverse()
          return true
        }
      }
    }
    return false
  }

  private orOpt(t: Int32Array): boolean {
    const n = this.size
    for (let length = 1; length <= 3; length++) {
      for (let i = 1; i + length <= n; i++) {
        const before = t[i - 1]!,
          first = t[i]!,
          last = t[i + length - 1]!
        const after = this.after(t, i + length - 1)
        const gain = this.step(before, first) + this.step(last, after) - this.step(before, after)
        if (gain <= 1e-9) continue
        for (let j = 0; j < n; j++) {
          if (j >= i - 1 && j < i + length) continue
          const a = t[j]!,
            b = this.after(t, j)
          const straight = this.step(a, first) + this.step(last, b) - this.step(a, b)
          const turned = this.step(a, last) + this.step(first, b) - this.step(a, b)
          if (Math.min(straight, turned) < gain - 1e-9) {
            moveSegment(t, { from: i, length, to: j }, turned < straight)
            return true
          }
        }
      }
    }
    return false
  }
}

/** A run of stops and the place it is put to. */
interface Run {
  readonly from: number
  readonly length: number
  readonly to: number
}

function moveSegment(t: Int32Array, { from, length, to }: Run, isTurned: boolean): void {
  const segment = [...t.subarray(from, from + length)]
  if (isTurned) segment.reverse()
  const rest = [...t.subarray(0, from), ...t.subarray(from + length)]
  const at = to < from ? to + 1 : to - length + 1
  rest.splice(at, 0, ...segment)
  t.set(rest)
}

/** Local search that walks the day for each move: right with windows, and fast enough for sixty stops. */
class WindowSearch implements Search {
  private readonly ask: RouteAsk
  constructor(ask: RouteAsk) {
    this.ask = ask
  }

  cost(order: ArrayLike<number>): number {
    const { ask } = this
    let at = ask.startAt,
      cost = 0,
      from = 0
    for (let i = 0; i < order.length; i++) {
      const index = order[i]!
      const stop = ask.stops[index]!
      const step = ask.walk[from]![index + 1]!
      cost += step
      at += step
      if (stop.opens !== undefined && at < stop.opens) at = stop.opens
      if (stop.shuts !== undefined && at > stop.shuts) cost += (at - stop.shuts) * latePrice
      at += stop.stay
      from = index + 1
    }
    return ask.isRound && order.length > 0 ? cost + ask.walk[from]![0]! : cost
  }

  improve(start: Int32Array): Int32Array {
    let order = start,
      cost = this.cost(order)
    for (let turns = 0, isBetter = true; isBetter && turns < mostTurns; turns++) {
      isBetter = false
      const next = this.bestMove(order, cost)
      if (next) {
        order = next.order
        cost = next.cost
        isBetter = true
      }
    }
    return order
  }

  /** The first move that gains: a stop or a short run put elsewhere, or a stretch walked the other way round. */
  private bestMove(order: Int32Array, cost: number): { order: Int32Array; cost: number } | undefined {
    const n = order.length
    const tried = new Int32Array(n)
    for (let length = 1; length <= 3; length++)
      for (let i = 0; i + length <= n; i++)
        for (let j = 0; j + length <= n; j++) {
          if (j === i) continue
          relocate(order, tried, { from: i, length, to: j })
          const value = this.cost(tried)
          if (value < cost - 1e-9) return { order: tried.slice(), cost: value }
        }
    for (let i = 0; i < n - 1; i++)
      for (let j = i + 2; j <= n; j++) {
        tried.set(order)
        tried.subarray(i, j).reverse()
        const value = this.cost(tried)
        if (value < cost - 1e-9) return { order: tried.slice(), cost: value }
      }
    return undefined
  }
}

/** Writes an order into `into` with a run of its stops taken out and put at position `to` of what is left. */
function relocate(order: Int32Array, into: Int32Array, { from, length, to }: Run): void {
  let k = 0
  for (let p = 0, rest = 0; k < order.length;) {
    if (rest === to && k < to + length) {
      for (let s = 0; s < length; s++) into[k++] = order[from + s]!
      rest = -1 - to
      continue
    }
    if (p === from) p += length
    into[k++] = order[p++]!
    if (rest >= 0) rest++
  }
}
