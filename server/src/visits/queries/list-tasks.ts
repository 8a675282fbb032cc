import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { listTasks as promise } from '@fengge/domain/visits/contract/desk'
import type { Task } from '@fengge/domain/visits/terms'
import type { Asking } from '../../kernel/context.ts'
import { pageOf } from '../../kernel/cursor.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import { matterNames } from '../../matters/door.ts'
import { cautionsFor } from '../../registry/door.ts'
import { apartFrom, inReach, knowsPeople, servesPeople } from '../store/reach.ts'
import { isCareTask, taskColumns } from '../store/tasks.ts'
import { afterDay } from './after-day.ts'
import { placeName } from './place-name.ts'

type Shown = ReplyOf<typeof promise>['tasks']

/** Tasks in reach, the earliest due first. */
export async function listTasks(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { rows, total } = await tasksOf(ctx, { ...ask, size: ask.size + 1 })
  const { page, next } = pageOf(rows, ask.size, (t) => [t.dueOn, t.id])
  const people = page.filter((t) => t.subjectKind === 'person' && t.subjectId !== null).length
  if (people > 0) ctx.look('tasks.looked', ask.placeId ?? ctx.caller.countyCode, { people })
  return { tasks: page, total, next }
}

type Asked = Pick<AskOf<typeof promise>, 'placeId' | 'state' | 'originId' | 'size'> &
  Partial<Pick<AskOf<typeof promise>, 'after'>>

type Found = Task & { readonly doneOn: string | null; readonly dropReason: string } & {
  readonly isKnown: boolean
  readonly isServed: boolean
  readonly isCare: boolean
}

/**
 * Whoever plans reads that somebody is to be called on, for what and by when. Who it is, and what to mind at his door, is read
 * by who reaches his record or serves him; who is called on for care, by who serves him or keeps the overlay.
 */
function asFarAs({ isKnown, isServed, isCare, ...task }: Found): Omit<Found, 'isKnown' | 'isServed' | 'isCare'> {
  if (task.subjectKind !== 'person' || (isCare ? isServed : isKnown)) return task
  return { ...task, subjectId: null, cautions: [] }
}

/** The first so many of them, and how many there are. */
export async function tasksOf(ctx: Asking, ask: Asked): Promise<{ readonly rows: Shown; readonly total: number }> {
  const state = {
    open: sql`t.state = 'open'`,
    late: sql`t.state = 'open' and t.due_on < ${dayOf(ctx.now)}`,
    done: sql`t.state = 'done'`,
    dropped: sql`t.state = 'dropped'`,
  }[ask.state]
  const where = sql`
    ${inReach(ctx, 'visit.read', ask.placeId)}
    and ${apartFrom(ctx)}
    and ${state} ${ask.originId === undefined ? sql`` : sql`and t.origin_id = ${ask.originId}`}
  `
  const [found, counted, matters] = await Promise.all([
    rowsOf<Found>(
      ctx.tx,
      sql`
        select ${taskColumns}, t.done_on as "doneOn", t.drop_reason as "dropReason",
          ${inReach(ctx, knowsPeople)} as "isKnown", ${inReach(ctx, servesPeople)} as "isServed",
          ${isCareTask} as "isCare"
        from visits.task t
        where ${where} ${afterDay('t.due_on', ask.after)}
        order by t.due_on, t.id
        limit ${ask.size}
      `,
    ),
    rowOf<{ n: number }>(ctx.tx, sql`select count(*) as n from visits.task t where ${where}`),
    matterNames(ctx.tx, ctx.caller.countyCode),
  ])
  return {
    rows: found.map(asFarAs).map((t) => ({
      ...t,
      cautions: cautionsFor(ctx, t.gridId, t.cautions),
      gridName: placeName(ctx, t.gridId),
      matterName: matters.get(t.matterId)?.name ?? '',
    })),
    total: counted?.n ?? 0,
  }
}
