import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { enrolDevice as promise } from '@fengge/domain/sync/contract'
import { deviceEnrolled, deviceWipeAsked } from '@fengge/domain/sync/facts'
import { phoneBoundOn, roomFor } from '@fengge/domain/sync/phone-bound'
import { dropSessionsOfDevice } from '../../identity/door.ts'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { hashToken, makeToken } from '../../kernel/sessions.ts'
import { askWipe, keyAt, listPhoneBounds, lockHeld, saveDevice } from '../store/devices.ts'

/** A phone makes itself known; the key of what lies on it is kept sealed, for a forgotten PIN. */
export async function enrolDevice(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  // What is of one phone opens no second one: who found a phone would go on from it to his own.
  const phone = ctx.caller.session?.phone ?? null
  if (phone !== null && phone !== ask.id) refuse('session.other-phone', 403)
  await makeRoom(ctx)
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

const reason = '登记了新手机，这部手机长期没有联系'

/** Beside the bound of its county an account has no more phones; one that is silent for long goes, and hands in first. */
async function makeRoom(ctx: Ctx): Promise<void> {
  const county = ctx.caller.countyCode
  const held = await lockHeld(ctx.tx, accountOf(ctx.caller))
  const most = phoneBoundOn(await listPhoneBounds(ctx.tx, county), dayOf(ctx.now))
  const leaving = roomFor(held, most, ctx.now) ?? refuse('device.too-many', 409, { most })
  for (const { id } of leaving) {
    await askWipe(ctx.tx, county, id, reason)
    await dropSessionsOfDevice(ctx.tx, id)
    ctx.tell(deviceWipeAsked, { reason }, id)
  }
}
