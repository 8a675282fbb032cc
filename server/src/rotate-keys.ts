/**
 * Seals everything anew under the data key in force and binds it to its place, while the server runs: values under the
 * former key are opened and found all the time. A page of rows is a transaction, so it may be stopped and run again.
 * Afterwards it looks through everything once more: only when nothing is left may the former secret be thrown away.
 */
import { countRows, rewriteRows } from './kernel/db/rewrite.ts'
import type { Ground } from './kernel/ground.ts'
import type { SealedAt, Sealer } from './kernel/seal.ts'
import type { SealedTable, Turning } from './kernel/sealed-table.ts'
import { countFormerImports } from './registry/door.ts'
import { sealedTables } from './sealed-tables.ts'

export interface Rotated {
  /** Rows that were written anew, by table. */
  readonly written: Record<string, number>
  /** Rows that still need the former secret or stand unbound, by table, and files of imports that wait; empty when all is done. */
  readonly left: Record<string, number>
  /** Values that neither secret opens, by table. */
  readonly unreadable: Record<string, number>
}

/** Whether the former secret can be thrown away. */
export const isDone = ({ left, unreadable }: Rotated): boolean =>
  Object.keys(left).length === 0 && Object.keys(unreadable).length === 0

export async function rotateKeys(
  { database, sealer, settings }: Pick<Ground, 'database' | 'sealer' | 'settings'>,
  tables: readonly SealedTable[] = sealedTables,
): Promise<Rotated> {
  const rotated: Rotated = { written: {}, left: {}, unreadable: {} }
  for (const table of tables) {
    const { keys } = turningOf(sealer)
    rotated.written[table.table] = await rewriteRows(database, table, (row) => table.turn(row, keys))
  }
  for (const table of tables) {
    const { keys, lost } = turningOf(sealer)
    const left = await countRows(database.read, table, (row) => table.turn(row, keys) !== undefined)
    if (left > 0) rotated.left[table.table] = left
    if (lost.size > 0) rotated.unreadable[table.table] = lost.size
  }
  // They are not written anew: each is taken and gone within hours, and opens under the former secret until then.
  const waiting = await countFormerImports({ sealer, settings })
  if (waiting > 0) rotated.left['imports'] = waiting
  return rotated
}

/** The keys as they turn, and the values that none of them opened. */
function turningOf(sealer: Sealer): { readonly keys: Turning; readonly lost: ReadonlySet<string> } {
  const lost = new Set<string>()
  const read = (sealed: string, at: SealedAt): string | undefined => {
    try {
      return sealer.open(sealed, at)
    } catch {
      lost.add(sealed)
      return undefined
    }
  }
  const again = (sealed: string, at: SealedAt): string => {
    if (sealer.isCurrent(sealed, at)) return sealed
    const text = read(sealed, at)
    return text === undefined ? sealed : sealer.seal(text, at)
  }
  return { keys: { read, again, index: sealer.index, seal: sealer.seal }, lost }
}
