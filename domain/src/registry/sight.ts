/** Who sees which field how: by tier, and by the duties of the post he looks from. Source: requirements.md D1, domain.md B7. */
import type { FieldSpec } from './fields.ts'

export type Sight = 'plain' | 'masked' | 'hidden'

/** General fields are plain in scope; important and core ones are masked, or not shown at all to whoever has no use for them. */
export function sightOf(spec: FieldSpec, duties: ReadonlySet<string>): Sight {
  if (spec.tier === 'G') return 'plain'
  if (duties.has('registry.see-masked')) return 'masked'
  return spec.tier === 'I' && spec.type === 'phone' ? 'masked' : 'hidden'
}

/** Whether one value may be revealed, with a reason and against the quota. */
export function mayReveal(spec: FieldSpec, duties: ReadonlySet<string>): boolean {
  return spec.tier === 'I'
    ? duties.has('registry.reveal')
    : spec.tier === 'C'
      ? duties.has('registry.reveal-core')
      : false
}

/** Values one person may reveal in a day; more needs the centre. */
export const revealQuota = 20
