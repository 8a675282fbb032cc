/** Which fields a county asks, and why: none without basis and purpose. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { saveField as promise } from '@fengge/domain/registry/fields-contract'
import { fieldSaved } from '@fengge/domain/registry/facts'
import { specOf } from '@fengge/domain/registry/fields'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { forgetFields } from '../field-book.ts'
import { saveFieldRule } from '../store/fields.ts'

export async function saveField(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const spec = specOf(ask.kind, ask.code) ?? refuse('field.unknown', 404)
  if (ask.isOn && (ask.basis === '' || ask.purpose === '')) refuse('field.no-basis', 422)
  if (!ask.isOn && spec.isRequired) refuse('field.needed', 409)
  await saveFieldRule(ctx.tx, ctx.caller.countyCode, {
    kind: ask.kind,
    code: ask.code,
    is_on: ask.isOn,
    is_asked: ask.isAsked,
    basis: ask.basis,
    purpose: ask.purpose,
  })
  const { kind, code, isOn, basis, purpose } = ask
  ctx.tell(fieldSaved, { kind, code, isOn, basis, purpose })
  forgetFields(ctx)
  return { done: true }
}
