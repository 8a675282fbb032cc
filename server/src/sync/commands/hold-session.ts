/**
 * The session leaves the cookie for the sealed store of a phone. Only one that was opened on a phone, and only for a
 * phone of the same account that is enrolled: what runs on the page of a desk never sees its token.
 */
import type { holdSession as promise } from '@fengge/domain/identity/contract'
import { sessionHeld } from '@fengge/domain/identity/facts'
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { refuse } from '../../kernel/problems.ts'
import type { Streaming } from '../../kernel/serve.ts'
import { bindSession } from '../../identity/door.ts'
import { findHolding } from '../store/devices.ts'

export async function holdSession(ctx: Streaming, ask: AskOf<typeof promise>): Promise<void> {
  const { accountId, countyCode, session } = ctx.caller
  const id =
    session?.device === 'field'
      ? await findHolding(ctx.tx, { county: countyCode, accountId, id: ask.device ?? session.phone })
      : undefined
  if (!session || id === undefined) return refuse('session.no-phone', 403)
  if (session.phone !== null && session.phone !== id) refuse('session.other-phone', 403)
  ctx.tell(sessionHeld, {}, id)
  // Remembered callers may be a few seconds old: what the row says counts.
  await ctx.note(async (tx) => {
    if (!(await bindSession(tx, session.hash, id))) refuse('session.other-phone', 403)
  })
}
