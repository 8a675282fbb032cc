/** Writes a whole table anew while the server runs: by its key, a page in one transaction. Safe to stop and to run again. */
import type { Transactions } from './pool.ts'
import { run, rowsOf, rowsWritten, sql, type RawBuilder } from './sql.ts'
import type { Reading, Tx } from './tx.ts'

/** Names written in the code, never made of input. */
export interface Rewritten {
  readonly table: string
  /** The columns of its primary key. */
  readonly keys: readonly string[]
  /** What of a row is read. */
  readonly columns: readonly string[]
}
type Line = Record<string, unknown>

const size = 1000

/** @param turn gives the columns to write, or nothing to leave a row as it is. @returns how many rows were written */
export async function rewriteRows(
  database: Transactions,
  what: Rewritten,
  turn: (row: Line) => Record<string, string | null> | undefined,
): Promise<number> {
  let after: readonly unknown[] | undefined
  let count = 0
  for (;;) {
    const page = await database.write(async (tx) => {
      const rows = await lockPage(tx, what, after)
      for (const row of rows) {
        const fresh = turn(row)
        if (fresh) count += await writeLine(tx, what, row, fresh)
      }
      return rows
    })
    const last = page.at(-1)
    if (!last || page.length < size) return count
    after = what.keys.map((k) => last[k])
  }
}

/** Counts the rows of a whole table that a judge picks, a page at a time. */
export async function countRows(reading: Reading, what: Rewritten, isPicked: (row: Line) => boolean): Promise<number> {
  let after: readonly unknown[] | undefined
  let count = 0
  for (;;) {
    const page = await rowsOf<Line>(reading, selectPage(what, after))
    count += page.filter(isPicked).length
    const last = page.at(-1)
    if (!last || page.length < size) return count
    after = what.keys.map((k) => last[k])
  }
}

function selectPage({ table, keys, columns }: Rewritten, after: readonly unknown[] | undefined): RawBuilder<Line> {
  const names = sql.join(keys.map((k) => sql.ref(k)))
  const beyond = after === undefined ? sql`` : sql`where (${names}) > (${sql.join(after)})`
  return sql<Line>`
    select ${sql.join([...keys, ...columns].map((c) => sql.ref(c)))}
    from ${sql.table(table)} ${beyond}
    order by ${names}
    limit ${size}
  `
}

const lockPage = (tx: Tx, what: Rewritten, after: readonly unknown[] | undefined): Promise<Line[]> =>
  rowsWritten<Line>(tx, sql<Line>`${selectPage(what, after)} for update`)

function writeLine(tx: Tx, { table, keys }: Rewritten, row: Line, fresh: Line): Promise<number> {
  const sets = Object.entries(fresh).map(([c, v]) => sql`${sql.ref(c)} = ${v}`)
  return run(
    tx,
    sql`
      update ${sql.table(table)}
      set ${sql.join(sets)}
      where (${sql.join(keys.map((k) => sql.ref(k)))}) = (${sql.join(keys.map((k) => row[k]))})
    `,
  )
}
