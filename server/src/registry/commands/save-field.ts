/**
 * Which fields a county asks, and why: none without basis and purpose, a sensitive one only for a stated reason, and by
 * who serves the whole county.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { saveField as promise } from '@fengge/domain/registry/fields-contract'
import { fieldSaved } from '@fengge/domain/registry/facts'
import { specOf } from '@fengge/domain/registry/fields'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { editsFields, fieldBook, forgetFields } from '../field-book.ts'
import { saveFieldRule } from '../store/fields.ts'

export async function saveField(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  if (!editsFields(ctx)) refuse('not-allowed', 403)
  const spec = specOf(ask.kind, ask.code) ?? refuse('field.unknown', 404)
  if (ask.isOn && (ask.basis === '' || ask.purpose === '')) refuse('field.no-basis', 422)
  if (!ask.isOn && spec.isRequired) refuse('field.needed', 409)
  if (spec.pi === 's' && ask.isOn && !(await isOn(ctx, ask)) && ask.reason === '') refuse('field.no-reason', 422)
  await saveFieldRule(ctx.tx, ctx.caller.countyCode, {
    kind: ask.kind,
    code: ask.code,
    is_on: ask.isOn,
    is_asked: ask.isAsked,
    basis: ask.basis,
    purpose: ask.purpose,
    purpose_en: ask.purposeEn,
  })
  const { kind, code, isOn: isOnNow, basis, purpose, reason } = ask
  ctx.tell(fieldSaved, { kind, code, isOn: isOnNow, basis, purpose, reason })
  forgetFields(ctx)
  return { done: true }
}

const isOn = async (ctx: Ctx, { kind, code }: AskOf<typeof promise>): Promise<boolean> =>
  (await fieldBook(ctx, ctx.caller.countyCode)).field(kind, code)?.isOn ?? false
