/** Lists of visits: tasks, visit records, hazards, campaigns, services, lone visits. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type * as c from '@fengge/domain/visits/contract'
import type { Form } from '@fengge/domain/visits/forms'
import type { Hazard, Task } from '@fengge/domain/visits/terms'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import { matterNames } from '../../matters/door.ts'
import { placeTree } from '../../places/door.ts'
import { reachRecord } from '../../registry/door.ts'
import { inReach, listForms, taskColumns } from '../store.ts'

type Ask<P extends keyof typeof c> = AskOf<(typeof c)[P]>
type Reply<P extends keyof typeof c> = Promise<ReplyOf<(typeof c)[P]>>
const nameOf = (id: string | null) => (id === null ? null : (placeTree().get(id)?.name ?? null))
const anyDuty = ['visit.read', 'visit.write'] as const

export async function listTasks(ctx: Asking, ask: Ask<'listTasks'>): Reply<'listTasks'> {
  const today = dayOf(ctx.now)
  const state = {
    open: sql`t.state = 'open'`,
    late: sql`t.state = 'open' and t.due_on < ${today}`,
    done: sql`t.state = 'done'`,
    dropped: sql`t.state = 'dropped'`,
  }[ask.state]
  const where = sql`
    ${inReach(ctx.caller, 'visit.read', ask.placeId)}
    and ${state} ${ask.originId === undefined ? sql`` : sql`and t.origin_id = ${ask.originId}`}
  `
  const [rows, total, matters] = await Promise.all([
    rowsOf<Task & { doneOn: string | null; dropReason: string }>(
      ctx.tx,
      sql`
        select ${taskColumns}, t.done_on as "doneOn", t.drop_reason as "dropReason"
        from visits.task t
        where ${where}
        order by t.due_on, t.id
        limit ${ask.size}
      `,
    ),
    rowOf<{ n: number }>(ctx.tx, sql`select count(*) as n from visits.task t where ${where}`),
    matterNames(ctx.tx, ctx.caller.countyCode),
  ])
  return {
    tasks: rows.map((t) => ({ ...t, gridName: nameOf(t.gridId), matterName: matters.get(t.matterId)?.name ?? '' })),
    total: total!.n,
  }
}

interface VisitRow {
  id: string
  made_at: Date
  by_name: string
  on_behalf_of: string
  form_code: string
  matter_id: string
  subject_kind: Task['subjectKind']
  subject_id: string
  outcome: ReplyOf<typeof c.listVisits>['visits'][number]['outcome']
  sealed: string
  event_ids: string[]
  hazards: number
  name: string | null
  is_core: boolean
}

export async function listVisits(ctx: Asking, ask: Ask<'listVisits'>): Reply<'listVisits'> {
  const county = ctx.caller.countyCode
  if (ask.subjectId !== undefined && !placeTree().get(ask.subjectId))
    await reachRecord(ctx, ask.subjectId, 'registry.read')
  const seesCore = postsWith(ctx.caller, 'overlay.keep').length > 0
  const rows = await rowsOf<VisitRow>(
    ctx.tx,
    sql`
      select
        t.id, t.made_at, t.by_name, t.on_behalf_of, t.form_code, t.matter_id, t.subject_kind, t.subject_id, t.outcome,
        t.sealed, t.event_ids, t.hazards, t.is_core,
        coalesce(
          (select r.name from registry.person r where r.county_code = t.county_code and r.id = t.subject_id),
          (select r.name from registry.unit r where r.county_code = t.county_code and r.id = t.subject_id),
          (select r.name from registry.facility r where r.county_code = t.county_code and r.id = t.subject_id),
          (select r.name from registry.house r where r.county_code = t.county_code and r.id = t.subject_id)
        ) as name
      from visits.visit t
      where
        ${inReach(ctx.caller, anyDuty, ask.placeId)} ${ask.subjectId === undefined ? sql`` : sql`and t.subject_id = ${ask.subjectId}`} ${ask.eventId === undefined ? sql`` : sql`and t.event_ids && array[${ask.eventId}::uuid]`} ${seesCore ? sql`` : sql`and not t.is_core`}
      order by t.made_at desc
      limit ${ask.size}
    `,
  )
  if (rows.length > 0) ctx.look('visits.looked', ask.subjectId ?? ask.eventId ?? county, { visits: rows.length })
  const [forms, matters] = await Promise.all([listForms(ctx.tx, county), matterNames(ctx.tx, county)])
  const byCode = new Map(forms.map((f) => [f.code, f]))
  return {
    visits: rows.map((r) => {
      const { answers, note } = JSON.parse(ctx.sealer.open(r.sealed)) as {
        answers: Record<string, string | boolean>
        note: string
      }
      const form = byCode.get(r.form_code)
      return {
        id: r.id,
        at: r.made_at.toISOString(),
        byName: r.by_name,
        onBehalfOf: r.on_behalf_of,
        formCode: r.form_code,
        formName: form?.name ?? r.form_code,
        matterName: matters.get(r.matter_id)?.name ?? '',
        subjectKind: r.subject_kind,
        subjectId: r.subject_id,
        subjectName: r.name ?? nameOf(r.subject_id) ?? '',
        outcome: r.outcome,
        answers: showAnswers(form, answers),
        note,
        eventIds: r.event_ids,
        hazards: r.hazards,
      }
    }),
  }
}

/** Answers in words; one whose question is gone stays readable by its code. */
function showAnswers(form: Form | undefined, answers: Record<string, string | boolean>) {
  return Object.entries(answers).map(([code, value]) => {
    const field = form?.fields.find((f) => f.code === code)
    const choice = field?.choices.find(([v]) => v === value)
    const flag = typeof value === 'boolean' ? (value ? ['是', 'Yes'] : ['否', 'No']) : undefined
    return {
      name: field?.name ?? code,
      nameEn: field?.nameEn ?? code,
      value: flag?.[0] ?? choice?.[1] ?? String(value),
      valueEn: flag?.[1] ?? choice?.[2] ?? String(value),
    }
  })
}

