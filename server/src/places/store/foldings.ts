/** Departments' grids and what became of them, in the database. */
import type { FoldingHow } from '@fengge/domain/places/folding'
import type { Geometry } from '@fengge/domain/places/terms'
import { rowOf, rowsOf, rowWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

export type AreaRow = Pick<Row<'places.feature'>, 'id' | 'layer' | 'owner' | 'name'> & {
  readonly geometry: Geometry | { readonly type: 'Point'; readonly coordinates: readonly [number, number] }
  readonly folding_id: string | null
  readonly how: FoldingHow | null
  readonly grid_ids: readonly string[] | null
  readonly happens_on: string | null
  readonly basis: string | null
  readonly by_name: string | null
  /** Of the order that carries it out; null where none does. */
  readonly order_state: string | null
  readonly problem: string | null
}

/** The newest folding of an area that was not withdrawn says what it is. */
const areas = sql`
  select
    f.id, f.layer, f.owner, f.name, f.geometry, d.id as folding_id, d.how, d.grid_ids, d.happens_on, d.basis, d.by_name,
    o.state as order_state, o.problem
  from places.feature f
    left join lateral (
      select n.county_code, n.id, n.how, n.grid_ids, n.happens_on, n.basis, n.by_name, n.is_ordered
      from places.folding n
      where n.feature_id = f.id and n.withdrawn_at is null
      order by n.asked_at desc
      limit 1
    ) d on true
    left join places.net_order o on d.is_ordered and o.county_code = d.county_code
    and o.id = d.id
`

export function listAreaRows(reading: Reading, county: string): Promise<AreaRow[]> {
  return rowsOf<AreaRow>(
    reading,
    sql`${areas} where f.county_code = ${county} and f.layer in ('police-beat', 'department-grid') order by f.owner, f.name, f.id`,
  )
}
export function findAreaRow(reading: Reading, county: string, id: string): Promise<AreaRow | undefined> {
  return rowOf<AreaRow>(
    reading,
    sql`${areas} where f.county_code = ${county} and f.id = ${id} and f.layer in ('police-beat', 'department-grid')`,
  )
}

/** Whoever maps an area holds it: it becomes one thing. */
export async function lockArea(tx: Tx, id: string): Promise<void> {
  await run(tx, sql`select 1 from places.feature where id = ${id} for update`)
}

export interface NewFolding {
  readonly county: string
  readonly id: string
  readonly areaId: string
  readonly how: FoldingHow
  readonly gridIds: readonly string[]
  readonly on: string
  readonly basis: string
  readonly isOrdered: boolean
  readonly staff: readonly { readonly accountId: string; readonly roleCode: string }[]
  readonly accountId: string
  readonly byName: string
  readonly at: Date
}
export async function saveFolding(tx: Tx, f: NewFolding): Promise<void> {
  await run(
    tx,
    sql`
      insert into places.folding (
          county_code, id, feature_id, how, grid_ids, happens_on, basis, is_ordered, staff, account_id, by_name, asked_at
        )
      values
        (
          ${f.county}, ${f.id}, ${f.areaId}, ${f.how}, ${f.gridIds}::uuid[], ${f.on}, ${f.basis}, ${f.isOrdered},
          ${JSON.stringify(f.staff)}::jsonb, ${f.accountId}, ${f.byName}, ${f.at}
        )
    `,
  )
}

export type FoldingRow = Pick<
  Row<'places.folding'>,
  'id' | 'feature_id' | 'how' | 'grid_ids' | 'happens_on' | 'basis' | 'is_ordered' | 'staff' | 'account_id'
> & { readonly name: string }
export function lockFolding(tx: Tx, county: string, id: string): Promise<FoldingRow | undefined> {
  return rowWritten<FoldingRow>(
    tx,
    sql`
      select
        n.id, n.feature_id, n.how, n.grid_ids, n.happens_on, n.basis, n.is_ordered, n.staff, n.account_id, f.name
      from places.folding n join places.feature f on f.id = n.feature_id
      where n.county_code = ${county} and n.id = ${id} and n.withdrawn_at is null
      for update of n
    `,
  )
}
export async function saveWithdrawn(tx: Tx, county: string, id: string, at: Date): Promise<void> {
  await run(tx, sql`update places.folding set withdrawn_at = ${at} where county_code = ${county} and id = ${id}`)
}

/** What was folded into a grid that ends goes on in what follows it. */
export async function followFoldings(tx: Tx, ended: string, followers: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      update places.folding
      set
        grid_ids = coalesce(
          (
            select array_agg(distinct x)
            from unnest(array_remove(grid_ids, ${ended}::uuid) || ${followers}::uuid[]) x
          ),
          '{}'
        )
      where grid_ids @> array[${ended}::uuid] and withdrawn_at is null
    `,
  )
}
