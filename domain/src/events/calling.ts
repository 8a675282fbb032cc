/**
 * Who still waits to be asked before a matter is over. Of joined citizens none speaks for the others: it closes when each
 * who wants an answer was heard, was tried by the rule, or has been told and his term is over. Source: domain.md D2
 * (S13–S16; merge keeps the reporters, each gets an answer).
 */
import { callRuleAt, countTries } from './forms/call-rules.ts'
import { reopenWindow } from './guards.ts'
import type { CloseKind } from './terms.ts'

export const heardWords = ['solved', 'unsolved', 'unreasonable'] as const
export type Heard = (typeof heardWords)[number]

/** A citizen who wants to be told, as his call-back stands since the check was passed. */
export interface Waiter {
  readonly id: string
  /** What he said himself of the handling, by his code. */
  readonly ownWord: boolean | null
  /** What whoever rang him wrote down. */
  readonly heardAs: Heard | null
  readonly score: number | null
  /** When he was not reached. */
  readonly tries: readonly number[]
  /** When he was last told that it is closed. */
  readonly toldAt: number | null
}

/** What a step says of one who waits, to be kept with his report. */
export interface Told {
  readonly reporterId: string
  /** Null: he was not reached. */
  readonly heardAs: Heard | null
  readonly score: number | null
}

export const waiterStates = ['to-ring', 'heard', 'tried', 'told'] as const
export type WaiterState = (typeof waiterStates)[number]

/** How it stands with one who waits. */
export function stateOf(waiter: Waiter, now: number): WaiterState {
  if (waiter.ownWord === true || waiter.heardAs === 'solved' || waiter.heardAs === 'unreasonable') return 'heard'
  const rule = callRuleAt(now)
  if (countTries(waiter.tries, rule) >= rule.tries) return 'tried'
  const isTermOver = waiter.toldAt !== null && now - waiter.toldAt > reopenWindow
  return isTermOver && waiter.ownWord === null ? 'told' : 'to-ring'
}

/** Whom nobody has heard yet, in the order of reporting. */
export const stillToRing = (waiters: readonly Waiter[], now: number): Waiter[] =>
  waiters.filter((w) => stateOf(w, now) === 'to-ring')

/** Those who wait, after a step said something of one of them. */
export const withTold = (waiters: readonly Waiter[], { reporterId, heardAs, score }: Told, now: number): Waiter[] =>
  waiters.map((w) => {
    if (w.id !== reporterId) return w
    return heardAs === null ? { ...w, tries: [...w.tries, now] } : { ...w, heardAs, score: score ?? w.score }
  })

/** How a matter ends of which nobody waits any more: what a leader had to judge counts before what was heard. */
export function endingOf(waiters: readonly Waiter[], now: number): CloseKind {
  if (waiters.some((w) => w.heardAs === 'unreasonable')) return 'dutiful'
  const isUnheard = waiters.length > 0 && waiters.every((w) => stateOf(w, now) === 'tried')
  return isUnheard ? 'unreached' : 'normal'
}

/** The lowest score of those who were heard: one who is content does not hide one who is not. */
export function lowestScore(waiters: readonly Waiter[], now: number): number | null {
  const scores = waiters.flatMap((w) => (stateOf(w, now) === 'heard' && w.score !== null ? [w.score] : []))
  return scores.length === 0 ? null : Math.min(...scores)
}
