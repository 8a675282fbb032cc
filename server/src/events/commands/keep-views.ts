/** Saved views, read marks of notices, evidence added later. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/events/contract/desk'
import { postsWith, type Ctx, type Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql, run } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>
const done = { done: true } as const

export async function listViews(ctx: Asking): Reply<'listViews'> {
  return {
    views: await rowsOf(
      ctx.tx,
      sql<{
        id: string
        name: string
        filter: Record<string, string>
      }>`
        select id, name, filter
        from events.saved_view
        where county_code = ${ctx.caller.countyCode} and account_id = ${ctx.caller.accountId}
        order by name
      `,
    ),
  }
}
export async function saveView(ctx: Ctx, ask: Ask<'saveView'>): Reply<'saveView'> {
  const count = await rowOf<{ n: number }>(
    ctx.tx,
    sql`
      select count(*) as n
      from events.saved_view
      where county_code = ${ctx.caller.countyCode} and account_id = ${ctx.caller.accountId}
    `,
  )
  if (count!.n >= 50) refuse('view.too-many', 409, { most: 50 })
  await run(
    ctx.tx,
    sql`
      insert into events.saved_view
      values
        (${ctx.caller.countyCode}, ${ask.id}, ${ctx.caller.accountId}, ${ask.name}, ${JSON.stringify(ask.filter)}::jsonb)
      on conflict do nothing
    `,
  )
  return done
}
export async function dropView(ctx: Ctx, ask: Ask<'dropView'>): Reply<'dropView'> {
  await run(
    ctx.tx,
    sql`
      delete from events.saved_view
      where county_code = ${ctx.caller.countyCode} and account_id = ${ctx.caller.accountId} and id = ${ask.id}
    `,
  )
  return done
}

/** Notices to this person, to his departments, and to places where he holds the duty they name. */
export async function listNotices(ctx: Asking): Reply<'listNotices'> {
  const pairs = ctx.caller.posts
    .filter((p) => p.departmentId === null)
    .flatMap((p) => [...p.duties].map((duty) => `${p.placeId}/${duty}`))
  const places = [...new Set(ctx.caller.posts.filter((p) => p.departmentId === null).map((p) => p.placeId))]
  const offices = [
    ...new Set(postsWith(ctx.caller, 'event.finish').flatMap((p) => (p.departmentId === null ? [] : [p.departmentId]))),
  ]
  const county = ctx.caller.countyCode
  const part = (where: ReturnType<typeof sql>) =>
    sql`
      (select * from events.notice n where n.county_code = ${county} and ${where} order by n.at desc limit 60)
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
      select n.id, n.event_id as "eventId", e.no, e.title, n.kind, n.at, r.notice_id is not null as "isRead"
      from (
          ${part(sql`n.account_id = ${ctx.caller.accountId}`)}
          union
          ${part(sql`n.department_id = any(${offices}::uuid[])`)}
          union
          ${part(sql`n.place_id = any(${places}::uuid[]) and n.place_id || '/' || n.duty = any(${pairs}::text[])`)}
        ) n
        join events.event e on e.county_code = n.county_code
        and e.id = n.event_id
        left join events.notice_read r on r.county_code = n.county_code
        and r.notice_id = n.id
        and r.account_id = ${ctx.caller.accountId}
      order by n.at desc
      limit 60
    `,
  )
  return { notices: rows.map((r) => ({ ...r, at: r.at.toISOString() })), unread: rows.filter((r) => !r.isRead).length }
}
export async function readNotices(ctx: Ctx, ask: Ask<'readNotices'>): Reply<'readNotices'> {
  await run(
    ctx.tx,
    sql`
      insert into events.notice_read
      select county_code, id, ${ctx.caller.accountId}
      from events.notice
      where county_code = ${ctx.caller.countyCode} and id = any(${ask.ids}::uuid[])
      on conflict do nothing
    `,
  )
  return done
}
