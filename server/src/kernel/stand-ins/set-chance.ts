import type { Chance } from '../chance.ts'

/** Chance that comes out as it is put. */
export function setChance(start: number): Chance & { put: (next: number) => void } {
  let value = start
  return {
    draw: () => value,
    put: (next) => {
      value = next
    },
  }
}
