import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listNotices as promise } from '@fengge/domain/events/contract/desk'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import { departmentsWith, reachOf } from '../reach.ts'
import { within } from './conditions.ts'

/** Of each hearing so many are read: what is older was told again since, or is over. */
const mostRead = 300

/** What asks for something stands until it is done or the matter goes on; what was only said, until it is read. */
const isSettled = sql`
  (
    n.kind not in ('closed', 'cancelled', 'cancel-agreed')
    and (
      not e.is_open
      or n.kind in ('cancel-asked', 'alarm-back-unanswered', 'back-fell-up') and coalesce(e.core -> 'cancelAsk', 'null'::jsonb) = 'null'::jsonb
      or n.kind = 'recode-asked' and coalesce(e.core -> 'recodeAsk', 'null'::jsonb) = 'null'::jsonb
      or n.kind not in (
        'recode-asked', 'supervise', 'note', 'remark', 'urge', 'cancel-asked', 'cancel-refused', 'alarm-back-unanswered', 'back-fell-up'
      )
      and n.at + interval '1 millisecond' < to_timestamp((e.core ->> 'statusSince')::numeric / 1000.0)
    )
  )
`

/**
 * Notices to this person, to his departments, and to places where he holds the duty they name: of each event the newest,
 * and unread only while it still asks for something.
 */
export async function listNotices(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  const pairs = ctx.caller.posts
    .filter((p) => p.departmentId === null)
    .flatMap((p) => [...p.duties].map((duty) => `${p.placeId}/${duty}`))
  const places = [...new Set(ctx.caller.posts.filter((p) => p.departmentId === null).map((p) => p.placeId))]
  const departments = departmentsWith(ctx.caller, 'event.finish')
  const county = ctx.caller.countyCode
  const part = (where: ReturnType<typeof sql>) =>
    sql`
      (
        select n.county_code, n.id, n.event_id, n.kind, n.at
        from events.notice n
        where n.county_code = ${county} and ${where}
        order by n.at desc
        limit ${mostRead}
      )
    `
  const rows = await rowsOf<{
    id: string
    eventId: string
    no: string
    title: string
    kind: string
    at: Date
    isRead: boolean
  }>(
    ctx.tx,
    sql`
      select id, "eventId", no, title, kind, at, "isRead"
      from
        (
          select distinct on (n.event_id)
            n.id, n.event_id as "eventId", e.no, e.title, n.kind, n.at,
            r.notice_id is not null or ${isSettled} as "isRead"
          from (
              ${part(sql`n.account_id = ${ctx.caller.accountId}`)}
              union
              ${part(sql`n.department_id = any(${departments}::uuid[])`)}
              union
              ${part(sql`n.place_id = any(${places}::uuid[]) and n.place_id || '/' || n.duty = any(${pairs}::text[])`)}
            ) n
            join events.event e on e.county_code = n.county_code
            and e.id = n.event_id
            and ${within(reachOf(ctx))}
            left join events.notice_read r on r.county_code = n.county_code
            and r.notice_id = n.id
            and r.account_id = ${ctx.caller.accountId}
          order by n.event_id, n.at desc, n.kind in ('to-decide', 'fell-up', 'back-fell-up', 'check-fell') desc, n.id desc
        ) newest
      order by at desc
      limit 60
    `,
  )
  return { notices: rows.map((r) => ({ ...r, at: r.at.toISOString() })), unread: rows.filter((r) => !r.isRead).length }
}
