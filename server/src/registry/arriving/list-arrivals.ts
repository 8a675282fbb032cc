/** Who is said to have moved into one's places. Where he comes from, and who said so, is told to nobody here. */
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listArrivals as promise } from '@fengge/domain/registry/arriving/contract'
import { insideOf } from '@fengge/domain/registry/arriving/arriving'
import type { Arrival } from '@fengge/domain/registry/arriving/terms'
import type { Asking } from '../../kernel/context.ts'
import { placeTree } from '../../places/door.ts'
import { gridName, placeOf } from '../sight.ts'
import { mayDecide, mayTake } from './reach-arrival.ts'
import { arrivedAt, countWaiting, listWaiting, seesArrivals, type Waiting } from './store/arrivals.ts'

export async function listArrivals(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const scope = seesArrivals(ctx)
  const rows = await listWaiting(ctx.tx, county, scope)
  if (rows.length > 0) ctx.look('registry.arrivals-looked', county, { people: rows.length })
  return { arrivals: rows.map((a) => viewArrival(ctx, a)), total: await countWaiting(ctx.tx, county, scope) }
}

function viewArrival(ctx: Asking, a: Waiting): Arrival {
  const toWhere = ctx.sealer.open(a.where_sealed, arrivedAt(a.id))
  const tree = placeTree(ctx)
  const at = placeOf(a)
  const names =
    at === null
      ? []
      : tree
          .line(at)
          .toReversed()
          .map((node) => node.name)
  return {
    id: a.id,
    name: a.name,
    toWhere,
    address: insideOf(toWhere, names),
    onDay: a.on_day,
    dueOn: a.due_on,
    state: a.state === 'offered' ? 'offered' : 'desk',
    gridId: a.grid_id,
    gridName: gridName(ctx, a),
    note: a.note,
    can: [...(mayTake(ctx, a) ? (['take'] as const) : []), ...(mayDecide(ctx, a) ? (['decide'] as const) : [])],
  }
}
