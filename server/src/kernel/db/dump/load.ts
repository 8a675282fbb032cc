/**
 * Puts the rows of a dump into a database that has the same tables and none of a county's. All in one transaction: what
 * triggers would do was done when the rows were written, and foreign keys are held against all rows at the end. What a dump
 * says of itself is compared with the tables that are there, and is never a part of a statement.
 */
import { join } from 'node:path'
import type pg from 'pg'
import { freshLife } from '../life.ts'
import { fileOf, type Dumped, type DumpedTable } from './dump.ts'
import { Count, readLines, type Counted } from './rows-file.ts'
import { inSession, inTransaction } from './session.ts'
import { listBindings, listIndexes, listTables, type Column, type Sequence, type Table } from './shape.ts'

/**
 * @param last done when all rows are in and right, before they stand
 * @throws a sentence where it has other tables, or the rows are not those that were written
 */
export function loadDatabase(url: string, folder: string, dumped: Dumped, last: () => Promise<void>): Promise<void> {
  return inSession(url, (client) =>
    inTransaction(client, 'begin', async () => {
      const tables = await listTables(client)
      const here = tables.map((t) => t.name)
      const loads = dumped.tables.map((t) => matchTable(tables, t))
      const bindings = await listBindings(client)
      for (const { table, name } of bindings) await client.query(`alter table ${table} drop constraint ${name}`)
      const indexes = await listIndexes(client)
      for (const { name } of indexes) await client.query(`drop index ${name}`)
      for (const name of here) await client.query(`alter table ${name} disable trigger user`)
      for (const name of here) await client.query(`delete from ${name}`)
      for (const load of loads) await loadTable(client, folder, load)
      for (const name of here) await client.query(`alter table ${name} enable trigger user`)
      for (const { text } of indexes) await client.query(text)
      for (const { table, name, text } of bindings)
        await client.query(`alter table ${table} add constraint ${name} ${text}`)
      for (const sequence of dumped.sequences) await putSequence(client, sequence)
      await freshLife(client)
      await last()
    }),
  ).then(() => inSession(url, (client) => client.query('analyze').then(() => undefined)))
}

/** Whether a county lives in a database: every act leaves a row of the journal. */
export const isInhabited = (url: string): Promise<boolean> =>
  inSession(url, async (client) => {
    const { rows } = await client.query<{ known: boolean }>("select to_regclass('audit.journal') is not null as known")
    if (!rows[0]!.known) return false
    return (await client.query('select 1 from audit.journal limit 1')).rows.length > 0
  })

/** A table that is there, its columns in the order in which they lie in the dump, and what was written. */
interface Load {
  readonly name: string
  readonly columns: readonly Column[]
  readonly written: Counted
}

function matchTable(tables: readonly Table[], said: DumpedTable): Load {
  const table = tables.find((t) => t.name === said.name)
  if (!table) throw new Error(`tables that are not there: ${said.name}`)
  const columns = [...new Set(said.columns.map((c) => c.name))].flatMap(
    (name) => table.columns.find((c) => c.name === name) ?? [],
  )
  if (columns.length !== said.columns.length || columns.length !== table.columns.length)
    throw new Error(`${table.name}: other columns than the backup has`)
  return { name: table.name, columns, written: said }
}

async function loadTable(client: pg.Client, folder: string, { name, columns, written }: Load): Promise<void> {
  const names = columns.map((c) => c.name).join(', ')
  const values = columns.map((c, i) => `(r ->> ${i})::${c.type}`).join(', ')
  const text = `insert into ${name} (${names}) overriding system value select ${values} from jsonb_array_elements($1::jsonb) as r`
  const count = new Count()
  for await (const lines of readLines(join(folder, fileOf(name)))) {
    count.take(lines)
    await client.query(text, [`[${lines.join(',')}]`])
  }
  const found = count.result()
  if (found.rows !== written.rows || found.sha256 !== written.sha256)
    throw new Error(`${name}: 备份中的表已损坏或被改动 the backup holds other rows than were written`)
}

async function putSequence(client: pg.Client, { name, last }: Sequence): Promise<void> {
  const set = await client.query(
    "select setval(c.oid, $2::bigint) from pg_class c where c.relkind = 'S' and c.oid::regclass::text = $1",
    [name, last],
  )
  if (set.rowCount !== 1) throw new Error(`sequences that are not there: ${name}`)
}