export async function listHazards(ctx: Asking, ask: Ask<'listHazards'>): Reply<'listHazards'> {
  const rows = await rowsOf<Hazard>(
    ctx.tx,
    sql<Hazard>`
      select
        t.id, t.visit_id as "visitId", t.subject_kind as "subjectKind", t.subject_id as "subjectId",
        t.grid_id as "gridId", t.what, t.ordered_text as "orderedText", t.fix_by as "fixBy",
        t.recheck_days as "recheckDays", t.state, t.found_on as "foundOn", t.cleared_on as "clearedOn",
        t.event_id as "eventId", t.rechecks
      from visits.hazard t
      where ${inReach(ctx.caller, anyDuty, ask.placeId)} and t.state = ${ask.state}
      order by t.fix_by
      limit 500
    `,
  )
  const today = dayOf(ctx.now)
  return {
    hazards: rows.map((h) => ({ ...h, gridName: nameOf(h.gridId), isOverdue: h.state === 'open' && h.fixBy < today })),
  }
}

export async function listCampaigns(ctx: Asking, ask: Ask<'listCampaigns'>): Reply<'listCampaigns'> {
  const county = ctx.caller.countyCode,
    tree = placeTree()
  const posts = postsWith(ctx.caller, 'visit.read').map((p) => p.placeId)
  const campaigns = (
    await rowsOf<{
      id: string
      name: string
      matter_id: string
      place_id: string
      from_on: string
      to_on: string
      is_open: boolean
    }>(
      ctx.tx,
      sql`
        select id, name, matter_id, place_id, from_on, to_on, is_open
        from visits.campaign
        where county_code = ${county}
        order by from_on desc
        limit 100
      `,
    )
  ).filter(
    (x) =>
      posts.some((p) => tree.contains(p, x.place_id) || tree.contains(x.place_id, p)) &&
      (ask.placeId === undefined || tree.contains(ask.placeId, x.place_id) || tree.contains(x.place_id, ask.placeId)),
  )
  const counts = await rowsOf<{
    origin_id: string
    town_id: string | null
    village_id: string | null
    grid_id: string | null
    total: number
    done: number
  }>(
    ctx.tx,
    sql`
      select
        t.origin_id, t.town_id, t.village_id, t.grid_id, count(*) as total,
        count(*) filter (where t.state = 'done') as done
      from visits.task t
      where ${inReach(ctx.caller, 'visit.read', ask.placeId)}
        and t.origin_id = any(${campaigns.map((x) => x.id)}::uuid[])
        and (t.state <> 'dropped')
      group by 1, 2, 3, 4
    `,
  )
  const matters = await matterNames(ctx.tx, county)
  return {
    campaigns: campaigns.map((x) => {
      const mine = counts.filter((n) => n.origin_id === x.id)
      const tier = tree.get(x.place_id)?.tier
      const key = tier === 'county' ? 'town_id' : tier === 'town' ? 'village_id' : 'grid_id'
      const areas = [...Map.groupBy(mine, (n) => n[key])].flatMap(([id, rows]) =>
        id === null ? [] : [{ id, name: nameOf(id) ?? '', total: sum(rows, 'total'), done: sum(rows, 'done') }],
      )
      return {
        id: x.id,
        name: x.name,
        matterName: matters.get(x.matter_id)?.name ?? '',
        placeName: nameOf(x.place_id) ?? '',
        fromOn: x.from_on,
        toOn: x.to_on,
        isOpen: x.is_open,
        total: sum(mine, 'total'),
        done: sum(mine, 'done'),
        areas: areas.toSorted((a, b) => a.name.localeCompare(b.name, 'zh')),
      }
    }),
  }
}
const sum = <K extends string>(rows: readonly Record<K, number>[], key: K) =>
  rows.reduce((n, r) => n + Number(r[key]), 0)

