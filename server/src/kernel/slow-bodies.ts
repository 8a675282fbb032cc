/** Bodies that do not come to their end: nobody keeps a line by sending half of one. */
import type { Readable } from 'node:stream'
import { minute } from '@fengge/domain/kernel/time'

/** How long the body of one request may take, in milliseconds. What a stranger sends is a line or two. */
export const bodyWithin = { strangers: minute / 6, pages: minute / 2, known: 5 * minute }

/** Destroys a body that is not at its end in time. @returns what stops the watch */
export function cutOff(body: Readable, ms: number): () => void {
  const timer = setTimeout(() => {
    if (!body.readableEnded) body.destroy()
  }, ms).unref()
  return () => clearTimeout(timer)
}

/** The same, stopped when the body has come or its line is closed. */
export function watchBody(body: Readable, ms: number): void {
  const stop = cutOff(body, ms)
  for (const name of ['end', 'close', 'error'] as const) body.once(name, stop)
}

/**
 * Slower than any line: sixteen bytes a millisecond, after ten seconds that are given for nothing. While others wait two
 * seconds are given, and for each of them as much again is asked, up to what a mobile line carries.
 */
export const slowestLine = { bytesPerMs: 16, graceMs: minute / 6, mostBytesPerMs: 128, crowdedGraceMs: 2000 }

/** Whether what came in so many milliseconds is too little, while so many wait. */
export function isTooSlow(came: { readonly bytes: number; readonly ms: number }, waiting: number, pace = slowestLine) {
  const asked = Math.min(pace.mostBytesPerMs, pace.bytesPerMs * (1 + waiting))
  const grace = waiting > 0 ? pace.crowdedGraceMs : pace.graceMs
  return came.bytes < (came.ms - grace) * asked
}

/** A body while it comes or goes. */
export interface ComingBody {
  readonly body: Pick<Readable, 'destroyed'> & { readonly readableEnded?: boolean; readonly destroy: () => unknown }
  /** Bytes that came or went over its line. */
  readonly readSoFar: () => number
  /** Settles when its line is closed or its answer is sent. */
  readonly closed: Promise<void>
}
