/** Accounts and passwords, kept by the system administrator, who gives no posts (三员分立). */
import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/identity/contract'
import { judgePassword } from '@fengge/domain/identity/password'
import * as facts from '@fengge/domain/identity/facts'
import QRCode from 'qrcode'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse, Refusal } from '../../kernel/problems.ts'
import * as store from '../store/accounts.ts'
import { dropSessionsOf } from '../store/sessions.ts'
import { checkCode, makeSecret, uriOf } from '../totp.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>
const done = { done: true } as const

/** A first password that keeps the rules and is changed at first sign-in. */
export const makePassword = () => `Fg-${randomBytes(9).toString('base64url')}7`

async function lockOwn(ctx: Ctx, id: string): Promise<store.AccountRow> {
  const account = await store.lockAccount(ctx.tx, id)
  return account && account.county_code === ctx.caller.countyCode ? account : refuse('not-found', 404)
}

export async function openAccount(ctx: Ctx, ask: Ask<'openAccount'>): Reply<'openAccount'> {
  const firstPassword = makePassword()
  await store.saveAccount(ctx.tx, {
    id: ask.id,
    county: ctx.caller.countyCode,
    login: ask.login,
    name: ask.name,
    kind: ask.kind,
    hash: await hash(firstPassword),
    mustChange: true,
    isInvented: false,
    now: ctx.now,
  })
  ctx.tell(facts.accountOpened, { kind: ask.kind }, ask.id)
  return { id: ask.id, firstPassword }
}

export async function closeAccount(ctx: Ctx, ask: Ask<'closeAccount'>): Reply<'closeAccount'> {
  if (ask.id === ctx.caller.accountId) refuse('account.self', 409)
  const account = await lockOwn(ctx, ask.id)
  await store.saveStatus(ctx.tx, account.id, 'closed')
  await dropSessionsOf(ctx.tx, account.id)
  ctx.tell(facts.accountClosed, {}, account.id)
  return done
}

export async function resetPassword(ctx: Ctx, ask: Ask<'resetPassword'>): Reply<'resetPassword'> {
  if (ask.id === ctx.caller.accountId) refuse('account.self', 409)
  const account = await lockOwn(ctx, ask.id)
  const firstPassword = makePassword()
  await store.savePassword(ctx.tx, account.id, await hash(firstPassword), { at: ctx.now, mustChange: true })
  await dropSessionsOf(ctx.tx, account.id)
  ctx.tell(facts.passwordReset, {}, account.id)
  return { firstPassword }
}

export async function unlockAccount(ctx: Ctx, ask: Ask<'unlockAccount'>): Reply<'unlockAccount'> {
  const account = await lockOwn(ctx, ask.id)
  await store.saveFailure(ctx.tx, account.id, 0, null)
  ctx.tell(facts.accountUnlocked, {}, account.id)
  return done
}

export async function changePassword(ctx: Ctx, ask: Ask<'changePassword'>): Reply<'changePassword'> {
  const account = await lockOwn(ctx, accountOf(ctx.caller))
  if (!account.password_hash || !(await verify(account.password_hash, ask.old).catch(() => false)))
    refuse('sign-in.wrong', 401)
  if (ask.old === ask.fresh) refuse('password.same', 422)
  const fault = judgePassword(ask.fresh, account.login)
  if (fault) throw new Refusal(fault)
  await store.savePassword(ctx.tx, account.id, await hash(ask.fresh), { at: ctx.now, mustChange: false })
  ctx.tell(facts.passwordChanged, {}, account.id)
  return done
}

export async function prepareSecondFactor(ctx: Ctx, _ask: Ask<'prepareSecondFactor'>): Reply<'prepareSecondFactor'> {
  const account = await lockOwn(ctx, accountOf(ctx.caller))
  if (account.totp_secret !== null && !account.must_renew_factor) refuse('second-factor.already', 409)
  const secret = makeSecret()
  await store.savePending(ctx.tx, account.id, ctx.sealer.seal(secret, store.seedAt(account.id)))
  const uri = uriOf(secret, account.login)
  return { secret, uri, picture: await QRCode.toDataURL(uri, { margin: 1, width: 220 }) }
}

export async function confirmSecondFactor(ctx: Ctx, ask: Ask<'confirmSecondFactor'>): Reply<'confirmSecondFactor'> {
  const account = await lockOwn(ctx, accountOf(ctx.caller))
  if (account.totp_pending === null) return refuse('second-factor.not-prepared', 409)
  const step =
    checkCode(ctx.sealer.open(account.totp_pending, store.seedAt(account.id)), ask.code, ctx.now) ??
    refuse('sign-in.wrong', 401)
  await store.saveSecondFactor(ctx.tx, account.id, step)
  ctx.tell(facts.secondFactorOn, {}, account.id)
  return done
}
