/**
 * Photos and files by when in the life of an event they were taken: which an act has a slot for, which of them its
 * category asks for, and what is still missing. The screens draw their slots from it, the step obeys it.
 * Sources: domain.md B5 (phase), D2 (evidence by category). Left out: what a picture shows; a person checks that.
 */
import type { Action } from '../acts.ts'

export const evidencePhases = ['before', 'during', 'after', 'check'] as const
export type EvidencePhase = (typeof evidencePhases)[number]

/** The slots of an act, in the order of the work; the last is the act's own, for a file that was sent without one. */
const slots: { readonly [A in Action]?: readonly EvidencePhase[] } = {
  verify: ['before'],
  'self-close': ['before', 'during', 'after'],
  finish: ['before', 'during', 'after'],
  'finish-co-handling': ['during', 'after'],
  return: ['during'],
  pass: ['check'],
  fail: ['check'],
}

export const slotsOf = (action: Action): readonly EvidencePhase[] => slots[action] ?? []

/** In which phase a file counts that was sent with an act and without a phase of its own. */
export const ownPhaseOf = (action: Action): EvidencePhase => slotsOf(action).at(-1) ?? 'during'

/** The phases that a finish must show for a category with these needs. */
export const neededPhases = (needs: readonly string[]): EvidencePhase[] =>
  slotsOf('finish').filter((phase) => phase !== 'during' && needs.includes(phase))

/** Which of them an event has nothing of. */
export const missingPhases = (needs: readonly string[], there: ReadonlySet<string>): EvidencePhase[] =>
  neededPhases(needs).filter((phase) => !there.has(phase))
