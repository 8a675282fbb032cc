/** Accounts and passwords, kept by the system administrator, who gives no posts (三员分立). */
import { randomBytes } from 'node:crypto'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/identity/contract/accounts'
import * as facts from '@fengge/domain/identity/facts'
import type { Asking, Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Prepared } from '../../kernel/run-call.ts'
import * as store from '../store/accounts.ts'
import { dropSessionsOf } from '../store/sessions.ts'
import { hashPassword } from '../turns.ts'
import { forgetLogin } from '../wrong-tries.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>
const done = { done: true } as const

/** A first password that keeps the rules and is changed at first sign-in. */
export const makePassword = () => `Fg-${randomBytes(9).toString('base64url')}7`

async function lockOwn(ctx: Ctx, id: string): Promise<store.AccountRow> {
  const account = await store.lockAccount(ctx.tx, id)
  return account && account.county_code === ctx.caller.countyCode ? account : refuse('not-found', 404)
}

interface Made {
  readonly password: string
  readonly hash: string
}
async function makeFirst(ctx: Asking): Promise<Made> {
  const password = makePassword()
  return { password, hash: await hashPassword(ctx, password) }
}

export const openAccount: Prepared<typeof promises.openAccount, Made> = {
  prepare: makeFirst,
  command: async (ctx, ask, { password, hash }) => {
    await store.saveAccount(ctx.tx, {
      id: ask.id,
      county: ctx.caller.countyCode,
      login: ask.login,
      name: ask.name,
      kind: ask.kind,
      hash,
      mustChange: true,
      isInvented: false,
      now: ctx.now,
    })
    ctx.tell(facts.accountOpened, { kind: ask.kind }, ask.id)
    return { id: ask.id, firstPassword: password }
  },
}

export async function closeAccount(ctx: Ctx, ask: Ask<'closeAccount'>): Reply<'closeAccount'> {
  if (ask.id === ctx.caller.accountId) refuse('account.self', 409)
  const account = await lockOwn(ctx, ask.id)
  await store.saveStatus(ctx.tx, account.id, 'closed')
  await dropSessionsOf(ctx.tx, account.id)
  ctx.tell(facts.accountClosed, {}, account.id)
  return done
}

export const resetPassword: Prepared<typeof promises.resetPassword, Made> = {
  prepare: makeFirst,
  command: async (ctx, ask, { password, hash }) => {
    if (ask.id === ctx.caller.accountId) refuse('account.self', 409)
    const account = await lockOwn(ctx, ask.id)
    await store.savePassword(ctx.tx, account.id, hash, { at: ctx.now, mustChange: true })
    await dropSessionsOf(ctx.tx, account.id)
    ctx.tell(facts.passwordReset, {}, account.id)
    return { firstPassword: password }
  },
}

export async function unlockAccount(ctx: Ctx, ask: Ask<'unlockAccount'>): Reply<'unlockAccount'> {
  const account = await lockOwn(ctx, ask.id)
  forgetLogin(ctx, account.login)
  ctx.tell(facts.accountUnlocked, {}, account.id)
  return done
}
