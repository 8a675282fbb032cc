/** Which fields a county asks, and why: none without basis and purpose. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { saveField as promise } from '@fengge/domain/registry/contract'
import { specOf } from '@fengge/domain/registry/fields'
import type { Ctx } from '../../kernel/context.ts'
import { sql, run } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import { forgetFields } from '../field-book.ts'

export async function saveField(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const spec = specOf(ask.kind, ask.code) ?? refuse('field.unknown', 404)
  if (ask.isOn && (ask.basis === '' || ask.purpose === '')) refuse('field.no-basis', 422)
  if (!ask.isOn && spec.isRequired) refuse('field.needed', 409)
  await run(
    ctx.tx,
    sql`
      insert into registry.field_rule
      values
        (${ctx.caller.countyCode}, ${ask.kind}, ${ask.code}, ${ask.isOn}, ${ask.isAsked}, ${ask.basis}, ${ask.purpose})
      on conflict (county_code, kind, code) do update
      set is_on = excluded.is_on, is_asked = excluded.is_asked, basis = excluded.basis, purpose = excluded.purpose
    `,
  )
  ctx.tell('field.saved', { kind: ask.kind, code: ask.code, isOn: ask.isOn, basis: ask.basis, purpose: ask.purpose })
  ctx.afterCommit.push(forgetFields)
  return { done: true }
}
