/** Ordered changes of the net in the database. */
import type { NetAsk } from '@fengge/domain/places/net-contract'
import type { NetFlow, NetStep } from '@fengge/domain/places/terms'
import { rowOf, rowWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

export type OrderRow = Pick<Row<'places.net_order'>, 'county_code' | 'id' | 'state' | 'grid_ids' | 'ask' | 'account_id'>
type Handle = Pick<OrderRow, 'county_code' | 'id'>

export async function saveOrder(
  tx: Tx,
  order: {
    readonly id: string
    readonly county: string
    readonly change: NetAsk
    readonly gridIds: readonly string[]
    readonly accountId: string | null
    readonly byName: string
    readonly at: Date
  },
): Promise<void> {
  const { kind, on, reason } = order.change
  await run(
    tx,
    sql`
      insert into places.net_order (
          county_code, id, kind, happens_on, reason, ask, grid_ids, account_id, by_name, asked_at
        )
      values
        (
          ${order.county}, ${order.id}, ${kind}, ${on}, ${reason}, ${JSON.stringify(order.change)}::jsonb,
          ${order.gridIds}::uuid[], ${order.accountId}, ${order.byName}, ${order.at}
        )
    `,
  )
}

export function lockOrder(tx: Tx, county: string, id: string): Promise<OrderRow | undefined> {
  return rowWritten<OrderRow>(
    tx,
    sql`
      select county_code, id, state, grid_ids, ask, account_id
      from places.net_order
      where county_code = ${county} and id = ${id}
      for update
    `,
  )
}

/** The first order that waits to change one of some grids; whoever orders in a county waits here for who does just now. */
export async function findWaitingOn(
  tx: Tx,
  county: string,
  gridIds: readonly string[],
): Promise<Pick<Row<'places.net_order'>, 'id' | 'kind' | 'happens_on' | 'by_name'> | undefined> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${county}, 20261127))`)
  return rowOf(
    tx,
    sql<Pick<Row<'places.net_order'>, 'id' | 'kind' | 'happens_on' | 'by_name'>>`
      select id, kind, happens_on, by_name
      from places.net_order
      where county_code = ${county} and state in ('waiting', 'running') and grid_ids && ${gridIds}::uuid[]
      order by happens_on, asked_at
      limit 1
    `,
  )
}

/** The oldest that is due; one that was broken off by a stop is due again, for it left nothing behind. */
export function findDueOrder(reading: Reading, today: string): Promise<OrderRow | undefined> {
  return rowOf<OrderRow>(
    reading,
    sql`
      select county_code, id, state, grid_ids, ask, account_id
      from places.net_order
      where state in ('waiting', 'running') and happens_on <= ${today}
      order by happens_on, asked_at
      limit 1
    `,
  )
}

/** Says what became of an order that was neither done nor withdrawn. @returns whether it still was open */
export async function saveState(
  tx: Tx,
  { county_code: county, id }: Handle,
  became: {
    readonly state: 'running' | 'done' | 'refused' | 'withdrawn'
    readonly at?: Date
    readonly problem?: string
    readonly moved?: readonly NetFlow[]
  },
): Promise<boolean> {
  const { state, at = null, problem = null, moved = [] } = became
  const changed = await run(
    tx,
    sql`
      update places.net_order
      set state = ${state}, finished_at = ${at}, problem = ${problem}, moved = ${JSON.stringify(moved)}::jsonb
      where county_code = ${county} and id = ${id} and state in ('waiting', 'running')
    `,
  )
  return changed === 1
}

export async function saveStep(tx: Tx, { county_code: county, id }: Handle, step: NetStep): Promise<void> {
  await run(tx, sql`update places.net_order set step = ${step} where county_code = ${county} and id = ${id}`)
}
