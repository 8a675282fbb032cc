import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { moveService as promise } from '@fengge/domain/visits/contract/worker'
import { serviceMoved } from '@fengge/domain/visits/facts'
import { serviceMoves } from '@fengge/domain/visits/services'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { lockService, saveService } from '../store/services.ts'

export async function moveService(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const held = (await lockService(ctx.tx, ctx, ask.id)) ?? refuse('service.unknown', 404)
  if (!serviceMoves[held.state].includes(ask.to)) refuse('service.order', 409, { from: held.state, to: ask.to })
  const step = { state: ask.to, at: new Date(ctx.now).toISOString(), byName: ctx.caller.name, note: ask.note }
  await saveService(ctx.tx, ctx.caller.countyCode, ask.id, { state: ask.to, steps: [...held.steps, step] })
  ctx.tell(serviceMoved, { to: ask.to }, ask.id)
  return { state: ask.to }
}
