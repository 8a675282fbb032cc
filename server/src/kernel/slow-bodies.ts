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

/** Slower than any line: sixteen bytes a millisecond, after ten seconds that are given for nothing. */
export const slowestLine = { bytesPerMs: 16, graceMs: minute / 6 }

/** A body while it comes or goes. */
export interface ComingBody {
  readonly body: Pick<Readable, 'destroyed'> & { readonly readableEnded?: boolean; readonly destroy: () => unknown }
  /** Bytes that came or went over its line. */
  readonly readSoFar: () => number
  /** Settles when its line is closed or its answer is sent. */
  readonly closed: Promise<void>
}
