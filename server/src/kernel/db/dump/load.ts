/**
 * Puts the rows of a dump into a database that has the same tables and none of a county's. All in one transaction: what
 * triggers would do was done when the rows were written, and foreign keys are held against all rows at the end.
 */
import { join } from 'node:path'
import type pg from 'pg'
import { freshLife } from '../life.ts'
import type { Dumped, DumpedTable } from './dump.ts'
import { readLines } from './rows-file.ts'
import { inSession, inTransaction } from './session.ts'
import { listBindings, listIndexes, listTables } from './shape.ts'

/** @throws a sentence where the database holds something already, or has other tables */
export function loadDatabase(url: string, folder: string, dumped: Dumped): Promise<void> {
  return inSession(url, (client) =>
    inTransaction(client, 'begin', async () => {
      const here = (await listTables(client)).map((t) => t.name)
      const missing = dumped.tables.filter((t) => !here.includes(t.name))
      if (missing.length > 0) throw new Error(`tables that are not there: ${missing.map((t) => t.name).join(', ')}`)
      const bindings = await listBindings(client)
      for (const { table, name } of bindings) await client.query(`alter table ${table} drop constraint ${name}`)
      const indexes = await listIndexes(client)
      for (const { name } of indexes) await client.query(`drop index ${name}`)
      for (const name of here) await client.query(`alter table ${name} disable trigger user`)
      for (const name of here) await client.query(`delete from ${name}`)
      for (const table of dumped.tables) await loadTable(client, join(folder, table.file), table)
      for (const name of here) await client.query(`alter table ${name} enable trigger user`)
      for (const { text } of indexes) await client.query(text)
      for (const { table, name, text } of bindings)
        await client.query(`alter table ${table} add constraint ${name} ${text}`)
      for (const { name, last } of dumped.sequences) await client.query('select setval($1::regclass, $2)', [name, last])
      await freshLife(client)
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

async function loadTable(client: pg.Client, path: string, { name, columns }: DumpedTable): Promise<void> {
  const names = columns.map((c) => c.name).join(', ')
  const values = columns.map((c, i) => `(r ->> ${i})::${c.type}`).join(', ')
  const text = `insert into ${name} (${names}) overriding system value select ${values} from jsonb_array_elements($1::jsonb) as r`
  for await (const lines of readLines(path)) await client.query(text, [`[${lines.join(',')}]`])
}
