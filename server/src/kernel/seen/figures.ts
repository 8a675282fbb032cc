/** Figures that slices give to whoever keeps the server going: how much waits, how old it is. No personal data. */
import type { Reading } from '../db/tx.ts'

export interface Figure {
  /** As Prometheus writes it, with `fengge_` before it. */
  readonly name: string
  readonly help: string
  /** What the values are told apart by; a figure without one has a single value, under the empty word. */
  readonly label?: string
  readonly read: (reading: Reading, now: number) => Promise<ReadonlyMap<string, number>>
}

/** A figure that is one number. */
export const one = (value: number): ReadonlyMap<string, number> => new Map([['', value]])
