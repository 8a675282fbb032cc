/** Fields in force in a county, with their basis and purpose. */
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listFields as promise } from '@fengge/domain/registry/fields-contract'
import type { FieldSpec } from '@fengge/domain/registry/fields'
import { recordKinds, type RecordKind } from '@fengge/domain/registry/terms'
import type { Asking } from '../../kernel/context.ts'
import { editsFields, fieldBook } from '../field-book.ts'

type Reply = ReplyOf<typeof promise>

export async function listFields(ctx: Asking): Promise<Reply> {
  const book = await fieldBook(ctx, ctx.caller.countyCode)
  return {
    canEdit: editsFields(ctx),
    fields: recordKinds.flatMap((kind) => book.fields(kind).map((spec) => tell(kind, spec))),
  }
}

function tell(kind: RecordKind, spec: FieldSpec): Reply['fields'][number] {
  const { most: _most, choices, ...told } = spec
  return { kind, ...told, choices: choices.map((choice): [string, string, string] => [...choice]) }
}
