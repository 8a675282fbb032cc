/** Work meetings: called with an agenda from what is open, closed with minutes, attendance and resolutions that become tasks. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type * as c from '@fengge/domain/worklog/contract'
import type { Meeting } from '@fengge/domain/worklog/contract'
import { may, postsWith, type Ctx, type Asking } from '../kernel/context.ts'
import { rowOf, rowsOf, sql, run, rowWritten } from '../kernel/db/sql.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { refuse } from '../kernel/problems.ts'
import { placeTree } from '../places/door.ts'
import { makeTasks, oneSubject } from '../visits/door.ts'

type Ask<P extends keyof typeof c> = AskOf<(typeof c)[P]>
type Reply<P extends keyof typeof c> = Promise<ReplyOf<(typeof c)[P]>>
interface Row {
  id: string
  place_id: string
  kind: Meeting['kind']
  title: string
  at: Date
  where_text: string
  state: Meeting['state']
  agenda: Meeting['agenda']
  attendance: Meeting['attendance']
  minutes: string
  resolutions: Meeting['resolutions']
  version: number
}
const view = (r: Row): Meeting => ({
  id: r.id,
  placeId: r.place_id,
  placeName: placeTree().get(r.place_id)?.name ?? '',
  kind: r.kind,
  title: r.title,
  at: r.at.toISOString(),
  where: r.where_text,
  state: r.state,
  agenda: r.agenda,
  attendance: r.attendance,
  minutes: r.minutes,
  resolutions: r.resolutions,
  version: r.version,
})
const select = sql.raw(
  'select id, place_id, kind, title, at, where_text, state, agenda, attendance, minutes, resolutions, version from worklog.meeting',
)

export async function callMeeting(ctx: Ctx, ask: Ask<'callMeeting'>): Reply<'callMeeting'> {
  const county = ctx.caller.countyCode,
    tree = placeTree()
  if (!tree.get(ask.placeId)) refuse('place.unknown', 422)
  const post = may(ctx, 'meeting.hold', ask.placeId, tree.contains)
  const grids = tree.get(ask.placeId)!.tier === 'grid' ? [ask.placeId] : tree.below(ask.placeId, 'grid')
  const attendance = (
    await rowsOf<{ account_id: string; name: string; role: string }>(
      ctx.tx,
      sql`
        select distinct on (a.id) a.id as account_id, a.name, r.name as role
        from identity.posting p
          join identity.account a on a.id = p.account_id
          and a.status = 'active'
          join identity.role r on r.code = p.role_code
          and r.kind = 'business'
        where p.place_id = any(${[...grids, ask.placeId]}::uuid[])
          and p.department_id is null
          and p.from_on <= ${dayOf(ctx.now)}
          and (p.to_on is null or p.to_on >= ${dayOf(ctx.now)})
        order by a.id
        limit 200
      `,
    )
  ).map((r) => ({ accountId: r.account_id, name: r.name, role: r.role, state: 'asked' as const }))
  const agenda = [
    ...(await openMatters(ctx, grids)),
    ...ask.more.map((text) => ({ text, eventId: null, taskId: null })),
  ]
  await run(
    ctx.tx,
    sql`
      insert into
        worklog.meeting (county_code, id, place_id, kind, title, at, where_text, agenda, attendance, called_by)
      values
        (
          ${county}, ${ask.id}, ${ask.placeId}, ${ask.kind}, ${ask.title}, ${new Date(Date.parse(ask.at))},
          ${ask.where}, ${JSON.stringify(agenda)}::jsonb, ${JSON.stringify(attendance)}::jsonb,
          ${ctx.caller.accountId}
        )
    `,
  )
  ctx.tell('meeting.called', { agenda: agenda.length, asked: attendance.length }, ask.id, post)
  return view((await rowOf<Row>(ctx.tx, sql<Row>`${select} where county_code = ${county} and id = ${ask.id}`))!)
}

/** What a meeting should speak about: events going over time or sent back, tasks overdue, hazards past their day. Sensitive events stay out. */
async function openMatters(ctx: Asking, grids: readonly string[]): Promise<Meeting['agenda']> {
  const county = ctx.caller.countyCode,
    today = dayOf(ctx.now)
  const [events, tasks, hazards] = await Promise.all([
    rowsOf<{ id: string; title: string; no: string; due_at: Date | null; reworks: number }>(
      ctx.tx,
      sql`
        select id, title, no, due_at, reworks
        from events.event
        where county_code = ${county}
          and grid_id = any(${grids}::uuid[])
          and is_open
          and not is_sensitive
          and (due_at < ${new Date(ctx.now + 86_400_000)} or reworks > 0 or supervision > 0)
        order by due_at
        limit 10
      `,
    ),
    rowsOf<{ title: string; n: number }>(
      ctx.tx,
      sql`
        select title, count(*) as n
        from visits.task
        where county_code = ${county} and grid_id = any(${grids}::uuid[]) and state = 'open' and due_on < ${today}
        group by title
        order by count(*) desc
        limit 6
      `,
    ),
    rowsOf<{ what: string; fix_by: string }>(
      ctx.tx,
      sql`
        select what, fix_by
        from visits.hazard
        where county_code = ${county} and grid_id = any(${grids}::uuid[]) and state = 'open' and fix_by < ${today}
        order by fix_by
        limit 10
      `,
    ),
  ])
  return [
    ...events.map((e) => ({
      text: `事件 ${e.no} ${e.title}${e.reworks > 0 ? `（返工 ${e.reworks} 次）` : e.due_at !== null && e.due_at.getTime() < ctx.now ? '（已超期）' : '（即将到期）'}`,
      eventId: e.id,
      taskId: null,
    })),
    ...tasks.map((t) => ({ text: `逾期任务 ${t.title} ${t.n} 件`, eventId: null, taskId: null })),
    ...hazards.map((h) => ({ text: `逾期未整改隐患：${h.what}（期限 ${h.fix_by}）`, eventId: null, taskId: null })),
  ]
}

