/**
 * Numbers that check and yet are nobody's: specimens of standards and forms, and what is typed to get past a field.
 * They are kept, since somebody may bear one after all, and warned of; each with the day from which it is. As data, so
 * that the list grows without a rule. Source: requirements.md R2, GB 11643 (its two specimens).
 */
import type { Day } from '../../kernel/time.ts'
import { readIdNumber } from '../identity-number.ts'
import type { Value } from '../terms.ts'

interface Dummy {
  /** The seventeen digits before the check digit. */
  readonly body: string
  readonly since: Day
  readonly why: 'specimen' | 'typed'
}

export const dummyNumbers: readonly Dummy[] = [
  { body: '11010519491231002', since: '1999-07-01', why: 'specimen' },
  { body: '44052418800101001', since: '1999-07-01', why: 'specimen' },
  { body: '11010119900101001', since: '2026-11-01', why: 'typed' },
  { body: '11010119900307001', since: '2026-11-01', why: 'typed' },
  { body: '11010119800101001', since: '2026-11-01', why: 'typed' },
  { body: '11010120000101001', since: '2026-11-01', why: 'typed' },
]

/** @returns `id.dummy` where a number is one of the list on that day */
export function warnOfNumber(value: Value | undefined, today: Day): 'id.dummy' | undefined {
  const body = typeof value === 'string' ? readIdNumber(value)?.body : undefined
  return dummyNumbers.some((d) => d.body === body && d.since <= today) ? 'id.dummy' : undefined
}
