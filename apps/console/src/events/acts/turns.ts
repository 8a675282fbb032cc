/** Which acts take an event on, as whoever has the turn chooses among them; what else he may do stands beside. */
import type { Action } from '@fengge/domain/events/acts'

/** Each a question with its answers, the likeliest first; the first question that can be answered is asked. */
const questions: readonly (readonly Action[])[] = [
  ['confirm-force-close'],
  ['agree-cancel', 'refuse-cancel'],
  ['agree-recode', 'refuse-recode'],
  ['agree-return', 'refuse-return'],
  ['agree-extension', 'refuse-extension'],
  ['agree-suspension', 'refuse-suspension'],
  ['confirm-unreasonable', 'refuse-unreasonable'],
  ['rule'],
  ['pass', 'fail', 'check-unable'],
  ['call-back'],
  ['verify'],
  ['register', 'ask-verify', 'refuse'],
  ['dispatch'],
  ['sign', 'return'],
  ['finish', 'ask-extension', 'ask-suspension'],
  ['finish-co-handling', 'decline-co-handling'],
  ['resume'],
]

/** The answers of one's turn; empty where it is somebody else's. */
export function turnOf(can: readonly string[]): readonly Action[] {
  const asked = questions.find(([first]) => can.includes(first!)) ?? []
  return asked.filter((action) => can.includes(action))
}

/** What one may do besides, in the order of the contract. */
export const besides = (can: readonly string[], turn: readonly Action[]): readonly Action[] =>
  (can as readonly Action[]).filter((action) => !turn.includes(action))

/** The key that does it from a page of its own. */
export const keyOf: { readonly [A in Action]?: string } = {
  dispatch: 'D',
  'report-up': 'U',
  'assign-down': 'R',
  return: 'R',
  merge: 'M',
  pass: 'V',
  verify: 'V',
  sign: 'S',
}
