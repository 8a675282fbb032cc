/** Acts that a worker does on the phone, and the ask that a form makes of its answers. Everything else is done at a desk. */
import type { Action } from '@fengge/domain/events/acts'
import type { NamedAsk } from '@fengge/domain/sync/contract/acts'

export const onPhone = [
  'pass',
  'fail',
  'check-unable',
  'verify',
  'self-close',
  'sign',
  'finish',
  'finish-co-handling',
  'cancel',
  'ask-cancel',
  'reopen',
] as const satisfies readonly Action[]
export type PhoneAction = (typeof onPhone)[number]

/** One question with three answers: is it put right? */
export const checks = ['pass', 'fail', 'check-unable'] as const satisfies readonly PhoneAction[]
export const isCheck = (action: PhoneAction): action is (typeof checks)[number] =>
  (checks as readonly PhoneAction[]).includes(action)

const ownWish = new Set<string>(['cancel', 'ask-cancel', 'reopen', 'self-close'])
/** Whether it waits for him; what he may do of his own accord is none. */
export const isHisTurn = (can: readonly string[]): boolean => onPhone.some((a) => can.includes(a) && !ownWish.has(a))

const strong = new Set<Action>(['pass', 'verify', 'finish', 'sign'])
export function lookOf(action: Action): string {
  if (strong.has(action)) return ''
  return action === 'fail' || action === 'cancel' || action === 'ask-cancel' ? 'warn' : 'plain'
}

/** The act that a form makes of its answers. */
export function deedOf(action: PhoneAction, base: Base, { text, choice, answer }: Answers): NamedAsk {
  switch (action) {
    case 'sign':
      return { name: 'act.sign', ask: base }
    case 'verify':
      return { name: 'act.verify', ask: { ...base, finding: oneOf(findings, choice), note: text } }
    case 'fail':
      return { name: 'act.fail', ask: { ...base, reason: oneOf(failings, choice), note: text } }
    case 'finish':
      return { name: 'act.finish', ask: { ...base, result: text, answer } }
    case 'self-close':
      return { name: 'act.self-close', ask: { ...base, result: text } }
    case 'finish-co-handling':
      return { name: 'act.finish-co-handling', ask: { ...base, result: text } }
    default:
      return { name: `act.${action}`, ask: { ...base, note: text } }
  }
}
export interface Answers {
  readonly text: string
  readonly choice: string
  readonly answer: string
}
export interface Base {
  readonly eventId: string
  readonly version: number
  readonly evidenceIds: string[]
}
const findings = ['exists', 'absent', 'unable'] as const
const failings = ['not-done', 'partly-done', 'came-back', 'false-evidence'] as const
const oneOf = <C extends string>(choices: readonly C[], choice: string): C =>
  choices.find((c) => c === choice) ?? choices[0]!
