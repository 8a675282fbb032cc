/** The form that a rule or a campaign asks: it exists, and suits whom it is asked of. */
import { suits, type Form } from '@fengge/domain/visits/forms'
import type { Selector } from '@fengge/domain/visits/terms'
import type { Asking } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { findForm } from './store/forms.ts'

export async function formFor(ctx: Asking, code: string, selector: Selector): Promise<Form> {
  const form = (await findForm(ctx.tx, ctx.caller.countyCode, code)) ?? refuse('form.unknown', 422)
  return suits(form, selector) ? form : refuse('rule.form-subject', 422)
}
