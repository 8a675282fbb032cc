/** What the desk asks back before it takes an act, and the act with the answer that somebody gave at the door. */
import type { SentAct } from '@fengge/domain/sync/contract/acts'
import { Refused } from '@fengge/web/api/call.ts'
import type { KeptAct } from '@fengge/web/offline/outbox.ts'

/** `head`: he heads the house, the other is a member. `member`: the other goes on heading it. `off`, `stays`: his moving away. */
export type Answer = 'head' | 'member' | 'again' | 'off' | 'stays'
export interface Question {
  readonly code: 'link.headed' | 'link.planned' | 'leaving.headed'
  readonly answers: readonly Answer[]
  /** The day on which he is to move away. */
  readonly onDay?: string
}

const answers: Readonly<Record<Question['code'], readonly Answer[]>> = {
  'link.headed': ['head', 'member'],
  'link.planned': ['off', 'stays'],
  'leaving.headed': ['again', 'member'],
}
const isQuestion = (problem: string): problem is Question['code'] => Object.hasOwn(answers, problem)

export function questionIn(problem: string, details: unknown): Question | undefined {
  if (!isQuestion(problem)) return undefined
  const { isAsked, onDay } = (details ?? {}) as { readonly isAsked?: boolean; readonly onDay?: string }
  // His own place agrees first; that he heads the house is said when he lives there.
  return {
    code: problem,
    answers: isAsked ? ['member'] : answers[problem],
    ...(onDay === undefined ? {} : { onDay }),
  }
}
export const questionOfKept = (kept: KeptAct): Question | undefined =>
  kept.state === 'refused' ? questionIn(kept.problem, kept.details) : undefined
export const questionOfError = (error: unknown): Question | undefined =>
  error instanceof Refused
    ? questionIn(error.problem.problem, (error.problem as { details?: unknown }).details)
    : undefined

/** What an answer adds to the ask of its act. */
export const saying = (
  answer: Answer,
): { readonly plan?: 'off' | 'stays'; readonly headIs?: 'head' | 'member' | 'again' } =>
  answer === 'off' || answer === 'stays' ? { plan: answer } : { headIs: answer }

export const answered = (act: SentAct, answer: Answer): SentAct =>
  ({ ...act, ask: { ...act.ask, ...saying(answer) } }) as SentAct

/** Where an act that did not go through is seen to. */
export const whereToMend = (kept: KeptAct): string =>
  questionOfKept(kept) ? `#more/answer.${kept.act.requestId}` : '#more/outbox'
