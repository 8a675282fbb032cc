/** The phone's clock, corrected by what the server's clock is ahead of it, learnt with every answer. */
export interface FieldClock {
  readonly now: () => number
  readonly own: () => number
  readonly learn: (server: number) => void
}

export function makeClock(own: () => number): FieldClock {
  const skew = { ms: 0 }
  return {
    now: () => own() + skew.ms,
    own,
    learn: (server) => {
      skew.ms = server - own()
    },
  }
}
