import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { recoverKey as promise } from '@fengge/domain/sync/contract'
import { deviceKeyRecovered } from '@fengge/domain/sync/facts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { findOwnDevice, keyAt } from '../store/devices.ts'

/** The key of one's own phone, after its PIN was forgotten. */
export async function recoverKey(ctx: Ctx, { id }: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { countyCode: county, accountId } = ctx.caller
  const device = (await findOwnDevice(ctx.tx, { county, id, accountId })) ?? refuse('device.unknown', 404)
  if (device.wipe !== '') refuse('device.wiped', 409)
  ctx.tell(deviceKeyRecovered, {}, id)
  return { dataKey: ctx.sealer.open(device.key_sealed, keyAt(id)) }
}
