/** The one source of chance where somebody might like to foresee or choose it. Tests hand in their own. */
import { randomInt } from 'node:crypto'

export interface Chance {
  /** A number from 0 up to, and never, 1. */
  readonly draw: () => number
}

const steps = 2 ** 32
export const systemChance: Chance = { draw: () => randomInt(steps) / steps }
