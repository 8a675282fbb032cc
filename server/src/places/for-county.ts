/** What is the county's as a whole: its work calendar, its catalogue, its matters, its fields. */
import type { Duty } from '@fengge/domain/kernel/duty'
import { postsWith, type Asker } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { placeTree } from './tree-in-force.ts'

/** Whether a duty is held for the county: who holds it in a town or a village reads what is the county's, and no more. */
export function holdsForCounty(asker: Asker, duty: Duty): boolean {
  if (asker.caller.kind === 'system') return true
  const tree = placeTree(asker)
  return postsWith(asker.caller, duty).some(
    (post) => post.departmentId === null && tree.get(post.placeId)?.tier === 'county',
  )
}

/** @throws Refusal where the duty is not held for the county */
export function mayForCounty(asker: Asker, duty: Duty): void {
  if (!holdsForCounty(asker, duty)) refuse('not-allowed', 403)
}
