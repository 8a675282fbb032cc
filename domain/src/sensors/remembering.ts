/**
 * Which messages of a device were taken: the last ones by name, so that a repeat changes nothing, in a number of them that
 * never grows (requirements.md E3). A device may be wrong about the hour: what it says counts where it is within a day
 * behind, else the server's own time does. What is older than a day, or older than all that is remembered, is no news.
 */
import { dayLength, minute } from '../kernel/time.ts'

export interface Taken {
  readonly message: string
  readonly at: number
}

/** So many messages of one device are known by name. */
export const mostRemembered = 64
const ahead = 5 * minute

/** When it happened, as far as a device can be believed; undefined where it is too old to be news. */
export function momentOf(said: number | undefined, now: number): number | undefined {
  if (said === undefined) return now
  if (said < now - dayLength) return undefined
  return said > now + ahead ? now : Math.min(said, now)
}

export type Remembering =
  | { readonly is: 'new'; readonly taken: readonly Taken[] }
  | { readonly is: 'again' | 'too-old' }

/** @param taken oldest first */
export function remember(taken: readonly Taken[], message: string, at: number): Remembering {
  if (taken.some((t) => t.message === message)) return { is: 'again' }
  const oldest = taken[0]
  if (taken.length >= mostRemembered && oldest && at < oldest.at) return { is: 'too-old' }
  const all = [...taken, { message, at }].toSorted((a, b) => a.at - b.at)
  return { is: 'new', taken: all.slice(-mostRemembered) }
}

/** As a device's row keeps them. @example writeTaken({ message: 'a-1', at: 5 }) // '5 a-1' */
export const writeTaken = ({ message, at }: Taken): string => `${at} ${message}`
export function readTaken(line: string): Taken {
  const [at = '', message = ''] = line.split(' ')
  return { message, at: Number(at) }
}
