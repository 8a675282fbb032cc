/**
 * Password and session rules (domain.md A12): ten characters, three of four classes, not the login, not a run;
 * administrators change within ninety days. What follows a wrong one: tries.ts.
 */
import { problem, type Problem } from '../kernel/problem.ts'
import { countCharacters } from '../kernel/text.ts'
import { dayLength, minute } from '../kernel/time.ts'

export const passwordRule = { least: 10, most: 128, classes: 3 } as const
export const sessionRule = {
  idleMs: 30 * minute,
  adminIdleMs: 15 * minute,
  fieldIdleMs: 14 * dayLength,
  longestMs: 30 * dayLength,
} as const
const machineIdleMs = 365 * dayLength

/** How long a session lives without a call: administrators' the shortest, a phone's two weeks. */
export function idleMsFor(device: string, isAdmin: boolean): number {
  if (device === 'machine') return machineIdleMs
  if (isAdmin) return sessionRule.adminIdleMs
  return device === 'field' ? sessionRule.fieldIdleMs : sessionRule.idleMs
}

export const adminPasswordAge = 90 * dayLength

export function judgePassword(password: string, login: string): Problem | undefined {
  const length = countCharacters(password)
  if (length < passwordRule.least || length > passwordRule.most)
    return problem('password.length', 422, { least: passwordRule.least })
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((c) => c.test(password)).length
  if (classes < passwordRule.classes) return problem('password.simple', 422, { classes: passwordRule.classes })
  const lower = password.toLowerCase()
  if (login.length >= 3 && lower.includes(login.toLowerCase())) return problem('password.has-login', 422)
  if (/(.)\1{3}|0123|1234|2345|3456|4567|5678|6789|abcd|qwer|password/i.test(password))
    return problem('password.common', 422)
  return undefined
}
