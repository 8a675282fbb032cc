/** Accounts, opened by the system administrator, who gives no posts (三员分立). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/identity/contract/accounts'
import * as facts from '@fengge/domain/identity/facts'
import { showHalf } from '@fengge/domain/identity/two-step'
import type { Ctx } from '../../kernel/context.ts'
import { makeHalf } from '../one-time-codes.ts'
import * as store from '../store/accounts.ts'
import { forgetLogin } from '../wrong-tries.ts'
import { askTwoStep, lockOwn } from './two-steps.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

/** It has no password until its holder sets one, with this half of a code and the one of the security administrator. */
export async function openAccount(ctx: Ctx, ask: Ask<'openAccount'>): Reply<'openAccount'> {
  await store.saveAccount(ctx.tx, {
    id: ask.id,
    county: ctx.caller.countyCode,
    login: ask.login,
    name: ask.name,
    kind: ask.kind,
    hash: null,
    mustChange: false,
    isInvented: false,
    now: ctx.now,
  })
  ctx.tell(facts.accountOpened, { kind: ask.kind }, ask.id)
  const half = makeHalf()
  await askTwoStep(ctx, 'password', ask.id, { half })
  return { id: ask.id, half: showHalf(half) }
}

export async function unlockAccount(ctx: Ctx, ask: Ask<'unlockAccount'>): Reply<'unlockAccount'> {
  const account = await lockOwn(ctx, ask.id)
  forgetLogin(ctx, account.login)
  ctx.tell(facts.accountUnlocked, {}, account.id)
  return { done: true }
}
