/** Sign in: password, second factor, a fresh session (domain.md A12). */
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { DetailOf, Recorded } from '@fengge/domain/kernel/fact'
import { sessionOpened, sessionRefused } from '@fengge/domain/identity/facts'
import type { signIn as promise } from '@fengge/domain/identity/contract'
import { adminPasswordAge, sessionRule } from '@fengge/domain/identity/password'
import { isAdminKind } from '@fengge/domain/identity/roles'
import { createCtx, type Caller, type Ctx, type Asking } from '../../kernel/context.ts'
import { strangerAt, type Asker } from '../../kernel/door-line.ts'
import type { Ground } from '../../kernel/ground.ts'
import { isWithin, type Limiter } from '../../kernel/limiter.ts'
import { writeJournal } from '../../kernel/journal.ts'
import { Refusal, refuse } from '../../kernel/problems.ts'
import { deviceValue } from '../../kernel/session-cookie.ts'
import { hashToken, makeSessionToken, makeToken } from '../../kernel/sessions.ts'
import type { Settings } from '../../kernel/settings.ts'
import { listPosts } from '../queries/callers.ts'
import { findSide } from '../queries/two-steps.ts'
import * as store from '../store/accounts.ts'
import { saveDevice } from '../store/known-devices.ts'
import { saveSession } from '../store/sessions.ts'
import { checkCode } from '../totp.ts'
import { inTurn, isPassword } from '../hashing.ts'
import {
  countStranger,
  countWrong,
  forgetWrong,
  knownDevice,
  refuseStranger,
  refuseWaiting,
  wrongFrom,
} from '../wrong-tries.ts'

type Ask = AskOf<typeof promise>
interface Opened {
  readonly token: string
  /** For the cookie by which this browser is known from now on. */
  readonly device: string
  readonly accountId: string
}

/** Asked for in place of an account that is not there, so that as much is asked for. */
const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * In its turn, with the tries before it counted. The password is computed before anything is locked; what is found
 * there holds only while the account is the same.
 */
export async function signIn(
  ground: Ground,
  base: Asking,
  { isFromHere, known: cookie, ...ask }: Ask & { readonly isFromHere: boolean; readonly known: string | undefined },
): Promise<Opened> {
  const known = await store.findByLogin(base.tx, ask.login)
  const address = base.ip ?? ''
  const knownAs = await knownDevice(base, known?.id ?? nobody, cookie)
  const tryer = { login: ask.login, address: knownAs === undefined ? address : `device ${knownAs}` }
  const admit = () => {
    refuseWaiting(base, tryer, base.now)
    if (knownAs !== undefined) return
    wrongFrom(ground.limiter.check, address)
    refuseStranger(base, ask.login, base.now)
  }
  // Who is to wait takes no turn of others, and is asked again in his own: much may have happened by then.
  admit()
  return inTurn(base, standsWhere(ground.limiter, address, knownAs === undefined ? undefined : known?.id), async () => {
    admit()
    const isRight = await isPassword(known?.password_hash, ask.password)
    const opened = await open(ground, base, { ask, known, isRight, isFromHere, knownAs })
    if (!(opened instanceof Refusal)) {
      forgetWrong(base, tryer)
      isWithin(() => ground.limiter.take('right-sign-in', opened.accountId))
      return opened
    }
    if (opened.problem.problem === 'sign-in.wrong') {
      // What the address is refused counts against nobody.
      wrongFrom(ground.limiter.take, address)
      countWrong(base, tryer, base.now)
      if (knownAs === undefined) countStranger(base, ask.login, base.now)
    }
    throw opened
  })
}

/** Whoever is known stands in his account's line, whichever browser it is; above its pace in that of his network. */
const standsWhere = (limiter: Limiter, address: string, accountId: string | undefined): Asker =>
  accountId !== undefined && isWithin(() => limiter.check('right-sign-in', accountId))
    ? { who: accountId, isKnown: true }
    : strangerAt(address)

interface Try {
  readonly ask: Ask
  readonly known: store.AccountRow | undefined
  readonly isRight: boolean
  readonly isFromHere: boolean
  /** The digest by which the browser is known to the account. */
  readonly knownAs: string | undefined
}

