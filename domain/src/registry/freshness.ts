/** How fresh a record is, by when it was confirmed and when it falls due (R2). All moments in milliseconds. */
import { dayLength } from '../kernel/time.ts'

export type Freshness = 'never' | 'due' | 'soon' | 'fresh'
const soonDays = 30

export function freshnessOf(confirmedAt: number | null, dueAt: number | null, now: number): Freshness {
  if (confirmedAt === null) return 'never'
  if (dueAt === null || dueAt <= now) return 'due'
  return dueAt - now < soonDays * dayLength ? 'soon' : 'fresh'
}
