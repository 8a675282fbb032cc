/** Reads of accounts and their posts, within the caller's county. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { z } from 'zod'
import type { Account as AccountShape, listAccounts as listing } from '@fengge/domain/identity/contract/accounts'
import type * as promises from '@fengge/domain/identity/contract'
import { dayLength, dayOf } from '@fengge/domain/kernel/time'
import { accountOf, dutiesHeld, type Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'
import { centreCalled, roleCalled } from '../store/labels.ts'
import { isWaitedFor } from '../wrong-tries.ts'

type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>
type Account = z.output<typeof AccountShape>
type Message = promises.Message
type PostView = z.output<typeof promises.Posting>

const postJson = sql`
  jsonb_build_object(
    'id', p.id, 'roleCode', p.role_code, 'roleName', ${roleCalled(sql`a.county_code`, 'name')}, 'roleNameEn',
    ${roleCalled(sql`a.county_code`, 'name_en')}, 'placeId', p.place_id,
    'placeName', l.name, 'departmentId', p.department_id, 'departmentName', d.name, 'officeName',
    coalesce(d.name, ${centreCalled}), 'fromOn', p.from_on, 'toOn', p.to_on
  )
`
const postJoin = sql`
  identity.posting p
  join identity.role r on r.code = p.role_code
  join places.public_place l on l.id = p.place_id
  left join identity.department d on d.id = p.department_id
`

/** What a person is told of himself: his name, his posts in force, and his duties as the session grants them. */
/** So long somebody is told that all he opened on phones ended. */
const toldFor = 7 * dayLength
/** So long a message stands that nobody reads. */
const messagesFor = 30 * dayLength

function phonesEnded(
  row: Pick<Row<'identity.account'>, 'phones_ended' | 'phones_ended_at'>,
  now: number,
): ReplyOf<typeof promises.whoAmI>['phonesEnded'] {
  const { phones_ended_at: at, phones_ended: phone } = row
  return at === null || now - at.getTime() >= toldFor ? null : { at: at.toISOString(), phone }
}

type Said = Message | (promises.Told & Pick<Message, 'change' | 'problem'>)
/** A phone of before knows words for orders of the net alone: all else it is told beside them. */
const toldOf = (said: readonly Said[]): Pick<ReplyOf<typeof promises.whoAmI>, 'messages' | 'told'> => ({
  messages: said.filter((m) => m.kind === 'net-refused'),
  told: said.flatMap((m) =>
    m.kind === 'net-refused' ? [] : [{ id: m.id, kind: m.kind, at: m.at, about: m.about, on: m.on }],
  ),
})

/** What an account `a` is told that it has not read. */
const messagesOf = (now: number) => sql`
  coalesce(
    (
      select
        jsonb_agg(
          jsonb_build_object(
            'id', m.id, 'kind', m.kind, 'about', m.about, 'change', m.change, 'on', m.on_day, 'problem', m.problem,
            'at', to_char(m.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
          )
          order by m.at desc
        )
      from identity.message m
      where m.account_id = a.id and m.read_at is null and m.at > ${new Date(now - messagesFor)}
    ),
    '[]'
  )
`

export async function describeMe(
  tx: Reading,
  accountId: string,
  now: number,
  duties: readonly string[],
): Promise<ReplyOf<typeof promises.whoAmI>> {
  const row = await rowOf<
    Pick<
      Row<'identity.account'>,
      'name' | 'login' | 'county_code' | 'must_change' | 'phones_ended' | 'phones_ended_at'
    > & {
      readonly has_factor: boolean
      readonly needs: boolean
      readonly postings: PostView[]
      readonly messages: Said[]
    }
  >(
    tx,
    sql`
      select
        a.name, a.login, a.county_code, a.must_change, a.phones_ended, a.phones_ended_at,
        a.totp_secret is not null and not a.must_renew_factor as has_factor,
        a.must_renew_factor
        or coalesce(
          (
            select bool_or(r.needs_second_factor and not (a.is_invented and r.kind = 'business'))
            from ${postJoin}
            where p.account_id = a.id
          ),
          false
        ) as needs,
        coalesce(
          (
            select jsonb_agg(${postJson} order by p.from_on)
            from ${postJoin}
            where p.account_id = a.id and p.from_on <= ${dayOf(now)} and (p.to_on is null or p.to_on >= ${dayOf(now)})
          ),
          '[]'
        ) as postings,
${messagesOf(now)} as messages
      from identity.account a
      where a.id = ${accountId}
    `,
  )
  if (!row) return refuse('signed-out', 401)
  return {
    accountId,
    name: row.name,
    login: row.login,
    countyCode: row.county_code,
    mustChangePassword: row.must_change,
    needsSecondFactor: row.needs,
    hasSecondFactor: row.has_factor,
    duties: [...duties],
    postings: row.postings,
    phonesEnded: phonesEnded(row, now),
    ...toldOf(row.messages),
  }
}

export async function whoAmI(ctx: Asking): Reply<'whoAmI'> {
  return describeMe(ctx.tx, accountOf(ctx.caller), ctx.now, dutiesHeld(ctx.caller))
}

export async function listAccounts(ctx: Asking, ask: AskOf<typeof listing>): Promise<ReplyOf<typeof listing>> {
  const text = `%${ask.text.replace(/[%_\\]/g, '\\$&')}%`
  const where = sql`
    a.county_code = ${ctx.caller.countyCode}
    and (a.login like ${text} or a.name like ${text})
    and (
      ${ask.roleCode} = ''
      or exists (select 1 from identity.posting p where p.account_id = a.id and p.role_code = ${ask.roleCode})
    )
  `
  const accounts = await rowsOf<Omit<Account, 'isLocked'>>(
    ctx.tx,
    sql`
      select
        a.id, a.login, a.name, a.kind, a.status,
        a.password_hash is not null as "hasPassword", a.totp_secret is not null and not a.must_renew_factor as "hasSecondFactor",
        a.is_invented as "isInvented",
        coalesce(
          (select jsonb_agg(${postJson} order by p.from_on) from ${postJoin} where p.account_id = a.id), '[]'
        ) as postings
      from identity.account a
      where ${where}
      order by a.login
      limit 30
      offset ${(ask.page - 1) * 30}
    `,
  )
  const total = await rowOf<{ n: number }>(ctx.tx, sql`select count(*) as n from identity.account a where ${where}`)
  return { accounts: accounts.map((a) => ({ ...a, isLocked: isWaitedFor(ctx, a.login, ctx.now) })), total: total!.n }
}
