/** Who may read a visit that is not in the books yet: whoever could read it there (list-visits.ts). */
import type { Duty } from '@fengge/domain/kernel/duty'
import { z } from 'zod'
import type { Asking } from '../../kernel/context.ts'
import { findForm } from '../store/forms.ts'
import { knowsPeople } from '../store/reach.ts'

/** As it came from a phone: never judged yet. */
const Handed = z.object({ formCode: z.string().catch(''), subjectKind: z.string().catch('person') })
const keeps: readonly Duty[] = ['overlay.keep']

/**
 * @returns the duties of which one, over the place, lets somebody read it; none where it is open to who sees the place. A
 * form that nobody knows is taken for one of the strictest tier.
 */
export async function readersOfVisit(
  ctx: Pick<Asking, 'tx' | 'caller'>,
  handed: unknown,
): Promise<{ readonly duties: readonly Duty[]; readonly isCore: boolean }> {
  const { formCode, subjectKind } = Handed.parse(handed)
  const form = await findForm(ctx.tx, ctx.caller.countyCode, formCode)
  if (!form || form.isCore) return { duties: keeps, isCore: true }
  const isOfPerson = subjectKind === 'person' || form.subject === 'person'
  return { duties: isOfPerson ? knowsPeople : [], isCore: false }
}
