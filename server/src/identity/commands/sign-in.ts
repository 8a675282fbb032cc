/** Sign in: password, lock-out, second factor, a fresh session (domain.md A12). */
import { verify } from '@node-rs/argon2'
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { DetailOf, Recorded } from '@fengge/domain/kernel/fact'
import { sessionOpened, sessionRefused } from '@fengge/domain/identity/facts'
import type { signIn as promise } from '@fengge/domain/identity/contract'
import { adminPasswordAge, afterFailure, sessionRule } from '@fengge/domain/identity/password'
import { isAdminKind } from '@fengge/domain/identity/roles'
import { createCtx, type Caller, type Ctx, type Asking } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { writeJournal } from '../../kernel/journal.ts'
import { Refusal, refuse } from '../../kernel/problems.ts'
import { hashToken, makeToken } from '../../kernel/sessions.ts'
import { listPosts } from '../queries/callers.ts'
import * as store from '../store/accounts.ts'
import { saveSession } from '../store/sessions.ts'
import { checkCode } from '../totp.ts'

// A hash of nothing anybody knows, so that an unknown login takes as long as a wrong password.
const decoy = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$1u4rJDkUnrxDrgM5vUYvO7hLqOvJLhzL0a1OZ0b0h1k'

export async function signIn(
  ground: Ground,
  base: Asking,
  ask: AskOf<typeof promise>,
): Promise<{ token: string; accountId: string }> {
  const refusal: { value?: Refusal } = {}
  const result = await ground.database.write(async (tx) => {
    const account = await store.lockByLogin(tx, ask.login)
    const caller: Caller = {
      ...base.caller,
      kind: 'person',
      accountId: account?.id ?? null,
      countyCode: account?.county_code ?? '000000',
    }
    const ctx = createCtx({ ...base, tx, caller })
    try {
      return await judge(ctx, account, ask)
    } catch (error) {
      // A failed try is kept although it is refused: the counter and the journal must not roll back.
      if (!(error instanceof Refusal)) throw error
      refusal.value = error
      ctx.entries.push(entry(ctx, sessionRefused, { problem: error.problem.problem }))
      return undefined
    } finally {
      await writeJournal(tx, ctx, ground.journalKey)
    }
  })
  if (result) return result
  throw refusal.value!
}

const entry = <F extends Recorded>(ctx: Asking, fact: F, detail: DetailOf<F> & object) => ({
  id: crypto.randomUUID(),
  kind: 'session' as const,
  fact: fact.name,
  postingId: null,
  subject: ctx.caller.accountId,
  detail: { ...detail },
})

type Ask = AskOf<typeof promise>
interface Opened {
  readonly token: string
  readonly accountId: string
}

/** In this order, so that nothing is told of an account to whom has not its password. */
async function judge(ctx: Ctx, account: store.AccountRow | undefined, ask: Ask): Promise<Opened> {
  const isRight = await verify(account?.password_hash ?? decoy, ask.password).catch(() => false)
  if (!account?.password_hash || account.kind !== 'person') return refuse('sign-in.wrong', 401)
  if (account.status === 'closed') return refuse('sign-in.closed', 403)
  refuseLocked(account.locked_until?.getTime() ?? null, ctx.now)
  const step = isRight ? checkSecondFactor(ctx, account, ask.code) : 'wrong'
  if (step === 'needed') return refuse('sign-in.code-needed', 401)
  if (step === 'wrong') return countFailure(ctx, account)
  await store.saveFailure(ctx.tx, account.id, 0, null)
  if (step !== null) await store.saveStep(ctx.tx, account.id, step)
  await agePassword(ctx, account)
  // One that must be renewed lets in, to be renewed, and gives no rights.
  return openSession(ctx, account, { device: ask.device, hasSecondFactor: step !== null && !account.must_renew_factor })
}

function refuseLocked(until: number | null, now: number): void {
  if (until !== null && until > now) refuse('sign-in.locked', 429, { until: new Date(until).toISOString() })
}

async function countFailure(ctx: Ctx, account: store.AccountRow): Promise<never> {
  const lock = { failures: account.failures, lockedUntil: account.locked_until?.getTime() ?? null }
  const next = afterFailure(lock, ctx.now)
  await store.saveFailure(ctx.tx, account.id, next.failures, next.lockedUntil)
  refuseLocked(next.lockedUntil, ctx.now)
  return refuse('sign-in.wrong', 401)
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
): Promise<Opened> {
  const token = makeToken()
  await saveSession(ctx.tx, {
    hash: hashToken(token),
    accountId: account.id,
    ...opened,
    now: ctx.now,
    expiresAt: ctx.now + sessionRule.longestMs,
  })
  ctx.entries.push(entry(ctx, sessionOpened, { device: opened.device }))
  return { token, accountId: account.id }
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
