/** The tree of places that a server holds in memory, and how it follows the database. */
import type { Asking } from '../kernel/context.ts'
import type { Transactions } from '../kernel/db/pool.ts'
import { keptOnShelf, type HasShelf } from '../kernel/shelf.ts'
import { readStamp, listTreeRows } from './queries/tree.ts'
import { buildTree, type PlaceTree } from './tree.ts'

const held = keptOnShelf<{ tree?: PlaceTree }>(() => ({}))

/** The tree in memory. @throws before `refreshTree` ran once. */
export function placeTree(holder: HasShelf): PlaceTree {
  const { tree } = held(holder)
  if (!tree) throw new Error('the place tree is not loaded')
  return tree
}

/** Loads the tree when the database knows a newer one. */
export async function refreshTree(
  home: HasShelf & { readonly database: Pick<Transactions, 'read'> },
): Promise<PlaceTree> {
  const place = held(home)
  const { read } = home.database
  const stamp = await readStamp(read)
  if (place.tree?.stamp !== stamp) place.tree = buildTree(await listTreeRows(read), stamp)
  return place.tree
}

/** Has the tree in memory follow a change as soon as it is committed. */
export function reloadAfter(ctx: Asking, database: Pick<Transactions, 'read'>): void {
  ctx.afterCommit.push(async () => {
    await refreshTree({ shelf: ctx.shelf, database })
  })
}

/** A place with its village before it when it is a grid: 「示例社区第1网格」. */
export function fullName(holder: HasShelf, placeId: string): string {
  const tree = placeTree(holder)
  const node = tree.get(placeId)
  const isGrid = node?.tier === 'grid' || node?.tier === 'micro'
  return isGrid ? `${tree.ancestor(placeId, 'village')?.name ?? ''}${node.name}` : (node?.name ?? '')
}
