import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { wipeDevice as promise } from '@fengge/domain/sync/contract'
import { deviceWipeAsked } from '@fengge/domain/sync/facts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { askWipe } from '../store/devices.ts'

/** A phone that was lost is told to wipe itself when it is heard of again. */
export async function wipeDevice(ctx: Ctx, { id, reason }: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  if (!(await askWipe(ctx.tx, ctx.caller.countyCode, id, reason))) refuse('device.unknown', 404)
  ctx.tell(deviceWipeAsked, { reason }, id)
  return { done: true }
}
