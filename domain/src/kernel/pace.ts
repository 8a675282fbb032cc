/**
 * How often somebody may call, in tokens: a full bucket may be spent at once, then it fills at its own rate. Each
 * account has a bucket a pace; whoever is not signed in shares that of his address. Source: the security review of
 * 2026-11-21, findings 2, 9, 26. Left out: what a day allows (quotas of looks and searches are of their slices).
 */
export interface Rate {
  readonly perSecond: number
  /** How much may be spent at once. */
  readonly burst: number
}

/** What an endpoint says of itself; by its method where it says nothing. */
export const paces = {
  read: { perSecond: 20, burst: 100 },
  write: { perSecond: 10, burst: 60 },
  /** Questions that tell whether somebody is there. */
  search: { perSecond: 1, burst: 20 },
  /** One value shown in full. */
  look: { perSecond: 0.5, burst: 20 },
  /** Files made or read whole: exports, imports, prints. */
  heavy: { perSecond: 0.5, burst: 30 },
  /** What one device says: a burst of alarms, then one every five seconds. */
  device: { perSecond: 0.2, burst: 30 },
  /** What a phone asks and sends by itself. */
  sync: { perSecond: 4, burst: 60 },
  /** An office behind one address signs in within a minute. */
  'sign-in': { perSecond: 2, burst: 120 },
  /** Right sign-ins of one account: above it stands in line as a stranger does. No endpoint says it. */
  'right-sign-in': { perSecond: 20 / 3600, burst: 20 },
} as const satisfies Readonly<Record<string, Rate>>
export type Pace = keyof typeof paces

/** What no endpoint says: pages of residents, files of the programs, wrong passwords. Always by address. */
export const addressPaces = {
  page: { perSecond: 5, burst: 100 },
  /** A code that somebody may be guessing. */
  code: { perSecond: 1, burst: 60 },
  report: { perSecond: 0.2, burst: 20 },
  /** Wrong passwords of an address, on whatever logins. */
  'wrong-password': { perSecond: 0.1, burst: 30 },
  /** Of all that one subscriber may have, and of the network that he is in: wider, since others may be in it too. */
  'wrong-password-line': { perSecond: 0.2, burst: 60 },
  'wrong-password-network': { perSecond: 1, burst: 300 },
  file: { perSecond: 100, burst: 1500 },
  /** Thousands of devices may come by one gateway. */
  'device-address': { perSecond: 50, burst: 3000 },
  'wrong-key': { perSecond: 0.1, burst: 30 },
  /** Tokens of sessions without the server's tag: made-up ones, those of before there were tags or of a former key. */
  'unproven-token': { perSecond: 20, burst: 100 },
} as const satisfies Readonly<Record<string, Rate>>
export type AddressPace = keyof typeof addressPaces

export interface Bucket {
  readonly tokens: number
  /** When it held so much, in milliseconds. */
  readonly at: number
}

export interface Drawn {
  readonly bucket: Bucket
  /** 0 when there was a token; otherwise how long until there is one. */
  readonly waitMs: number
}

/**
 * Takes one token. A bucket nobody knows is full; a clock that goes back fills nothing.
 * @example draw(undefined, { perSecond: 1, burst: 2 }, 0) // { bucket: { tokens: 1, at: 0 }, waitMs: 0 }
 */
export function draw(bucket: Bucket | undefined, rate: Rate, now: number): Drawn {
  const tokens = bucket === undefined ? rate.burst : tokensAt(bucket, rate, now)
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, at: now }, waitMs: 0 }
  return { bucket: { tokens, at: now }, waitMs: Math.ceil(((1 - tokens) / rate.perSecond) * 1000) }
}

/** What a bucket holds by now. */
export function tokensAt(bucket: Bucket, rate: Rate, now: number): number {
  const passed = Math.max(0, now - bucket.at) / 1000
  return Math.min(rate.burst, bucket.tokens + passed * rate.perSecond)
}