export async function listServices(ctx: Asking, ask: Ask<'listServices'>): Reply<'listServices'> {
  type Row = ReplyOf<typeof c.listServices>['services'][number]
  const rows = await rowsOf<Omit<Row, 'askedBy' | 'gridName'> & { asked: string }>(
    ctx.tx,
    sql`
      select
        t.id, t.no, t.what, t.asked_by_sealed as asked, t.person_id as "personId", t.grid_id as "gridId", t.state,
        t.due_on as "dueOn", t.taken_by as "takenBy", t.version, t.steps
      from visits.service t
      where
        ${inReach(ctx.caller, anyDuty, ask.placeId)} ${ask.state === 'open' ? sql`and t.state not in ('told', 'withdrawn')` : sql``}
      order by t.due_on
      limit 200
    `,
  )
  return {
    services: rows.map(({ asked, ...r }) => ({ ...r, askedBy: ctx.sealer.open(asked), gridName: nameOf(r.gridId) })),
  }
}

export async function listSafety(ctx: Asking): Reply<'listSafety'> {
  const tree = placeTree(),
    posts = postsWith(ctx.caller, 'visit.plan').map((p) => p.placeId)
  const rows = await rowsOf<{ id: string; name: string; place_id: string; where_text: string; until: Date }>(
    ctx.tx,
    sql`
      select s.id, a.name, s.place_id, s.where_text, s.until
      from visits.safety s join identity.account a on a.id = s.account_id
      where s.county_code = ${ctx.caller.countyCode} and s.ended_at is null
      order by s.until
    `,
  )
  return {
    shares: rows
      .filter((r) => posts.some((p) => tree.contains(p, r.place_id)))
      .map((r) => ({
        id: r.id,
        name: r.name,
        gridName: nameOf(r.place_id) ?? '',
        where: r.where_text,
        until: r.until.toISOString(),
        isOverdue: r.until.getTime() < ctx.now,
      })),
  }
}
