/**
 * Statements: how they are written (`sql`, from Kysely) and how they run. Only stores and queries import this. What
 * stands behind a handle is known here alone.
 */
import { createHash } from 'node:crypto'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type pg from 'pg'
import type { DB } from './tables.ts'
import type { Inserts, Reading, Tx } from './tx.ts'

const pools = new WeakMap<object, pg.Pool>()

/** Handles, made by pool.ts when it opens the database or begins a transaction. */
export const handles = {
  /** Of a pool whose sessions are read-only. */
  reading: (session: Kysely<DB>, pool: pg.Pool): Reading => {
    const handle = session as unknown as Reading
    pools.set(handle, pool)
    return handle
  },
  /** Of sessions that are read-only and taken in turn: no statement is prepared on them. */
  ofTurns: (session: Kysely<DB>): Reading => session as unknown as Reading,
  tx: (transaction: Kysely<DB>): Tx => transaction as unknown as Tx,
  inserts: (session: Kysely<DB>, pool: pg.Pool): Inserts => {
    const handle = session as unknown as Inserts
    pools.set(handle, pool)
    return handle
  },
}
const sessionOf = (handle: Reading) => handle as unknown as Kysely<DB>

/** Runs a statement under a name, so that each connection parses and plans it once; the text belongs to the name for good. */
export async function runNamed(on: Inserts, name: string, text: string, values: readonly unknown[]): Promise<void> {
  const pool = pools.get(on)
  if (!pool) throw new Error('a named statement is its own transaction')
  await pool.query({ name, text, values: [...values] })
}

/** Rows of a statement that is prepared once on each connection; its name follows from its text. */
export async function rowsPrepared<T>(tx: Reading, query: RawBuilder<T>): Promise<T[]> {
  const pool = pools.get(tx)
  if (!pool) return rowsOf(tx, query)
  const { sql: text, parameters } = query.compile(sessionOf(tx))
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

/** Work that is undone when it fails, and the transaction goes on. */
export async function attempt<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await run(tx, sql`savepoint attempt`)
  try {
    const done = await work()
    await run(tx, sql`release savepoint attempt`)
    return done
  } catch (error) {
    await run(tx, sql`rollback to savepoint attempt`)
    throw error
  }
}

/** Rows of a statement. */
export async function rowsOf<T>(reading: Reading, query: RawBuilder<T>): Promise<T[]> {
  return (await query.execute(sessionOf(reading))).rows
}

/** The first row or undefined. */
export async function rowOf<T>(reading: Reading, query: RawBuilder<T>): Promise<T | undefined> {
  return (await query.execute(sessionOf(reading))).rows[0]
}

/** Runs a statement that writes. @returns the number of rows it changed */
export async function run(tx: Tx, statement: RawBuilder<unknown>): Promise<number> {
  return Number((await statement.execute(sessionOf(tx))).numAffectedRows ?? 0)
}

/** Rows that a writing statement gives back, or that it locks. */
export async function rowsWritten<T>(tx: Tx, statement: RawBuilder<T>): Promise<T[]> {
  return (await statement.execute(sessionOf(tx))).rows
}

/** The first of them or undefined. */
export async function rowWritten<T>(tx: Tx, statement: RawBuilder<T>): Promise<T | undefined> {
  return (await statement.execute(sessionOf(tx))).rows[0]
}

export { sql }
export type { RawBuilder }
