/** A visit: what was met, what was found, what must be re-checked. The phone may send it days later, and twice. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import type { recordVisit as promise } from '@fengge/domain/visits/contract'
import { readAnswers, type Form } from '@fengge/domain/visits/forms'
import { doesTask, type SubjectKind, type Task } from '@fengge/domain/visits/terms'
import { postsWith, type Ctx, type Asking } from '../../kernel/context.ts'
import { sql, run, rowsWritten, rowWritten } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import { matterInForce } from '../../matters/door.ts'
import { placeTree } from '../../places/door.ts'
import { markCareVisited, reachRecord } from '../../registry/door.ts'
import { makeTasks, oneSubject } from '../make-tasks.ts'
import { closeTask, countTry, findForm, lockTask } from '../store.ts'

type Ask = AskOf<typeof promise>
type Reply = ReplyOf<typeof promise>

export async function recordVisit(ctx: Ctx, ask: Ask): Promise<Reply> {
  const county = ctx.caller.countyCode
  const task =
    ask.taskId === null ? undefined : ((await lockTask(ctx.tx, county, ask.taskId)) ?? refuse('task.unknown', 404))
  const place = await placeOfSubject(ctx, task?.subjectKind ?? ask.subjectKind, ask.subjectId, task)
  // What was asked under a matter may be reported after its end; a visit of one's own needs one in force.
  if (!task) await matterInForce(ctx, ask.matterId, dayOf(Math.min(Date.parse(ask.madeAt), ctx.now)))
  const form = (await findForm(ctx.tx, county, task?.formCode ?? ask.formCode)) ?? refuse('form.unknown', 422)
  const read = judge(ctx, ask, form)
  // The phone's clock is corrected but never believed beyond now, nor longer back than a season.
  const madeAt = Math.max(Math.min(Date.parse(ask.madeAt), ctx.now), ctx.now - 90 * 86_400_000)
  const day = dayOf(madeAt)
  const note =
    task?.state === 'done'
      ? ('task.already-done' as const)
      : task?.state === 'dropped'
        ? ('task.dropped' as const)
        : ('' as const)
  await run(
    ctx.tx,
    sql`
      insert into visits.visit (
          county_code, id, task_id, matter_id, form_code, subject_kind, subject_id, grid_id, village_id, town_id,
          account_id, by_name, on_behalf_of, is_spoken, made_at, received_at, outcome, sealed, is_core, event_ids,
          hazards
        )
      values
        (
          ${county}, ${ask.id}, ${ask.taskId}, ${task?.matterId ?? ask.matterId}, ${form.code}, ${ask.subjectKind},
          ${ask.subjectId}, ${place.gridId}, ${place.villageId}, ${place.townId}, ${ctx.caller.accountId},
          ${ctx.caller.name}, ${ask.onBehalfOf}, ${ask.isSpoken}, ${new Date(madeAt)}, ${new Date(ctx.now)},
          ${ask.outcome}, ${ctx.sealer.seal(JSON.stringify({ answers: read, note: ask.note }))}, ${form.isCore},
          ${ask.eventIds}::uuid[], ${ask.hazards.length}
        )
    `,
  )
  const isDone = doesTask(ask.outcome)
  if (task?.state === 'open')
    await (isDone
      ? closeTask(ctx.tx, county, task.id, { state: 'done', on: day, by: ctx.caller.accountId })
      : countTry(ctx.tx, county, task.id))
  if (isDone) await remember(ctx, ask.subjectId, form.code, day, madeAt)
  await keepHazards(ctx, ask, task, place, day)
  if (task?.origin === 'recheck') await recheck(ctx, task, isDone ? read['cleared'] === 'yes' : undefined, day)
  const post =
    postsWith(ctx.caller, 'visit.write').find(
      (p) => place.gridId !== null && placeTree().contains(p.placeId, place.gridId),
    ) ?? null
  ctx.tell(
    'visit.recorded',
    {
      form: form.code,
      outcome: ask.outcome,
      task: ask.taskId,
      onBehalf: ask.onBehalfOf !== '',
      events: ask.eventIds.length,
      hazards: ask.hazards.length,
    },
    ask.subjectId,
    post,
  )
  return {
    id: ask.id,
    taskState: task ? (task.state === 'open' ? (isDone ? 'done' : 'open') : task.state) : 'none',
    note,
  }
}

interface Line {
  readonly gridId: string | null
  readonly villageId: string | null
  readonly townId: string | null
}

/** Where the subject is; out of reach is answered as not there. A grid is visited by whoever serves it. */
async function placeOfSubject(ctx: Asking, kind: SubjectKind, id: string, task: Task | undefined): Promise<Line> {
  const tree = placeTree()
  const line = (gridId: string | null): Line => ({
    gridId,
    villageId: gridId === null ? null : (tree.ancestor(gridId, 'village')?.id ?? null),
    townId: gridId === null ? null : (tree.ancestor(gridId, 'town')?.id ?? null),
  })
  const serves = (gridId: string) =>
    postsWith(ctx.caller, 'visit.write').some(
      (p) => p.departmentId === null && (tree.contains(p.placeId, gridId) || tree.get(p.placeId)?.parentId === gridId),
    )
  if (kind === 'grid' || (task && task.subjectId !== id)) {
    const gridId = task?.gridId ?? id
    return tree.get(gridId) && serves(gridId) ? line(gridId) : refuse('visit.subject', 404)
  }
  const { row } = await reachRecord(ctx, id, 'registry.read')
  return { gridId: row.grid_id, villageId: row.village_id, townId: row.town_id }
}

