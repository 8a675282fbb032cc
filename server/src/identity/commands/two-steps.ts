/** Asked for by one administrator, done when another confirms it (domain/src/identity/two-step.ts). */
import type * as promises from '@fengge/domain/identity/contract/accounts'
import * as facts from '@fengge/domain/identity/facts'
import {
  nobody,
  refuseAsker,
  refuseConfirmer,
  showHalf,
  takesTwo,
  twoStepRule,
  type TwoStepKind,
} from '@fengge/domain/identity/two-step'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse, Refusal } from '../../kernel/problems.ts'
import { digestCode, makeHalf } from '../one-time-codes.ts'
import { findSide, withPost } from '../queries/two-steps.ts'
import { changeDepartment } from '../departments.ts'
import { endPost, givePost } from '../posts.ts'
import * as accounts from '../store/accounts.ts'
import { dropOffer, dropPhoto } from '../store/badge-photos.ts'
import { dropSessionsOf } from '../store/sessions.ts'
import * as store from '../store/two-steps.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

export async function lockOwn(ctx: Ctx, id: string): Promise<accounts.AccountRow> {
  const account = await accounts.lockAccount(ctx.tx, id)
  return account && account.county_code === ctx.caller.countyCode ? account : refuse('not-found', 404)
}

const settleRefusal = (refused: ReturnType<typeof refuseAsker>): void => {
  if (refused) throw new Refusal(refused)
}

/** What an ask holds: the half that the asker is shown, where it is about a password, or the post or the department that it is about. */
interface AskedFor {
  readonly half?: string
  readonly post?: store.AskedPost
  readonly department?: store.AskedDepartment
}

/** Writes an ask down. @param accountId null where it is about a department */
export async function askTwoStep(
  ctx: Ctx,
  kind: TwoStepKind,
  accountId: string | null,
  { half, post, department }: AskedFor = {},
): Promise<void> {
  await store.saveTwoStep(ctx.tx, {
    id: freshId(ctx.now),
    county: ctx.caller.countyCode,
    kind,
    accountId,
    askedBy: accountOf(ctx.caller),
    askedAt: ctx.now,
    expiresAt: ctx.now + twoStepRule.asksForMs,
    firstDigest: half === undefined ? null : digestCode(ctx.sealer, half),
    post: post ?? null,
    department: department ?? null,
  })
  ctx.tell(facts.twoStepAsked, { kind }, accountId ?? department?.id ?? '')
}

/** Does what one is enough for, and asks for the rest. */
async function doOrAsk(ctx: Ctx, kind: 'close' | 'reopen' | 'second-factor', id: string) {
  const account = await lockOwn(ctx, id)
  const subject = await findSide(ctx, account.id)
  settleRefusal(refuseAsker(subject, await findSide(ctx, accountOf(ctx.caller))))
  if (kind === 'second-factor' && account.totp_secret === null) refuse('second-factor.none', 409)
  if (takesTwo(kind, subject)) {
    await askTwoStep(ctx, kind, account.id)
    return { state: 'asked' } as const
  }
  await carryOut(ctx, kind, account.id)
  return { state: 'done' } as const
}

export const closeAccount = (ctx: Ctx, ask: Ask<'closeAccount'>): Reply<'closeAccount'> => doOrAsk(ctx, 'close', ask.id)
export const reopenAccount = (ctx: Ctx, ask: Ask<'reopenAccount'>): Reply<'reopenAccount'> =>
  doOrAsk(ctx, 'reopen', ask.id)
export const renewSecondFactor = (ctx: Ctx, ask: Ask<'renewSecondFactor'>): Reply<'renewSecondFactor'> =>
  doOrAsk(ctx, 'second-factor', ask.id)

/** Until it is confirmed the old password holds. */
export async function resetPassword(ctx: Ctx, ask: Ask<'resetPassword'>): Reply<'resetPassword'> {
  const account = await lockOwn(ctx, ask.id)
  settleRefusal(refuseAsker(await findSide(ctx, account.id), await findSide(ctx, accountOf(ctx.caller))))
  const half = makeHalf()
  await askTwoStep(ctx, 'password', account.id, { half })
  return { half: showHalf(half) }
}

