/** 搬走了, 去世了, 登记错了: said by whoever serves there. Requirement R2. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { leavePerson as promise } from '@fengge/domain/registry/leaving/contract'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { lockRecord } from '../sight.ts'
import { letGo } from './let-go.ts'

export async function leavePerson(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const person = await lockRecord(ctx, ask.personId, 'registry.write')
  if (person.kind !== 'person') refuse('record.unknown', 404)
  const { undoUntil, newHead } = await letGo(ctx, person, ask)
  return { done: true, undoUntil: undoUntil.toISOString(), newHead }
}
