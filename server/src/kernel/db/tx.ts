/**
 * What code that touches the database is handed. Both are branded: a handle of the pool, which commits every
 * statement for itself, passes for neither, so nothing can write outside a transaction.
 */
import type { Kysely, Selectable } from 'kysely'
import type { DB } from './tables.ts'

declare const reads: unique symbol
declare const writes: unique symbol

/** A session that may be asked: of the read-only pool, or a transaction. */
export type Reading = Kysely<DB> & { readonly [reads]: true }

/** A transaction: what is written through it is committed together or not at all. Only `Database.write` makes one. */
export type Tx = Reading & { readonly [writes]: true }

/** A row of a table as a statement reads it: `Row<'events.event'>`; a part of it by `Pick`. */
export type Row<Table extends keyof DB> = Selectable<DB[Table]>
