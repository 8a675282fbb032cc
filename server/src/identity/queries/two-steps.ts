/** What waits for a second administrator, and of which kinds an account is. */
import type { listTwoSteps as promise, TwoStep } from '@fengge/domain/identity/contract/accounts'
import { nobody, refuseConfirmer, type Side } from '@fengge/domain/identity/two-step'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { roles } from '@fengge/domain/identity/roles'
import { accountOf, type Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import { placeTree } from '../../places/door.ts'
import { roleCalled } from '../store/labels.ts'

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
  const rows = await rowsOf<Omit<TwoStep, 'mayConfirm' | 'askedAt' | 'expiresAt' | 'post'> & Asked>(
    ctx.tx,
    sql`
      select
        s.id, s.kind, s.account_id as "accountId", coalesce(a.login, '') as login, coalesce(a.name, '') as name, b.name as "askedBy", s.asked_by, s.asked_at,
        s.expires_at, s.place_id, s.to_on, s.role_code, case when r.code is not null then ${roleCalled(sql`a.county_code`, 'name')} end as role,
        case when r.code is not null then ${roleCalled(sql`a.county_code`, 'name_en')} end as "roleEn",
        case
          when d.id is not null then json_build_object(
            'before', json_build_object('name', d.name, 'kind', d.kind, 'status', d.status),
            'after', json_build_object('name', s.department_name, 'kind', s.department_kind, 'status', s.department_status)
          )
        end as department
      from identity.two_step s
        left join identity.role r on r.code = s.role_code
        left join identity.department d on d.id = s.department_id
        left join identity.account a on a.id = s.account_id
        join identity.account b on b.id = s.asked_by
      where s.county_code = ${ctx.caller.countyCode} and s.state = 'asked' and s.expires_at > ${new Date(ctx.now)}
      order by s.asked_at
      limit 200
    `,
  )
  const own = await findSide(ctx, accountOf(ctx.caller))
  const steps: TwoStep[] = []
  for (const { asked_by, asked_at, expires_at, place_id, to_on, role_code, role, roleEn, ...step } of rows) {
    const subject = withPost(step.accountId === null ? nobody : await findSide(ctx, step.accountId), role_code)
    const asker = await findSide(ctx, asked_by)
    const place = place_id === null ? '' : (placeTree(ctx).get(place_id)?.name ?? '')
    steps.push({
      ...step,
      post: role === null ? null : { role, roleEn: roleEn ?? role, place, toOn: to_on },
      askedAt: asked_at.toISOString(),
      expiresAt: expires_at.toISOString(),
      mayConfirm: refuseConfirmer(subject, asker, own) === undefined,
    })
  }
  return { steps }
}

/** Somebody as he is with a post that he is to get or to lose. */
export function withPost(side: Side, roleCode: string | null): Side {
  const kind = roles.find((r) => r.code === roleCode)?.kind
  return kind === undefined ? side : { ...side, kinds: [...side.kinds, kind] }
}

interface Asked {
  readonly place_id: string | null
  readonly to_on: string | null
  readonly role_code: string | null
  readonly role: string | null
  readonly roleEn: string | null
  readonly asked_by: string
  readonly asked_at: Date
  readonly expires_at: Date
}
