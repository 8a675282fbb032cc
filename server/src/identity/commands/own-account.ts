/** One's own password and second factor. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/identity/contract'
import { judgePassword } from '@fengge/domain/identity/password'
import { isAdminKind } from '@fengge/domain/identity/roles'
import * as facts from '@fengge/domain/identity/facts'
import QRCode from 'qrcode'
import { accountOf, type Asking, type Ctx } from '../../kernel/context.ts'
import { refuse, Refusal } from '../../kernel/problems.ts'
import type { Prepared } from '../../kernel/run-call.ts'
import { isCode } from '../one-time-codes.ts'
import { listPosts } from '../queries/callers.ts'
import { findSide } from '../queries/two-steps.ts'
import * as store from '../store/accounts.ts'
import { saveMessagesRead } from '../store/messages.ts'
import { dropSessionsOf } from '../store/sessions.ts'
import { checkCode, makeSecret, uriOf } from '../totp.ts'
import { askerOf, hashPassword, inTurn, isPassword } from '../hashing.ts'
import { countWrong, forgetWrong, refuseWaiting } from '../wrong-tries.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>
const done = { done: true } as const

const lockSelf = async (ctx: Ctx): Promise<store.AccountRow> =>
  (await store.lockAccount(ctx.tx, accountOf(ctx.caller))) ?? refuse('signed-out', 401)

/** The password that was proved, and the one to come. */
interface Change {
  readonly former: string
  readonly hash: string
}

/** The account of the session, once its password was proved; wrong ones count, wherever the session is used. */
async function provePassword(ctx: Asking, password: string): Promise<store.AccountRow & { password_hash: string }> {
  const account = (await store.findAccount(ctx.tx, accountOf(ctx.caller))) ?? refuse('signed-out', 401)
  const tryer = { login: account.id, address: 'signed in' }
  const isRight = await inTurn(ctx, askerOf(ctx), async () => {
    refuseWaiting(ctx, tryer, ctx.now)
    const is = await isPassword(account.password_hash, password)
    if (!is) countWrong(ctx, tryer, ctx.now)
    return is
  })
  const { password_hash } = account
  if (!isRight || password_hash === null) return refuse('sign-in.wrong', 401)
  forgetWrong(ctx, tryer)
  return { ...account, password_hash }
}

/** Other sessions of the account end with the old password. */
export const changePassword: Prepared<typeof promises.changePassword, Change> = {
  prepare: async (ctx, ask) => {
    const account = await provePassword(ctx, ask.old)
    if (ask.old === ask.fresh) refuse('password.same', 422)
    const fault = judgePassword(ask.fresh, account.login)
    if (fault) throw new Refusal(fault)
    return { former: account.password_hash, hash: await hashPassword(ctx, ask.fresh) }
  },
  command: async (ctx, _ask, { former, hash }) => {
    const account = await lockSelf(ctx)
    if (account.password_hash !== former) refuse('sign-in.wrong', 401)
    await store.savePassword(ctx.tx, account.id, hash, { at: ctx.now, mustChange: false })
    await dropSessionsOf(ctx.tx, account.id, ctx.caller.session?.hash)
    ctx.tell(facts.passwordChanged, {}, account.id)
    return done
  },
}

export async function prepareSecondFactor(ctx: Ctx, ask: Ask<'prepareSecondFactor'>): Reply<'prepareSecondFactor'> {
  const account = await lockSelf(ctx)
  if (account.totp_secret !== null && !account.must_renew_factor) refuse('second-factor.already', 409)
  if (await takesCode(ctx, account)) proveCode(ctx, account, ask.oneTimeCode)
  const secret = makeSecret()
  await store.savePending(ctx.tx, account.id, ctx.sealer.seal(secret, store.seedAt(account.id)))
  const uri = uriOf(secret, account.login)
  return { secret, uri, picture: await QRCode.toDataURL(uri, { margin: 1, width: 220 }) }
}

/**
 * Whoever has a post that asks for a second factor, an administrator before his first day too, and whoever lost his: a
 * password alone does not make him. Who proved the old one needs none.
 */
async function takesCode(ctx: Ctx, account: store.AccountRow): Promise<boolean> {
  if (account.enrol_digest !== null) return true
  if (account.must_renew_factor || account.is_invented) return false
  if ((await findSide(ctx, account.id)).kinds.some(isAdminKind)) return true
  return (await listPosts(ctx.tx, account.id, ctx.now)).some((post) => post.needs_second_factor)
}

function proveCode(ctx: Ctx, account: store.AccountRow, typed: string | undefined): void {
  if (typed === undefined) return refuse('second-factor.code', 403)
  const tryer = { login: account.id, address: 'second factor' }
  refuseWaiting(ctx, tryer, ctx.now)
  const isInTime = account.enrol_until !== null && account.enrol_until.getTime() > ctx.now
  if (isInTime && isCode(ctx.sealer, typed, account.enrol_digest)) return
  countWrong(ctx, tryer, ctx.now)
  refuse('second-factor.code', 403)
}

/** It takes the password: an open session is not its holder. All others of his end, as with a new password. */
export const confirmSecondFactor: Prepared<typeof promises.confirmSecondFactor, Pick<Change, 'former'>> = {
  prepare: async (ctx, ask) => ({ former: (await provePassword(ctx, ask.password)).password_hash }),
  command: async (ctx, ask, { former }) => {
    const account = await lockSelf(ctx)
    if (account.password_hash !== former) refuse('sign-in.wrong', 401)
    if (account.totp_pending === null) return refuse('second-factor.not-prepared', 409)
    const step =
      checkCode(ctx.sealer.open(account.totp_pending, store.seedAt(account.id)), ask.code, ctx.now) ??
      refuse('sign-in.wrong', 401)
    await store.saveSecondFactor(ctx.tx, account.id, step)
    await dropSessionsOf(ctx.tx, account.id, ctx.caller.session?.hash)
    ctx.tell(facts.secondFactorOn, {}, account.id)
    return done
  },
}

/** Marks what one was told as read. */
export async function readMessages(ctx: Ctx, { ids }: Ask<'readMessages'>): Reply<'readMessages'> {
  const whose = { county: ctx.caller.countyCode, accountId: accountOf(ctx.caller), now: ctx.now }
  await saveMessagesRead(ctx.tx, whose, ids)
  return done
}
