/**
 * How long what a desk has decided on can be read by it: a dated list, so that another rule is another row. That it was
 * decided, by whom and how, stays with the act and in the journal; its words go. Source: PIPL art. 19; requirements.md U2.
 */
import { dayOf } from '../kernel/time.ts'

export interface KeptRule {
  /** The first day on which it holds. */
  readonly from: string
  /** Days after the decision. */
  readonly days: number
}

export const keptRules: readonly KeptRule[] = [{ from: '2026-01-01', days: 180 }]

export function keptRuleAt(now: number): KeptRule {
  const day = dayOf(now)
  return keptRules.findLast((rule) => rule.from <= day) ?? keptRules[0]!
}
