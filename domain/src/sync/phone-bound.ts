/**
 * How many phones one account may hold. A phone that was not heard of for as long as a session of the field lives has to
 * be signed in anew anyway: it makes room. Source: review of secrets, "one account enrols any number of phones".
 */
import { sessionRule } from '../identity/password.ts'
import type { Day } from '../kernel/time.ts'

/** Phones of one account, where a county has set nothing else (sync.phone_bound). */
export const readyPhoneBound = 5

export interface PhoneBound {
  readonly fromOn: Day
  readonly most: number
}

/** Of a county's own bounds the latest that has begun, else the one it starts with. */
export function phoneBoundOn(own: readonly PhoneBound[], on: Day): number {
  const begun = own.filter((b) => b.fromOn <= on).toSorted((a, b) => (a.fromOn < b.fromOn ? 1 : -1))
  return begun[0]?.most ?? readyPhoneBound
}

export interface HeldPhone {
  readonly id: string
  /** When it was enrolled or heard of last, in milliseconds. */
  readonly heardAt: number
}

/**
 * Room for one phone more.
 * @param held those of the account that are not to be wiped
 * @returns which of them go for it, the one silent longest first; undefined where there is no room
 */
export function roomFor(held: readonly HeldPhone[], most: number, now: number): readonly HeldPhone[] | undefined {
  const excess = held.length + 1 - most
  if (excess <= 0) return []
  const silent = held
    .filter((phone) => now - phone.heardAt > sessionRule.fieldIdleMs)
    .toSorted((a, b) => a.heardAt - b.heardAt)
  return silent.length < excess ? undefined : silent.slice(0, excess)
}
