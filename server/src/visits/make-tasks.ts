/**
 * The one place that makes tasks. Each names a matter, and the matter is in force on the day the task is made: no
 * other statement writes a new one, and a test looks for one. Source: requirements.md A3, V1.
 */
import { taskMade } from '@fengge/domain/visits/facts'
import { dayOf } from '@fengge/domain/kernel/time'
import type { SubjectKind } from '@fengge/domain/visits/terms'
import type { Asking, Ctx } from '../kernel/context.ts'
import { freshId } from '../kernel/fresh-id.ts'
import type { HasShelf } from '../kernel/shelf.ts'
import { matterInForce } from '../matters/door.ts'
import { placeTree } from '../places/door.ts'
import type { OneSubject, Whom } from './store/subjects.ts'
import { insertTasks, type TaskDraft } from './store/tasks.ts'
import type { GridLine } from './store/visits.ts'

/** @returns how many were made; whoever has an open task of the same origin gets no second one */
export async function makeTasks(ctx: Ctx, matterId: string, draft: TaskDraft, whom: Whom): Promise<number> {
  await matterInForce(ctx, matterId)
  const { countyCode: county } = ctx.caller
  const about = { county, tree: placeTree(ctx), today: dayOf(ctx.now), matterId, madeAt: new Date(ctx.now) }
  const tasks = await insertTasks(ctx.tx, about, draft, whom)
  if (tasks > 0) ctx.tell(taskMade, { matter: matterId, origin: draft.origin, tasks }, draft.originId)
  return tasks
}

/** One subject of a grid; where it has no id of its own, it gets one. */
export function oneSubject(
  ctx: Asking,
  subject: { readonly kind: SubjectKind; readonly id: string | null; readonly gridId: string | null },
  days: { readonly earliestOn: string; readonly dueOn: string },
): OneSubject {
  return { by: 'name', ...days, ...lineOf(ctx, subject.gridId), kind: subject.kind, id: subject.id ?? freshId(ctx.now) }
}

/** A grid with the village and the town above it. */
export function lineOf<Id extends string | null>(home: HasShelf, gridId: Id): GridLine & { readonly gridId: Id } {
  const above = (tier: 'village' | 'town') =>
    gridId === null ? null : (placeTree(home).ancestor(gridId, tier)?.id ?? null)
  return { gridId, villageId: above('village'), townId: above('town') }
}
