import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { fieldSpecs } from '@fengge/domain/registry/fields'
import type { saveForm as promise } from '@fengge/domain/visits/contract/rules'
import { formSaved } from '@fengge/domain/visits/facts'
import { judgeForm, staysCore, type Form } from '@fengge/domain/visits/forms'
import type { SubjectKind } from '@fengge/domain/visits/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { mayForCounty } from '../../places/door.ts'
import { findForm, saveFormRow } from '../store/forms.ts'

export async function saveForm(ctx: Ctx, ask: AskOf<typeof promise>): Promise<Form> {
  mayForCounty(ctx, 'visit.rules')
  const known = await findForm(ctx.tx, ctx.caller.countyCode, ask.form.code)
  if (known && known.version !== ask.form.version) refuse('form.stale', 409, { version: known.version })
  const isCore = staysCore(ask.form.code, known)
  if (isCore && ask.form.isCore === false) refuse('form.core', 422)
  const form = { ...ask.form, isCore: isCore || (ask.form.isCore ?? false), version: known ? known.version + 1 : 1 }
  const fault = judgeForm(form, knownOf)
  if (fault) refuse(fault.fault, 422, { field: fault.field })
  await saveFormRow(ctx.tx, ctx.caller.countyCode, form)
  ctx.tell(formSaved, { code: form.code, isCore: form.isCore })
  return form
}

/** Codes and names that the registry already holds of a subject: a form asks for them only with a reason. */
function knownOf(subject: SubjectKind): ReadonlySet<string> {
  const specs = subject === 'grid' ? [] : fieldSpecs[subject].filter((f) => f.isOn && f.code !== 'remark')
  return new Set(specs.flatMap((f) => [f.code, f.name]))
}
