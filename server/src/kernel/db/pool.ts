/**
 * Opens the database and gives out transactions; nobody else holds a connection. Writes run in a
 * transaction, reads on a pool whose sessions are read-only.
 */
import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect, sql, type RawBuilder, type Transaction } from 'kysely'
import pg from 'pg'

// Counts and sums come as numbers, days as text: a day is no instant.
pg.types.setTypeParser(20, Number)
pg.types.setTypeParser(1082, (text) => text)

/** What code that touches SQL is handed: a transaction, or a read-only session. */
export type Tx = Kysely<unknown> | Transaction<unknown>

export interface Database {
  /** Runs work in one transaction, again when two collide, at most five times. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** One statement that is its own transaction. */
  readonly once: Tx
  readonly read: Tx
  readonly writePool: pg.Pool
  readonly url: string
  close(): Promise<void>
}

/** @param flags server settings of the writing sessions, for example `-c synchronous_commit=off` for a load that can be made again */
export function openDatabase(url: string, size = 10, flags = ''): Database {
  const writePool = new pg.Pool({ connectionString: url, max: size, application_name: 'fengge', options: flags })
  const readPool = new pg.Pool({
    connectionString: url,
    max: size,
    application_name: 'fengge-read',
    options: '-c default_transaction_read_only=on -c statement_timeout=30000',
  })
  for (const pool of [writePool, readPool]) {
    pool.on('error', () => undefined)
    // A connection that breaks under a statement fails the statement; without a listener it would fail the process.
    pool.on('connect', (client) => {
      client.on('error', () => undefined)
    })
  }
  const once = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: writePool }) })
  const read = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: readPool }) })
  pools.set(once, writePool)
  pools.set(read, readPool)
  return {
    once,
    read,
    writePool,
    url,
    write: (work) => retry(() => once.transaction().execute(work)),
    close: async () => {
      await once.destroy()
      await read.destroy()
    },
  }
}

const pools = new WeakMap<object, pg.Pool>()

/** Runs a statement under a name, so that each connection parses and plans it once; the text belongs to the name for good. */
export async function runNamed(tx: Tx, name: string, text: string, values: readonly unknown[]): Promise<void> {
  const pool = pools.get(tx)
  if (!pool) throw new Error('a named statement is its own transaction')
  await pool.query({ name, text, values: [...values] })
}

/** Rows of a statement that is prepared once on each connection; its name follows from its text. */
export async function rowsPrepared<T>(tx: Tx, query: RawBuilder<T>): Promise<T[]> {
  const pool = pools.get(tx)
  if (!pool) return rowsOf(tx, query)
  const { sql: text, parameters } = query.compile(tx)
  return (await pool.query({ name: nameFor(text), text, values: [...parameters] })).rows as T[]
}

const names = new Map<string, string>()
function nameFor(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = `q${createHash('sha1').update(text).digest('hex').slice(0, 24)}`
  // Texts come from a handful of shapes; a stray variety of them must not fill the memory.
  if (names.size > 500) names.clear()
  names.set(text, name)
  return name
}

const collisions = new Set(['40001', '40P01'])

async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= 5 || !collisions.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}

/** Rows of a statement. */
export async function rowsOf<T>(tx: Tx, query: RawBuilder<T>): Promise<T[]> {
  return (await query.execute(tx)).rows
}

/** The first row or undefined. */
export async function rowOf<T>(tx: Tx, query: RawBuilder<T>): Promise<T | undefined> {
  return (await query.execute(tx)).rows[0]
}

export { sql }
export type { RawBuilder }
