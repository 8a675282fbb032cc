import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { enrolDevice as promise } from '@fengge/domain/sync/contract'
import { deviceEnrolled } from '@fengge/domain/sync/facts'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { hashToken, makeToken } from '../../kernel/sessions.ts'
import { keyAt, saveDevice } from '../store/devices.ts'

/** A phone makes itself known; the key of what lies on it is kept sealed, for a forgotten PIN. */
export async function enrolDevice(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const token = makeToken()
  const isFresh = await saveDevice(ctx.tx, {
    county_code: ctx.caller.countyCode,
    id: ask.id,
    account_id: accountOf(ctx.caller),
    name: ask.name,
    token_hash: hashToken(token),
    key_sealed: ctx.sealer.seal(ask.dataKey, keyAt(ask.id)),
    enrolled_at: new Date(ctx.now),
  })
  if (!isFresh) refuse('device.taken', 409)
  ctx.tell(deviceEnrolled, { name: ask.name }, ask.id)
  return { id: ask.id, token }
}
