/** Reads everything that a server leaves behind: each column of each table, a dump, files, packed parts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import pg from 'pg'

export interface Text {
  readonly place: string
  readonly text: string
}

interface Column {
  readonly table_schema: string
  readonly table_name: string
}

/** Bytes that a column holds stand in hex in what the database writes. */
const textOf = (cell: string) => (cell.startsWith('\\x') ? Buffer.from(cell.slice(2), 'hex').toString('utf8') : cell)

/** Every column of every table and view that is no part of PostgreSQL itself, from the catalogue; then a dump of each table. */
export async function readTables(url: string): Promise<Text[]> {
  const client = new pg.Client({ connectionString: url, types: { getTypeParser: () => (v: string) => v } as never })
  await client.connect()
  const { rows: tables } = await client.query<Column>(`
    select n.nspname as table_schema, c.relname as table_name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm', 'v', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  `)
  const texts: Text[] = []
  for (const { table_schema: schema, table_name: table } of tables) {
    const { rows } = await client.query<Record<string, string | null>>(`select * from "${schema}"."${table}"`)
    for (const row of rows)
      for (const [column, cell] of Object.entries(row))
        if (cell !== null) texts.push({ place: `table ${schema}.${table}.${column}`, text: textOf(cell) })
    texts.push({ place: `dump ${schema}.${table}`, text: await copyOf(client, `"${schema}"."${table}"`) })
  }
  await client.end()
  return texts
}

/** What `copy … to stdout` writes, as a dump does. */
function copyOf(client: pg.Client, table: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const nothing = () => undefined
    const copy = {
      submit: (connection: { query: (text: string) => void }) =>
        connection.query(`copy (select * from ${table}) to stdout`),
      handleCopyData: ({ chunk }: { chunk: Buffer }) => void chunks.push(Buffer.from(chunk)),
      handleError: reject,
      handleReadyForQuery: () => resolve(Buffer.concat(chunks).toString('utf8')),
      handleCommandComplete: nothing,
      handleRowDescription: nothing,
      handleDataRow: nothing,
      handlePortalSuspended: nothing,
      handleEmptyQuery: nothing,
      handleCopyInResponse: nothing,
    }
    client.query(copy as never)
  })
}

/** Every file below a folder, and what is packed in it. The database's own files, where they lie there, are its tables. */
export function readFolder(folder: string, name: string): Text[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .flatMap((e) => {
      const path = join(e.parentPath, e.name)
      const place = `${name} ${path.slice(folder.length + 1).replaceAll('\\', '/')}`
      return [{ place: `${name} names`, text: place }, ...unpack(place, readFileSync(path))]
    })
}

/** Every file of a folder of backups, and the rows of its tables as dumps. */
export function readBackup(top: string): Text[] {
  const files = readdirSync(top, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
  const rows = files
    .filter((e) => e.name.endsWith('.jsonl.zst'))
    .map((e) => ({
      place: `dump ${e.name.replace('.jsonl.zst', '')}`,
      text: zstdDecompressSync(readFileSync(join(e.parentPath, e.name))).toString('utf8'),
    }))
  return [...readFolder(top, 'backup'), ...rows]
}

/** A text as it is, and what a packed file holds: workbooks, archives. */
export function unpack(place: string, bytes: Buffer): Text[] {
  const whole = [
    { place, text: bytes.toString('utf8') },
    { place, text: bytes.toString('utf16le') },
  ]
  if (bytes.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) return [...whole, ...unpack(place, gunzipSync(bytes))]
  if (bytes.subarray(0, 4).toString('latin1') !== 'PK\u0003\u0004') return whole
  return [...whole, ...partsOf(bytes).map((text) => ({ place, text }))]
}

/** The parts of a zip, by its directory at the end. */
function partsOf(bytes: Buffer): string[] {
  const texts: string[] = []
  for (
    let at = bytes.indexOf('PK\u0001\u0002', 0, 'latin1');
    at >= 0;
    at = bytes.indexOf('PK\u0001\u0002', at + 4, 'latin1')
  ) {
    const [method, size, local] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    ]
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const part = bytes.subarray(start, start + size)
    texts.push((method === 8 ? inflateRawSync(part) : part).toString('utf8'))
  }
  return texts
}