function judge(ctx: Asking, ask: Ask, form: Form): Record<string, string | boolean> {
  if (form.isCore && postsWith(ctx.caller, 'overlay.keep').length === 0) refuse('not-allowed', 403)
  // Somebody who was not met answers nothing.
  if (!doesTask(ask.outcome)) return {}
  const read = readAnswers(form, ask.answers)
  return 'fault' in read ? refuse('visit.answers', 422, { field: read.field, fault: read.fault }) : { ...read.answers }
}

async function remember(ctx: Ctx, subjectId: string, formCode: string, day: string, at: number): Promise<void> {
  await run(
    ctx.tx,
    sql`
      insert into visits.last (county_code, subject_id, form_code, on_day)
      values (${ctx.caller.countyCode}, ${subjectId}, ${formCode}, ${day})
      on conflict (county_code, subject_id, form_code) do update
      set on_day = greatest(visits.last.on_day, excluded.on_day)
    `,
  )
  if (formCode === 'care' || formCode === 'released' || formCode === 'mental-health')
    await markCareVisited(ctx.tx, ctx.caller.countyCode, subjectId, at)
}

/** Hidden dangers found: each stays open and comes back for a re-check until it is cleared (E8). */
async function keepHazards(ctx: Ctx, ask: Ask, task: Task | undefined, place: Line, day: string): Promise<void> {
  const county = ctx.caller.countyCode
  for (const h of ask.hazards) {
    const matterId = task?.matterId ?? ask.matterId
    const rows = await rowsWritten(
      ctx.tx,
      sql`
        insert into visits.hazard (
            county_code, id, visit_id, matter_id, subject_kind, subject_id, grid_id, village_id, town_id, what,
            ordered_text, fix_by, recheck_days, found_on, event_id
          )
        values
          (
            ${county}, ${h.id}, ${ask.id}, ${matterId}, ${ask.subjectKind}, ${ask.subjectId}, ${place.gridId},
            ${place.villageId}, ${place.townId}, ${h.what}, ${h.orderedText}, ${h.fixBy}, ${h.recheckDays}, ${day},
            ${h.eventId}
          )
        on conflict do nothing
        returning 1
      `,
    )
    if (rows.length === 0) refuse('visit.hazard-twice', 409)
    await askRecheck(
      ctx,
      { id: h.id, matterId, kind: ask.subjectKind, subjectId: ask.subjectId, gridId: place.gridId, what: h.what },
      dayOf(ctx.now),
      h.fixBy,
    )
  }
}

interface HazardRef {
  readonly id: string
  readonly matterId: string
  readonly kind: SubjectKind
  readonly subjectId: string | null
  readonly gridId: string | null
  readonly what: string
}
async function askRecheck(ctx: Ctx, h: HazardRef, from: string, dueOn: string): Promise<void> {
  const due = dueOn < from ? from : dueOn
  await makeTasks(
    ctx,
    h.matterId,
    {
      origin: 'recheck',
      originId: h.id,
      originName: '隐患复查',
      formCode: 'recheck',
      title: '隐患复查',
      note: h.what,
      minutes: 15,
      priority: 8,
    },
    oneSubject(ctx, { kind: h.kind, id: h.subjectId, gridId: h.gridId }, from, due),
  )
}

/** A re-check that found it cleared closes the hazard; otherwise it comes again. Nobody met: the same task stays open. */
async function recheck(ctx: Ctx, task: Task, isCleared: boolean | undefined, day: string): Promise<void> {
  if (isCleared === undefined || task.originId === null) return
  const county = ctx.caller.countyCode
  const hazard = await rowWritten<{ matter_id: string; recheck_days: number; what: string; state: string }>(
    ctx.tx,
    sql`
      update visits.hazard
      set
        rechecks = rechecks + 1, state = case when ${isCleared}::boolean then 'cleared' else state
        end, cleared_on = case when ${isCleared}::boolean then ${day}::date else cleared_on
        end
      where county_code = ${county} and id = ${task.originId}
      returning matter_id, recheck_days, what, state
    `,
  )
  if (!hazard || hazard.state === 'cleared') return
  await askRecheck(
    ctx,
    {
      id: task.originId,
      matterId: hazard.matter_id,
      kind: task.subjectKind,
      subjectId: task.subjectId,
      gridId: task.gridId,
      what: hazard.what,
    },
    addDays(dayOf(ctx.now), 1),
    addDays(dayOf(ctx.now), hazard.recheck_days),
  )
}
