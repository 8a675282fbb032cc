/** What waits for a second administrator, and of which kinds an account is. */
import type { listTwoSteps as promise, TwoStep } from '@fengge/domain/identity/contract/accounts'
import { refuseConfirmer, type Side } from '@fengge/domain/identity/two-step'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { accountOf, type Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'

/** An account with the kinds of role it has, in force or to come. */
export async function findSide(ctx: Pick<Asking, 'tx' | 'now'>, accountId: string): Promise<Side> {
  const row = await rowOf<{ kinds: string[] }>(
    ctx.tx,
    sql`
      select coalesce(array_agg(distinct role_kind), '{}') as kinds
      from identity.posting
      where account_id = ${accountId} and (to_on is null or to_on >= ${dayOf(ctx.now)}::date)
    `,
  )
  return { accountId, kinds: row?.kinds ?? [] }
}

export async function listTwoSteps(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  const rows = await rowsOf<Omit<TwoStep, 'mayConfirm' | 'askedAt' | 'expiresAt'> & Asked>(
    ctx.tx,
    sql`
      select
        s.id, s.kind, s.account_id as "accountId", a.login, a.name, b.name as "askedBy", s.asked_by, s.asked_at,
        s.expires_at
      from identity.two_step s
        join identity.account a on a.id = s.account_id
        join identity.account b on b.id = s.asked_by
      where s.county_code = ${ctx.caller.countyCode} and s.state = 'asked' and s.expires_at > ${new Date(ctx.now)}
      order by s.asked_at
      limit 200
    `,
  )
  const own = await findSide(ctx, accountOf(ctx.caller))
  const steps: TwoStep[] = []
  for (const { asked_by, asked_at, expires_at, ...step } of rows) {
    const [subject, asker] = [await findSide(ctx, step.accountId), await findSide(ctx, asked_by)]
    steps.push({
      ...step,
      askedAt: asked_at.toISOString(),
      expiresAt: expires_at.toISOString(),
      mayConfirm: refuseConfirmer(subject, asker, own) === undefined,
    })
  }
  return { steps }
}

interface Asked {
  readonly asked_by: string
  readonly asked_at: Date
  readonly expires_at: Date
}
