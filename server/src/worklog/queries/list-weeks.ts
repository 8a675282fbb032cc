import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listWeeks as promise } from '@fengge/domain/worklog/contract'
import type { Week } from '@fengge/domain/worklog/terms'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import { placeTree } from '../../places/door.ts'
import { gridsOf } from '../view-meeting.ts'
import { readWeek } from './get-week.ts'

type Ask = AskOf<typeof promise>

/** So many grids are read at once. */
const mostGrids = 60

/** Weeks of the workers of a place, by grid; in the order of the net, never by count. */
export async function listWeeks(ctx: Asking, ask: Ask): Promise<ReplyOf<typeof promise>> {
  const tree = placeTree(ctx)
  const grids = [...new Set(placesFor(ctx, ask.placeId).flatMap((p) => gridsOf(ctx, p)))].slice(0, mostGrids)
  const codeOf = (worker: Worker) => tree.get(worker.place_id)?.code ?? ''
  const workers = (await listWorkers(ctx, grids, ask.on)).toSorted((a, b) => (codeOf(a) < codeOf(b) ? -1 : 1))
  const weeks: Week[] = []
  for (const { account_id: accountId, name, place_id } of workers)
    weeks.push(await readWeek(ctx, { accountId, name, gridName: tree.get(place_id)?.name ?? '' }, ask.on))
  return { weeks }
}

/** The place that was asked for where the caller reads, else all of his own. */
function placesFor(ctx: Asking, asked: string | undefined): string[] {
  const places = postsWith(ctx.caller, 'visit.read').map((p) => p.placeId)
  return asked !== undefined && places.some((p) => placeTree(ctx).contains(p, asked)) ? [asked] : places
}

interface Worker {
  readonly account_id: string
  readonly name: string
  readonly place_id: string
}

function listWorkers(ctx: Asking, grids: readonly string[], on: string): Promise<Worker[]> {
  return rowsOf<Worker>(
    ctx.tx,
    sql`
      select distinct account_id, name, place_id
      from identity.public_serving
      where place_id = any(${grids}::uuid[])
        and role_code in ('grid-worker', 'part-time-worker')
        and from_on <= ${on}
        and (to_on is null or to_on >= ${on})
    `,
  )
}