export async function closeMeeting(ctx: Ctx, ask: Ask<'closeMeeting'>): Reply<'closeMeeting'> {
  const county = ctx.caller.countyCode,
    tree = placeTree(),
    today = dayOf(ctx.now)
  const row = await rowWritten<Row>(
    ctx.tx,
    sql<Row>`${select} where county_code = ${county} and id = ${ask.id} for update`,
  )
  if (!row || !postsWith(ctx.caller, 'meeting.hold').some((p) => tree.contains(p.placeId, row.place_id)))
    return refuse('meeting.unknown', 404)
  if (row.state !== 'called') refuse('meeting.closed', 409)
  if (row.version !== ask.version) refuse('meeting.stale', 409, { version: row.version })
  const resolutions: Meeting['resolutions'] = []
  for (const r of ask.resolutions) {
    if (r.dueOn < today) refuse('task.date', 422)
    if (tree.get(r.gridId)?.tier !== 'grid' || !tree.contains(row.place_id, r.gridId)) refuse('place.unknown', 422)
    const tasks = await makeTasks(
      ctx,
      r.matterId,
      {
        origin: 'meeting',
        originId: freshId(ctx.now),
        originName: row.title,
        formCode: 'patrol',
        title: r.text,
        minutes: r.minutes,
        priority: 6,
      },
      oneSubject(ctx, { kind: 'grid', id: r.gridId, gridId: r.gridId }, today, r.dueOn),
    )
    resolutions.push({ text: r.text, gridId: r.gridId, dueOn: r.dueOn, tasks })
  }
  const known = new Map(row.attendance.map((a) => [a.name, a]))
  const attendance = [
    ...ask.attendance.map((a) => ({
      accountId: known.get(a.name)?.accountId ?? null,
      name: a.name,
      role: known.get(a.name)?.role ?? '',
      state: a.state,
    })),
    ...row.attendance
      .filter((a) => !ask.attendance.some((b) => b.name === a.name))
      .map((a) => ({ ...a, state: 'absent' as const })),
  ]
  await run(
    ctx.tx,
    sql`
      update worklog.meeting
      set
        state = 'held', minutes = ${ask.minutes}, attendance = ${JSON.stringify(attendance)}::jsonb,
        resolutions = ${JSON.stringify(resolutions)}::jsonb, version = version + 1
      where county_code = ${county} and id = ${ask.id}
    `,
  )
  ctx.tell(
    'meeting.held',
    { came: ask.attendance.filter((a) => a.state === 'came').length, resolutions: resolutions.length },
    ask.id,
  )
  return view((await rowOf<Row>(ctx.tx, sql<Row>`${select} where county_code = ${county} and id = ${ask.id}`))!)
}

export async function listMeetings(ctx: Asking, ask: Ask<'listMeetings'>): Reply<'listMeetings'> {
  const tree = placeTree(),
    places = postsWith(ctx.caller, ['visit.read', 'visit.write']).map((p) => p.placeId)
  const rows = await rowsOf<Row>(
    ctx.tx,
    sql<Row>`${select} where county_code = ${ctx.caller.countyCode} order by at desc limit 200`,
  )
  return {
    meetings: rows
      .filter(
        (r) =>
          places.some((p) => tree.contains(p, r.place_id) || tree.contains(r.place_id, p)) &&
          (ask.placeId === undefined || tree.contains(ask.placeId, r.place_id)),
      )
      .map(view),
  }
}
