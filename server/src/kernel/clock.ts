/** The one source of time. Tests and the demo hand in their own. */
export interface Clock {
  now(): number
}
export const systemClock: Clock = { now: () => Date.now() }
