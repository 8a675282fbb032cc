/** Reads a whole database in one snapshot, table by table, while others work on it. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { inSession, inTransaction } from './session.ts'
import { countLines, readLines, writeLines, type Counted } from './rows-file.ts'
import { listSequences, listTables, type Sequence, type Table } from './shape.ts'

export interface DumpedTable extends Counted {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** Name of its file in the folder of the dump. */
  readonly file: string
}
export interface Migration {
  readonly name: string
  readonly digest: string
}
export interface Dumped {
  /** When the snapshot was taken, in milliseconds. */
  readonly at: number
  readonly server: string
  readonly migrations: readonly Migration[]
  readonly tables: readonly DumpedTable[]
  readonly sequences: readonly Sequence[]
}

/** In which file of a dump the rows of a table are. */
export const fileOf = (table: string): string => `${table.replaceAll('"', '')}.jsonl.zst`

const snapshot = 'begin transaction isolation level repeatable read read only'
const fetched = 1000

/**
 * @param folder is made; holds a file for each table
 * @throws where the database is none of ours
 */
export function dumpDatabase(url: string, folder: string): Promise<Dumped> {
  return inSession(url, (client) =>
    inTransaction(client, snapshot, async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const migrations = await listMigrated(client)
      if (migrations.length === 0)
        throw new Error('the database holds no tables of Fengge: there is nothing to back up')
      const { rows } = await client.query<{ at: number; server: string }>(
        "select extract(epoch from clock_timestamp())::float8 * 1000 as at, current_setting('server_version') as server",
      )
      const tables: DumpedTable[] = []
      for (const table of await listTables(client)) {
        const file = fileOf(table.name)
        const counted = await writeLines(join(folder, file), linesOf(client, table))
        tables.push({ name: table.name, columns: table.columns, file, ...counted })
      }
      return { ...rows[0]!, at: Math.round(rows[0]!.at), migrations, tables, sequences: await listSequences(client) }
    }),
  )
}

/** What the tables of a database hold now, to be compared with a dump of it. */
export function countDatabase(url: string): Promise<ReadonlyMap<string, Counted>> {
  return inSession(url, (client) =>
    inTransaction(client, snapshot, async () => {
      const counts = new Map<string, Counted>()
      for (const table of await listTables(client)) counts.set(table.name, await countLines(linesOf(client, table)))
      return counts
    }),
  )
}

/** Reads what was written. @returns the names of tables whose file is not what it is said to be */
export async function findBroken(folder: string, tables: readonly DumpedTable[]): Promise<string[]> {
  const broken: string[] = []
  for (const { name, file, rows, sha256 } of tables) {
    const found = await countLines(readLines(join(folder, file))).catch(() => undefined)
    if (found?.rows !== rows || found.sha256 !== sha256) broken.push(name)
  }
  return broken
}

/** Nothing where the database is empty. */
export async function listMigrated(client: pg.Client): Promise<Migration[]> {
  const { rows } = await client.query<{ known: boolean }>("select to_regclass('public.migration') is not null as known")
  if (!rows[0]!.known) return []
  return (await client.query<Migration>('select name, digest from public.migration order by name')).rows
}

async function* linesOf(client: pg.Client, { name, columns, key }: Table): AsyncGenerator<string[]> {
  const texts = columns.map((c) => `${c.name}::text`)
  const order = key.length > 0 ? key : texts
  await client.query(
    `declare lines no scroll cursor for select array_to_json(array[${texts.join(', ')}])::text as line from ${name} order by ${order.join(', ')}`,
  )
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${fetched} from lines`)
    if (rows.length === 0) break
    yield rows.map((r) => r.line)
  }
  await client.query('close lines')
}
