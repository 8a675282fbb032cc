/** A small seeded generator (mulberry32): the same seed gives the same county. */
import { composeId } from '@fengge/domain/kernel/id'

export interface Dice {
  readonly next: () => number
  readonly int: (below: number) => number
  readonly pick: <T>(list: readonly T[]) => T
  readonly chance: (share: number) => boolean
  /** Log-normal-like delay around `mean`. */
  readonly spread: (mean: number) => number
  readonly id: (time: number) => string
}

export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    next,
    int,
    pick: (list) => list[int(list.length)]!,
    chance: (share) => next() < share,
    spread: (mean) => mean * Math.exp((next() + next() + next() - 1.5) * 0.9),
    id: (time) =>
      composeId(
        time,
        Uint8Array.from({ length: 10 }, () => int(256)),
      ),
  }
}
