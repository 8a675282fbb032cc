/** Whoever has both halves of a code sets his password: one administrator was shown the first, another the second. */
import { codeRedeemed } from '@fengge/domain/identity/facts'
import type { redeemCode as promise } from '@fengge/domain/identity/contract/accounts'
import { judgePassword } from '@fengge/domain/identity/password'
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { hash } from '@node-rs/argon2'
import { createCtx, type Asking } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { writeJournal } from '../../kernel/journal.ts'
import { refuse, Refusal } from '../../kernel/problems.ts'
import { isCode } from '../one-time-codes.ts'
import * as accounts from '../store/accounts.ts'
import { dropSessionsOf } from '../store/sessions.ts'
import { findRedeemable, useTwoStep } from '../store/two-steps.ts'
import { askerOf, inTurn } from '../hashing.ts'
import { countWrong, forgetWrong, refuseWaiting, wrongFrom, type Tryer } from '../wrong-tries.ts'

type Ask = AskOf<typeof promise>
/** Asked for in place of an account that is not there, so that as much is asked for. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** Guesses are counted as wrong passwords are, and told the same whether there is such a login or not. */
export function redeemCode(ground: Ground, base: Asking, ask: Ask): Promise<void> {
  const tryer: Tryer = { login: ask.login, address: base.ip ?? '' }
  return inTurn(base, askerOf(base), async () => {
    refuseWaiting(base, tryer, base.now)
    wrongFrom(ground.limiter.check, tryer.address)
    const account = await accounts.findByLogin(base.tx, ask.login)
    const step = await findRedeemable(base.tx, account?.id ?? nobody, base.now)
    const isRight =
      account?.status === 'active' &&
      step !== undefined &&
      isCode(base.sealer, ask.first, step.first_digest) &&
      isCode(base.sealer, ask.second, step.second_digest)
    if (!account || !step || !isRight) {
      countWrong(base, tryer, base.now)
      wrongFrom(ground.limiter.take, tryer.address)
      return refuse('code.wrong', 401)
    }
    const fault = judgePassword(ask.fresh, account.login)
    if (fault) throw new Refusal(fault)
    await setPassword(ground, base, { account, stepId: step.id, hash: await hash(ask.fresh) })
    forgetWrong(base, tryer)
  })
}

interface Proved {
  readonly account: accounts.AccountRow
  readonly stepId: string
  readonly hash: string
}

async function setPassword(ground: Ground, base: Asking, { account, stepId, hash: made }: Proved): Promise<void> {
  await ground.database.write(async (tx) => {
    if (!(await useTwoStep(tx, stepId))) refuse('code.wrong', 401)
    await accounts.savePassword(tx, account.id, made, { at: base.now, mustChange: false })
    await dropSessionsOf(tx, account.id)
    const caller = { ...base.caller, kind: 'person' as const, accountId: account.id, countyCode: account.county_code }
    const ctx = createCtx({ ...base, tx, caller })
    ctx.tell(codeRedeemed, {}, account.id)
    await writeJournal(tx, ctx, ground.journalKey)
  })
}
