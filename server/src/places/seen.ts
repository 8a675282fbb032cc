/**
 * What of the net a change was reckoned with: the version of each place, and whose children were all of them. Between
 * reckoning and writing nothing is locked; when it is written, the net must be what it was.
 */
import type { Tx } from '../kernel/db/tx.ts'
import { refuse } from '../kernel/problems.ts'
import * as store from './store/places.ts'

export interface Seen {
  readonly versions: ReadonlyMap<string, number>
  readonly holders: ReadonlySet<string>
  readonly add: (rows: readonly { readonly id: string; readonly version: number }[]) => void
  /** Places all of whose children in force are among those seen. */
  readonly addHolders: (ids: readonly string[]) => void
}

export function createSeen(): Seen {
  const versions = new Map<string, number>()
  const holders = new Set<string>()
  return {
    versions,
    holders,
    add: (rows) => {
      for (const { id, version } of rows) versions.set(id, version)
    },
    addHolders: (ids) => {
      for (const id of ids) holders.add(id)
    },
  }
}

/**
 * Locks what is changed and what holds it, always in the order of ids.
 * @param changed places that are written, beside those seen as holders
 * @throws Refusal `place.stale` where anything that was reckoned with is another now
 */
export async function holdSame(tx: Tx, { versions, holders }: Seen, changed: readonly string[]): Promise<void> {
  await store.lockAll(tx, [...holders, ...changed])
  const now = await store.listVersions(tx, [...holders], [...versions.keys()])
  const isSame = now.length === versions.size && now.every((p) => versions.get(p.id) === p.version)
  if (!isSame) refuse('place.stale', 409)
}
