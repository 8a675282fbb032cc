/** Statements: how they are written (`sql`, from Kysely) and how they run. Only stores and queries import this. */
import { createHash } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import type pg from 'pg'
import type { Reading, Tx } from './tx.ts'

const pools = new WeakMap<object, pg.Pool>()

/** The pool behind a handle that is no transaction. Called by pool.ts when it opens one. */
export function knowPool(handle: object, pool: pg.Pool): void {
  pools.set(handle, pool)
}

/** Runs a statement under a name, so that each connection parses and plans it once; the text belongs to the name for good. */
export async function runNamed(tx: Reading, name: string, text: string, values: readonly unknown[]): Promise<void> {
  const pool = pools.get(tx)
  if (!pool) throw new Error('a named statement is its own transaction')
  await pool.query({ name, text, values: [...values] })
}

/** Rows of a statement that is prepared once on each connection; its name follows from its text. */
export async function rowsPrepared<T>(tx: Reading, query: RawBuilder<T>): Promise<T[]> {
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

/** Rows of a statement. */
export async function rowsOf<T>(reading: Reading, query: RawBuilder<T>): Promise<T[]> {
  return (await query.execute(reading)).rows
}

/** The first row or undefined. */
export async function rowOf<T>(reading: Reading, query: RawBuilder<T>): Promise<T | undefined> {
  return (await query.execute(reading)).rows[0]
}

/** Runs a statement that writes. @returns the number of rows it changed */
export async function run(tx: Tx, statement: RawBuilder<unknown>): Promise<number> {
  return Number((await statement.execute(tx)).numAffectedRows ?? 0)
}

/** Rows that a writing statement gives back, or that it locks. */
export async function rowsWritten<T>(tx: Tx, statement: RawBuilder<T>): Promise<T[]> {
  return (await statement.execute(tx)).rows
}

/** The first of them or undefined. */
export async function rowWritten<T>(tx: Tx, statement: RawBuilder<T>): Promise<T | undefined> {
  return (await statement.execute(tx)).rows[0]
}

export { sql }
export type { RawBuilder }
