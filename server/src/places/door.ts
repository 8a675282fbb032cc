/** What higher floors may ask of places. */
import type { Asking } from '../kernel/context.ts'
import { rowsOf, sql } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'
import type { Database } from '../kernel/db/pool.ts'
import { loadTree, readStamp, type PlaceTree } from './tree.ts'

let current: PlaceTree | undefined

/** The tree in memory. @throws before `refreshTree` ran once. */
export function placeTree(): PlaceTree {
  if (!current) throw new Error('the place tree is not loaded')
  return current
}

/** Loads the tree when the database knows a newer one. */
export async function refreshTree(database: Pick<Database, 'read'>): Promise<PlaceTree> {
  if (!current || current.stamp !== (await readStamp(database.read))) current = await loadTree(database.read)
  return current
}

/** Has the tree in memory follow a change as soon as it is committed. */
export function reloadAfter(ctx: Asking, database: Pick<Database, 'read'>): void {
  ctx.afterCommit.push(async () => {
    await refreshTree(database)
  })
}

export type { Node, PlaceTree } from './tree.ts'
export { reachOf, type Reach } from './reach.ts'

/** Borders in force of some places, coordinates rounded to a metre, for a map without signal. */
export function bordersOf(
  tx: Reading,
  ids: readonly string[],
): Promise<{ id: string; name: string; geometry: unknown }[]> {
  return rowsOf(
    tx,
    sql<{
      id: string
      name: string
      geometry: unknown
    }>`
      select p.id, p.name, b.geometry
      from places.place p join places.boundary b on b.place_id = p.id and b.valid_to is null
      where p.id = any(${ids}::uuid[])
    `,
  )
}
