/** Chance that can be thrown again: the same seed gives the same requests. */
export interface Dice {
  /** From 0 up to, and without, 1. */
  readonly roll: () => number
  readonly int: (below: number) => number
  readonly chance: (share: number) => boolean
  readonly pick: <T>(from: readonly T[]) => T
}

export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (below: number) => Math.floor(roll() * below)
  return { roll, int, chance: (share) => roll() < share, pick: (from) => from[int(from.length)]! }
}

export function uuidOf(dice: Dice): string {
  const hex = Array.from({ length: 32 }, () => dice.int(16).toString(16))
  hex[12] = '7'
  hex[16] = '8'
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
