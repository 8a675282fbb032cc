/** Ordered changes of the net, for who edits one of their grids. */
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { NetAsk, type listNetOrders as promise } from '@fengge/domain/places/net-contract'
import { NetFlow, NetOrder } from '@fengge/domain/places/terms'
import { z } from 'zod'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'
import { placeTree } from '../tree-in-force.ts'

type OrderRow = Pick<
  Row<'places.net_order'>,
  | 'id'
  | 'kind'
  | 'happens_on'
  | 'reason'
  | 'state'
  | 'step'
  | 'problem'
  | 'by_name'
  | 'asked_at'
  | 'finished_at'
  | 'moved'
  | 'ask'
  | 'grid_ids'
> & { readonly places: { id: string; name: string; parent: string | null }[] }

export async function listNetOrders(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  const rows = await rowsOf<OrderRow>(
    ctx.tx,
    sql`
      select
        o.id, o.kind, o.happens_on, o.reason, o.state, o.step, o.problem, o.by_name, o.asked_at, o.finished_at, o.moved,
        o.ask, o.grid_ids,
        coalesce(
          (
            select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'parent', p.parent_id) order by p.code)
            from places.place p
            where p.id = any(o.grid_ids)
          ),
          '[]'
        ) as places
      from places.net_order o
      where o.county_code = ${ctx.caller.countyCode}
      order by o.asked_at desc
      limit 100
    `,
  )
  const tree = placeTree(ctx)
  const posts = postsWith(ctx.caller, 'net.edit')
  // A grid that ended is judged by what it lay in.
  const isMine = ({ id, parent }: OrderRow['places'][number]) =>
    posts.some((p) => tree.contains(p.placeId, tree.get(id) ? id : (parent ?? id)))
  return { orders: rows.filter((r) => r.places.some(isMine)).map(orderOf) }
}

function orderOf(r: OrderRow): NetOrder {
  const ask = NetAsk.parse(r.ask)
  return NetOrder.parse({
    id: r.id,
    kind: r.kind,
    on: r.happens_on,
    reason: r.reason,
    names: r.places.map((p) => p.name),
    state: r.state,
    step: r.state === 'running' ? r.step : null,
    problem: r.problem,
    byName: r.by_name,
    askedAt: r.asked_at.toISOString(),
    finishedAt: r.finished_at?.toISOString() ?? null,
    moved: z.array(NetFlow).parse(r.moved),
    places: [...r.places.map(({ id, name }) => ({ id, name })), ...openedBy(ask)],
  })
}

function openedBy(ask: NetAsk): { id: string; name: string }[] {
  if (ask.kind === 'split') return ask.parts.map(({ id, name }) => ({ id, name }))
  return ask.kind === 'merge' ? [ask.into] : []
}
