/** How often somebody may call, kept in the memory of this server: an account's buckets, or an address's. */
import { placeOfAddress } from '@fengge/domain/kernel/address'
import { draw, addressPaces, paces, tokensAt, type Bucket, type Rate } from '@fengge/domain/kernel/pace'
import type { Clock } from './clock.ts'
import { problemOf, refuse } from './problems.ts'
import type { Settings } from './settings.ts'

const rates = { ...paces, ...addressPaces } satisfies Readonly<Record<string, Rate>>
type AnyPace = keyof typeof rates

export interface Limiter {
  /** Takes a token of somebody's, an account's or an address's. @throws the refusal, which says how long to wait */
  readonly take: (pace: AnyPace, who: string) => void
  /** Sees to it that there is one to take, and takes none. @throws the same */
  readonly check: (pace: AnyPace, who: string) => void
}

/** Whether a bucket, looked at or drawn from, had a token; for what is not refused by it. */
export function isWithin(draw: () => void): boolean {
  try {
    draw()
    return true
  } catch (error) {
    if (problemOf(error)?.problem === 'too-many-requests') return false
    throw error
  }
}

/** The setting at which paces are as they are written down. */
const usual = 600
const mostBuckets = 100_000

export function createLimiter(settings: Pick<Settings, 'rateLimit'>, clock: Clock): Limiter {
  const scale = settings.rateLimit / usual
  const buckets = new Map<string, Kept>()
  const drawn = (pace: AnyPace, who: string) => {
    const rate = scaled(rates[pace], scale)
    const key = `${pace} ${placeOfAddress(who)}`
    const { bucket, waitMs } = draw(buckets.get(key)?.bucket, rate, clock.now())
    const keep = () => {
      if (buckets.size >= mostBuckets) dropFull(buckets, clock.now())
      buckets.set(key, { bucket, rate })
    }
    return { waitMs, keep }
  }
  return {
    take: (pace, who) => {
      const { waitMs, keep } = drawn(pace, who)
      keep()
      refuseUntil(waitMs)
    },
    check: (pace, who) => refuseUntil(drawn(pace, who).waitMs),
  }
}

function refuseUntil(waitMs: number): void {
  if (waitMs > 0) refuse('too-many-requests', 429, { retryAfter: Math.ceil(waitMs / 1000) })
}

interface Kept {
  readonly bucket: Bucket
  readonly rate: Rate
}

const scaled = (rate: Rate, scale: number): Rate => ({
  perSecond: rate.perSecond * scale,
  burst: Math.max(1, rate.burst * scale),
})

/** A full bucket is as good as none. Where all are in use, those that were there first go. */
function dropFull(buckets: Map<string, Kept>, now: number): void {
  for (const [key, { bucket, rate }] of buckets) if (tokensAt(bucket, rate, now) >= rate.burst) buckets.delete(key)
  for (const key of buckets.keys()) {
    if (buckets.size < mostBuckets / 2) break
    buckets.delete(key)
  }
}
