/** A visit: what was met, what was found, what must be re-checked. The phone may send it days later, and twice. */
import type { Duty } from '@fengge/domain/kernel/duty'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { recordVisit as promise } from '@fengge/domain/visits/contract/worker'
import { visitRecorded } from '@fengge/domain/visits/facts'
import { careForms, readAnswers, type Answers, type Form } from '@fengge/domain/visits/forms'
import { believedTime, effectOn, type TaskEffect } from '@fengge/domain/visits/recording'
import { doesTask, type Task } from '@fengge/domain/visits/terms'
import { accountOf, postsWith, type Ctx, type Asking, type Post } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { matterInForce } from '../../matters/door.ts'
import { placeTree } from '../../places/door.ts'
import { findDeath, markCareVisited, reachRecord } from '../../registry/door.ts'
import { closeHazard, keepHazards } from '../keep-hazards.ts'
import { lineOf } from '../make-tasks.ts'
import { serves } from '../serves.ts'
import { findForm } from '../store/forms.ts'
import { closeTask, countTry, lockTask } from '../store/tasks.ts'
import { insertVisit, rememberVisit, type GridLine } from '../store/visits.ts'

type Ask = AskOf<typeof promise>

export async function recordVisit(ctx: Ctx, asked: Ask): Promise<ReplyOf<typeof promise>> {
  const task = asked.taskId === null ? undefined : await lockAsked(ctx, asked.taskId)
  const ask = aboutTask(asked, task)
  const { line, form, duties } = await load(ctx, ask, task)
  const answers = judge(ask, form, duties)
  const madeAt = believedTime(Date.parse(ask.madeAt), ctx.now)
  const day = dayOf(madeAt)
  if (ask.subjectKind === 'person') await refuseAfterDeath(ctx, ask.subjectId, day)
  const effect = effectOn(task?.state, ask.outcome)
  const matterId = task?.matterId ?? ask.matterId
  await saveVisit(ctx, ask, { form, answers, line, madeAt, matterId })
  if (task) await saveEffect(ctx, task, effect, day)
  await keepHazards(ctx, ask, { matterId, line, foundOn: day })
  if (task?.origin === 'recheck' && doesTask(ask.outcome))
    await closeHazard(ctx, task, answers['cleared'] === 'yes' ? day : null)
  tellVisit(ctx, ask, form, postFor(ctx, line))
  return { id: ask.id, taskState: effect.taskState, note: effect.note }
}

/**
 * A visit that does a task is about whom the task is about: a phone may name him as he was before a merge, and nobody
 * reaches somebody else by a task of his own.
 */
const aboutTask = (ask: Ask, task: Task | undefined): Ask =>
  task === undefined || task.subjectId === null
    ? ask
    : { ...ask, subjectKind: task.subjectKind, subjectId: task.subjectId }

/** Where the subject is, and what the visitor's posts there let him do. */
interface Standing {
  readonly line: GridLine
  readonly duties: ReadonlySet<Duty>
}
interface Loaded extends Standing {
  readonly form: Form
}

/** Where the subject is, and the form that is filled in. */
async function load(ctx: Ctx, ask: Ask, task: Task | undefined): Promise<Loaded> {
  const standing = await standBefore(ctx, ask, task)
  // What was asked under a matter may be reported after its end; a visit of one's own needs one in force.
  if (!task) await matterInForce(ctx, ask.matterId, dayOf(Math.min(Date.parse(ask.madeAt), ctx.now)))
  const form = await findForm(ctx.tx, ctx.caller.countyCode, task?.formCode ?? ask.formCode)
  return { ...standing, form: form ?? refuse('form.unknown', 422) }
}

async function saveEffect(ctx: Ctx, task: Task, effect: TaskEffect, day: string): Promise<void> {
  const { countyCode, accountId } = ctx.caller
  if (effect.does === 'close') await closeTask(ctx.tx, countyCode, task.id, { state: 'done', on: day, by: accountId })
  if (effect.does === 'count-try') await countTry(ctx.tx, countyCode, task.id)
}

const lockAsked = async (ctx: Ctx, taskId: string): Promise<Task> =>
  (await lockTask(ctx.tx, ctx.caller.countyCode, taskId)) ?? refuse('task.unknown', 404)

/** Out of reach is answered as not there. A grid is visited by whoever serves it, a record by whoever visits where it is. */
async function standBefore(ctx: Asking, ask: Ask, task: Task | undefined): Promise<Standing> {
  if (ask.subjectKind === 'grid') {
    const gridId = task?.gridId ?? ask.subjectId
    const mine = postsWith(ctx.caller, 'visit.write').filter((post) => serves(ctx, post, gridId))
    if (!placeTree(ctx).get(gridId) || mine.length === 0) return refuse('visit.subject', 404)
    return { line: lineOf(ctx, gridId), duties: new Set(mine.flatMap((post) => [...post.duties])) }
  }
  const { row, duties } = await reachRecord(ctx, ask.subjectId, 'registry.read')
  if (!duties.has('visit.write')) refuse('record.unknown', 404)
  return { line: { gridId: row.grid_id, villageId: row.village_id, townId: row.town_id }, duties }
}

/** Answers as they are kept. Somebody who was not met answers nothing. */
function judge(ask: Ask, form: Form, duties: ReadonlySet<Duty>): Answers {
  if (form.isCore && !duties.has('overlay.keep')) refuse('not-allowed', 403)
  if (!doesTask(ask.outcome)) return {}
  const read = readAnswers(form, ask.answers)
  return 'fault' in read ? refuse('visit.answers', 422, { field: read.field, fault: read.fault }) : read.answers
}

/** On the day of his death somebody may have been visited; later nobody is. */
async function refuseAfterDeath(ctx: Ctx, personId: string, day: string): Promise<void> {
  const diedOn = await findDeath(ctx.tx, ctx.caller.countyCode, personId)
  if (diedOn !== undefined && day > diedOn) refuse('visit.after-death', 409)
}

interface Judged {
  readonly form: Form
  readonly answers: Answers
  readonly line: GridLine
  readonly madeAt: number
  readonly matterId: string
}

/** The visit itself, and, where somebody was met, that the rhythm counts from it. */
async function saveVisit(ctx: Ctx, ask: Ask, judged: Judged): Promise<void> {
  const { countyCode, name } = ctx.caller
  const { form, madeAt } = judged
  await insertVisit(ctx.tx, countyCode, ctx.sealer, {
    ...ask,
    ...judged,
    accountId: accountOf(ctx.caller),
    byName: name,
    receivedAt: ctx.now,
    hazards: ask.hazards.length,
  })
  if (!doesTask(ask.outcome)) return
  await rememberVisit(ctx.tx, countyCode, { subjectId: ask.subjectId, formCode: form.code, day: dayOf(madeAt) })
  if (careForms.includes(form.code)) await markCareVisited(ctx.tx, countyCode, ask.subjectId, madeAt)
}

/** The post that the visit was made in, where one covers the grid. */
function postFor(ctx: Asking, { gridId }: GridLine): Post | null {
  if (gridId === null) return null
  return postsWith(ctx.caller, 'visit.write').find((p) => placeTree(ctx).contains(p.placeId, gridId)) ?? null
}

function tellVisit(ctx: Ctx, ask: Ask, form: Form, post: Post | null): void {
  ctx.tell(
    visitRecorded,
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
}
