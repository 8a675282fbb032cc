/**
 * What code that touches the database is handed. All are opaque: nothing can be asked or written through one but by
 * the functions of sql.ts, which take a statement whose text the checker of statements reads. A handle of the pool,
 * which commits every statement for itself, passes for none, so nothing can write outside a transaction.
 */
import type { Selectable } from 'kysely'
import type { DB } from './tables.ts'

declare const reads: unique symbol
declare const writes: unique symbol
declare const inserts: unique symbol

/** A session that may be asked: of the read-only pool, or a transaction. */
export interface Reading {
  readonly [reads]: true
}

/** A transaction: what is written through it is committed together or not at all. Only `Database.write` makes one. */
export interface Tx extends Reading {
  readonly [writes]: true
}

/** The sessions of the group writer, whose one statement is its own transaction; nothing else runs on it. */
export interface Inserts {
  readonly [inserts]: true
}

/** A row of a table as a statement reads it: `Row<'events.event'>`; a part of it by `Pick`. */
export type Row<Table extends keyof DB> = Selectable<DB[Table]>
