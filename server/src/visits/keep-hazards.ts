/** Hidden dangers found at a visit: each stays open and comes back for a re-check until it is cleared (E8). */
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import type { recordVisit } from '@fengge/domain/visits/contract/worker'
import type { SubjectKind, Task } from '@fengge/domain/visits/terms'
import type { Ctx } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { refuseHazardsBeyondDay } from './most-a-day.ts'
import { makeTasks, oneSubject } from './make-tasks.ts'
import { insertHazard, recheckHazard, type GridLine } from './store/visits.ts'

type Visit = Pick<AskOf<typeof recordVisit>, 'id' | 'subjectKind' | 'subjectId' | 'hazards'>

export async function keepHazards(
  ctx: Ctx,
  visit: Visit,
  at: { readonly matterId: string; readonly line: GridLine; readonly foundOn: string },
): Promise<void> {
  const { subjectKind, subjectId } = visit
  const today = dayOf(ctx.now)
  if (visit.hazards.length > 0) await refuseHazardsBeyondDay(ctx)
  for (const hazard of visit.hazards) {
    const isFresh = await insertHazard(ctx.tx, ctx.caller.countyCode, {
      ...hazard,
      ...at,
      visitId: visit.id,
      subjectKind,
      subjectId,
    })
    if (!isFresh) refuse('visit.hazard-twice', 409)
    const subject = { kind: subjectKind, id: subjectId, gridId: at.line.gridId }
    await askRecheck(ctx, { ...hazard, matterId: at.matterId, subject }, { from: today, dueOn: hazard.fixBy })
  }
}

/**
 * A re-check that found it cleared closes the hazard; otherwise it comes again. Whoever met nobody does not get here:
 * the same task stays open.
 * @param clearedOn the day it was found cleared, or null
 */
export async function closeHazard(ctx: Ctx, task: Task, clearedOn: string | null): Promise<void> {
  if (task.originId === null) return
  const hazard = await recheckHazard(ctx.tx, ctx.caller.countyCode, task.originId, clearedOn)
  if (!hazard || hazard.state === 'cleared') return
  const today = dayOf(ctx.now)
  const subject = { kind: task.subjectKind, id: task.subjectId, gridId: task.gridId }
  await askRecheck(
    ctx,
    { id: task.originId, matterId: hazard.matter_id, what: hazard.what, subject },
    { from: addDays(today, 1), dueOn: addDays(today, hazard.recheck_days) },
  )
}

interface Recheck {
  readonly id: string
  readonly matterId: string
  readonly what: string
  readonly subject: { readonly kind: SubjectKind; readonly id: string | null; readonly gridId: string | null }
}

async function askRecheck(
  ctx: Ctx,
  hazard: Recheck,
  days: { readonly from: string; readonly dueOn: string },
): Promise<void> {
  await makeTasks(
    ctx,
    hazard.matterId,
    {
      origin: 'recheck',
      originId: hazard.id,
      originName: '隐患复查',
      formCode: 'recheck',
      title: '隐患复查',
      note: hazard.what,
      minutes: 15,
      priority: 8,
    },
    oneSubject(ctx, hazard.subject, {
      earliestOn: days.from,
      dueOn: days.dueOn < days.from ? days.from : days.dueOn,
    }),
  )
}
