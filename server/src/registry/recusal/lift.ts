/** It ends before its day as it began: asked by one for a reason, agreed to by another who stands above. He is not told. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { recusalLiftAsked, recusalLifted, recusalLiftRefused } from '@fengge/domain/registry/facts'
import type { askLift as asking, decideLift as deciding } from '@fengge/domain/registry/recusal/contract'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { refuse } from '../../kernel/problems.ts'
import { lockRecord } from '../sight.ts'
import { holdQuota, lockFor, refuseBelow, refuseBelowDecider, toldOf } from './recusals.ts'
import * as store from './store.ts'

const isInForce = (ctx: Ctx, row: store.RecusalRow) => row.state === 'agreed' && row.until_on >= dayOf(ctx.now)

export async function askLift(ctx: Ctx, { id, reason }: AskOf<typeof asking>): Promise<ReplyOf<typeof asking>> {
  const row = await lockFor(ctx, id)
  const person = await lockRecord(ctx, row.person_id, 'registry.correct')
  if (!isInForce(ctx, row)) refuse('recusal.not-in-force', 409)
  if (row.lift_by !== null) refuse('recusal.lift-waits', 409)
  await holdQuota(ctx)
  await store.saveLiftAsked(ctx.tx, row, {
    reason,
    by: accountOf(ctx.caller),
    byName: ctx.caller.name,
    at: new Date(ctx.now),
  })
  ctx.tell(recusalLiftAsked, toldOf(row, reason), row.person_id, person.post)
  return { done: true }
}

export function decideLiftWith(engine: Pick<Ground, 'sessions'>) {
  return async (ctx: Ctx, { id, isAgreed }: AskOf<typeof deciding>): Promise<ReplyOf<typeof deciding>> => {
    const row = await lockFor(ctx, id)
    const person = await lockRecord(ctx, row.person_id, 'registry.approve')
    if (row.lift_by === ctx.caller.accountId) refuse('recusal.own', 403)
    if (row.state === 'lifted' || row.lift_by === null) refuse('recusal.decided', 409)
    if (!isInForce(ctx, row)) refuse('recusal.not-in-force', 409)
    if (isAgreed) refuseBelowDecider(ctx, row.decided_from)
    if (isAgreed) await refuseBelow(ctx, row.account_id, person.row)
    const by = { by: accountOf(ctx.caller), byName: ctx.caller.name, at: new Date(ctx.now) }
    if (isAgreed) await store.saveLifted(ctx.tx, row, by)
    else await store.dropLift(ctx.tx, row)
    const fact = isAgreed ? recusalLifted : recusalLiftRefused
    ctx.tell(fact, toldOf(row, row.lift_reason ?? ''), row.person_id, person.post)
    ctx.afterCommit.push(() => engine.sessions.forget(row.account_id))
    return { done: true }
  }
}
