import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { orderTask as promise } from '@fengge/domain/visits/contract/desk'
import { refuseOrder } from '@fengge/domain/visits/recording'
import { may, type Ctx } from '../../kernel/context.ts'
import { refuse, settle } from '../../kernel/problems.ts'
import { admitOrder } from '../../matters/door.ts'
import { placeTree } from '../../places/door.ts'
import { makeTasks, oneSubject } from '../make-tasks.ts'
import { admitLoad, orderDraft } from '../weigh-order.ts'
import type { TaskDraft } from '../store/tasks.ts'

type Ask = AskOf<typeof promise>

/** One task a grid, under a matter in force and where the caller may order. */
export async function orderTask(ctx: Ctx, ask: Ask): Promise<ReplyOf<typeof promise>> {
  const today = dayOf(ctx.now)
  settle(refuseOrder({ dueOn: ask.dueOn, today }, ask))
  const { matterId, taskKind, object, minutes } = ask
  await admitOrder(ctx, { door: 'order', matterId, taskKind, object, minutes })
  const tree = placeTree(ctx)
  const posts = ask.gridIds.map((gridId) => {
    if (tree.get(gridId)?.tier !== 'grid') refuse('place.unknown', 422)
    return may(ctx, 'task.order', gridId, tree.contains)
  })
  const draft = draftOf(ask, posts[0]?.officeName ?? '')
  await admitLoad(ctx, orderDraft(ask.gridIds, minutes, today, ask.dueOn), { id: ask.id, word: ask.heavyWord })
  let tasks = 0
  for (const gridId of new Set(ask.gridIds)) {
    const grid = oneSubject(ctx, { kind: 'grid', id: gridId, gridId }, { earliestOn: today, dueOn: ask.dueOn })
    tasks += await makeTasks(ctx, ask.matterId, draft, grid)
  }
  return { tasks }
}

const draftOf = (ask: Ask, officeName: string): TaskDraft => ({
  origin: 'order',
  originId: ask.id,
  originName: officeName,
  formCode: 'patrol',
  title: ask.title,
  note: ask.note,
  minutes: ask.minutes,
  priority: 6,
  windowFrom: ask.windowFrom,
  windowTo: ask.windowTo,
})
