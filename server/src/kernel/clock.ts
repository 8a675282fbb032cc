/** The one source of time. Tests and the demo hand in their own. */
export interface Clock {
  readonly now: () => number
}
export const systemClock: Clock = { now: () => Date.now() }
