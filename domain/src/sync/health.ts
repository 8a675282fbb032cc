/**
 * Why a phone is behind, in codes that the screen words: never used to judge anybody. A day without contact, an hour
 * with something unsent, ten minutes of a wrong clock. Source: requirements.md U2. Left out: what to do about it.
 */
import { minute } from '../kernel/time.ts'

export interface PhoneHealth {
  readonly wipe: '' | 'asked' | 'done'
  /** Whether its holder may still sign in. */
  readonly isActive: boolean
  /** Instants in ms. */
  readonly pulledAt: number | null
  readonly oldestAt: number | null
  readonly waiting: number
  readonly skewMs: number
  /** What the phone itself told last. */
  readonly fault: string
}

const longestSilence = 24 * 60 * minute
const longestWait = 60 * minute
const mostSkew = 10 * minute

/** @returns codes, the gravest first; none for a phone that is well */
export function causesOf(phone: PhoneHealth, now: number): string[] {
  const isSilent = phone.pulledAt === null || now - phone.pulledAt > longestSilence
  const isStuck = phone.waiting > 0 && phone.oldestAt !== null && now - phone.oldestAt > longestWait
  return [
    ...(phone.wipe === 'asked' ? ['to-wipe'] : []),
    ...(phone.isActive ? [] : ['left']),
    ...(isSilent ? ['no-contact'] : []),
    ...(isStuck ? ['waiting'] : []),
    ...(Math.abs(phone.skewMs) > mostSkew ? ['clock'] : []),
    ...(phone.fault === '' ? [] : [phone.fault]),
  ]
}
