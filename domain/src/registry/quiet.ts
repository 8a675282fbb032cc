/** A household is left in peace: asked once, it is not asked again for ninety days without a reason (R8, domain.md D7). */
import { dayLength } from '../kernel/time.ts'

export const quietDays = 90

/** Whether a household was asked so lately that asking again needs a reason. Both moments in milliseconds. */
export const isQuiet = (askedAt: number, now: number): boolean => now - askedAt < quietDays * dayLength