/** An ask that waits, whose second person the caller may be. */
interface Waiting {
  /** An account, or a department. */
  readonly subjectId: string
  readonly kind: TwoStepKind
  readonly post: store.AskedPost | null
  readonly department: store.AskedDepartment | null
}
async function lockAsked(ctx: Ctx, id: string): Promise<Waiting> {
  const step = await store.lockTwoStep(ctx.tx, id)
  const isOpen = step?.state === 'asked' && step.expires_at.getTime() > ctx.now
  if (!step || !isOpen || step.county_code !== ctx.caller.countyCode) return refuse('two-step.unknown', 404)
  const post = postOf(step)
  const side = step.account_id === null ? nobody : await findSide(ctx, step.account_id)
  const subject = withPost(side, post?.roleCode ?? null)
  const asker = await findSide(ctx, step.asked_by)
  // Whoever asked still has to be one who may.
  settleRefusal(refuseAsker(subject, asker))
  settleRefusal(refuseConfirmer(subject, asker, await findSide(ctx, accountOf(ctx.caller))))
  const department = departmentOf(step)
  const subjectId = step.account_id ?? department?.id ?? refuse('two-step.unknown', 404)
  return { subjectId, kind: step.kind as TwoStepKind, post, department }
}

const postOf = (step: store.TwoStepRow): store.AskedPost | null =>
  step.posting_id === null || step.role_code === null || step.place_id === null || step.from_on === null
    ? null
    : {
        id: step.posting_id,
        roleCode: step.role_code,
        placeId: step.place_id,
        fromOn: step.from_on,
        toOn: step.to_on,
      }

const departmentOf = ({ department_id: id, department_name: name, ...step }: store.TwoStepRow) =>
  id === null || name === null || step.department_kind === null || step.department_status === null
    ? null
    : { id, name, kind: step.department_kind, status: step.department_status }

export async function decideTwoStep(ctx: Ctx, ask: Ask<'decideTwoStep'>): Reply<'decideTwoStep'> {
  const waiting = await lockAsked(ctx, ask.id)
  const { subjectId, kind } = waiting
  const decided = { id: ask.id, by: accountOf(ctx.caller), at: ctx.now, expiresAt: ctx.now + twoStepRule.codeForMs }
  if (!ask.isAgreed) {
    await store.saveDecision(ctx.tx, { ...decided, state: 'refused', secondDigest: null })
    ctx.tell(facts.twoStepRefused, { kind }, subjectId)
    return { oneTimeCode: null }
  }
  const code = kind === 'password' || kind === 'second-factor' ? makeHalf() : null
  const isHalf = kind === 'password' && code !== null
  await store.saveDecision(ctx.tx, {
    ...decided,
    state: isHalf ? 'confirmed' : 'used',
    secondDigest: isHalf ? digestCode(ctx.sealer, code) : null,
  })
  ctx.tell(facts.twoStepConfirmed, { kind }, subjectId)
  if (waiting.post) await carryOutPost(ctx, waiting, waiting.post)
  else if (waiting.department) await changeDepartment(ctx, waiting.department)
  else await carryOut(ctx, kind, subjectId, code)
  return { oneTimeCode: code === null ? null : showHalf(code) }
}

async function carryOutPost(ctx: Ctx, { kind, subjectId: accountId }: Waiting, post: store.AskedPost): Promise<void> {
  if (kind === 'post-give') await givePost(ctx, accountId, post)
  else await endPost(ctx, accountId, post)
  await dropSessionsOf(ctx.tx, accountId)
}

/** @param code the whole code of a second factor */
async function carryOut(ctx: Ctx, kind: TwoStepKind, id: string, code: string | null = null): Promise<void> {
  if (kind === 'close') {
    await accounts.saveStatus(ctx.tx, id, 'closed')
    await dropPhoto(ctx.tx, id)
    await dropOffer(ctx.tx, id)
    ctx.tell(facts.accountClosed, {}, id)
  }
  if (kind === 'reopen') {
    await accounts.saveStatus(ctx.tx, id, 'active')
    ctx.tell(facts.accountReopened, {}, id)
  }
  if (kind === 'password') {
    await accounts.dropPassword(ctx.tx, id)
    ctx.tell(facts.passwordReset, {}, id)
  }
  if (kind === 'second-factor') {
    await accounts.dropSecondFactor(ctx.tx, id)
    if (code !== null) await accounts.saveEnrolCode(ctx.tx, id, enrolCode(ctx, code))
    ctx.tell(facts.secondFactorDropped, {}, id)
  }
  await dropSessionsOf(ctx.tx, id)
}

const enrolCode = (ctx: Ctx, code: string) => ({
  digest: digestCode(ctx.sealer, code),
  until: ctx.now + twoStepRule.codeForMs,
})

export async function giveEnrolCode(ctx: Ctx, ask: Ask<'giveEnrolCode'>): Reply<'giveEnrolCode'> {
  if (ask.id === ctx.caller.accountId) refuse('account.self', 409)
  const account = await lockOwn(ctx, ask.id)
  if (account.totp_secret !== null) refuse('second-factor.already', 409)
  const code = makeHalf()
  await accounts.saveEnrolCode(ctx.tx, account.id, enrolCode(ctx, code))
  ctx.tell(facts.enrolCodeGiven, {}, account.id)
  return { oneTimeCode: showHalf(code) }
}