/** A failed try is kept although it is refused: the journal must not roll back. */
function open(ground: Ground, base: Asking, given: Try): Promise<Opened | Refusal> {
  const { known, isRight, isFromHere } = given
  return ground.database.write(async (tx) => {
    const account = await store.lockAccount(tx, known?.id ?? nobody)
    const ctx = createCtx({ ...base, tx, caller: callerFor(base, account) })
    try {
      const isStill = isRight && account?.password_hash === known?.password_hash
      if (isStill && !isFromHere && account?.is_invented === true)
        await refuseElsewhere(ctx, ground.settings, account.id)
      return await judge(ctx, account, { ...given, isRight: isStill })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      ctx.entries.push(entry(ctx, sessionRefused, { problem: error.problem.problem }))
      return error
    } finally {
      await writeJournal(tx, ctx, ground.journalKey)
    }
  })
}

/** Whose try the journal keeps: of a login that is nobody's it is nobody's. */
const callerFor = (base: Asking, account: store.AccountRow | undefined): Caller => ({
  ...base.caller,
  kind: 'person',
  accountId: account?.id ?? null,
  countyCode: account?.county_code ?? '000000',
})

const entry = <F extends Recorded>(ctx: Asking, fact: F, detail: DetailOf<F> & object) => ({
  id: crypto.randomUUID(),
  kind: 'session' as const,
  fact: fact.name,
  postingId: null,
  subject: ctx.caller.accountId,
  detail: { ...detail },
})

/** In this order, so that nothing is told of an account to whom has not its password. */
async function judge(
  ctx: Ctx,
  account: store.AccountRow | undefined,
  { ask, isRight, knownAs }: Pick<Try, 'ask' | 'isRight' | 'knownAs'>,
): Promise<Opened> {
  if (!account?.password_hash || account.kind !== 'person' || !isRight) return refuse('sign-in.wrong', 401)
  if (account.status === 'closed') return refuse('sign-in.closed', 403)
  const step = checkSecondFactor(ctx, account, ask.code)
  if (step === 'needed') return refuse('sign-in.code-needed', 401)
  if (step === 'wrong') return refuse('sign-in.wrong', 401)
  if (step !== null) await store.saveStep(ctx.tx, account.id, step)
  await agePassword(ctx, account)
  // One that must be renewed lets in, to be renewed, and gives no rights.
  const hasSecondFactor = step !== null && !account.must_renew_factor
  return openSession(ctx, account, { device: ask.device, hasSecondFactor }, knownAs)
}

/** The passwords of invented people are published: from elsewhere they open nothing, and of administrators never. */
async function refuseElsewhere(ctx: Ctx, settings: Settings, accountId: string): Promise<void> {
  const isAdmin = (await findSide(ctx, accountId)).kinds.some(isAdminKind)
  if (isAdmin || !settings.isDemoOpen) refuse('demo.elsewhere', 403)
}

/** An administrator's password that is too old is changed before anything else is done. */
async function agePassword(ctx: Ctx, account: store.AccountRow): Promise<void> {
  const posts = await listPosts(ctx.tx, account.id, ctx.now)
  const age = ctx.now - (account.password_set_at?.getTime() ?? 0)
  if (age > adminPasswordAge && posts.some((p) => isAdminKind(p.kind))) await store.saveMustChange(ctx.tx, account.id)
}

async function openSession(
  ctx: Ctx,
  account: store.AccountRow,
  opened: { readonly device: Ask['device']; readonly hasSecondFactor: boolean },
  knownAs: string | undefined,
): Promise<Opened> {
  const token = makeSessionToken(ctx.sealer)
  await saveSession(ctx.tx, {
    hash: hashToken(token),
    accountId: account.id,
    ...opened,
    now: ctx.now,
    expiresAt: ctx.now + sessionRule.longestMs,
  })
  const device = deviceValue(ctx.sealer, makeToken(), account.id)
  await saveDevice(ctx.tx, { accountId: account.id, hash: hashToken(device), now: ctx.now }, knownAs)
  ctx.entries.push(entry(ctx, sessionOpened, { device: opened.device }))
  return { token, device, accountId: account.id }
}

/** null: no second factor set; a step number: right and not used before. */
function checkSecondFactor(
  ctx: Asking,
  account: store.AccountRow,
  code: string | undefined,
): number | null | 'needed' | 'wrong' {
  if (account.totp_secret === null) return null
  if (code === undefined) return 'needed'
  const step = checkCode(ctx.sealer.open(account.totp_secret, store.seedAt(account.id)), code, ctx.now)
  return step === undefined || step <= (account.totp_last_step ?? 0) ? 'wrong' : step
}
