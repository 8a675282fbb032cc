/**
 * What a slice says of its tables that hold sealed values or keyed digests, so that keys can be changed: which columns
 * they are, and how a row is written anew. `server/src/sealed-tables.ts` gathers them; a test walks the catalogue of
 * the database and everything in it and fails on a column that nobody named.
 */
import type { Rewritten } from './db/rewrite.ts'
import type { SealedAt } from './seal.ts'

export type Line = Readonly<Record<string, unknown>>

/** The keys as they are turned. */
export interface Turning {
  /** The value under the keys in force and bound to its place; itself, when it is so already or can be opened by nobody. */
  readonly again: (sealed: string, at: SealedAt) => string
  /** A value in the clear, or nothing where it can be opened by nobody. */
  readonly read: (sealed: string, at: SealedAt) => string | undefined
  readonly index: (text: string) => string
  /** Of a value that stood in clear before. */
  readonly seal: (text: string, at: SealedAt) => string
}

export interface SealedTable extends Rewritten {
  /** Columns that hold sealed values, by themselves or within JSON, and keyed digests made of them. */
  readonly covers: readonly string[]
  /** What of a row is to be written anew; nothing, when all of it is under the keys in force. */
  readonly turn: (row: Line, keys: Turning) => Record<string, string | null> | undefined
}

/** The columns of a row that changed. */
export function changed(row: Line, fresh: Record<string, string | null>): Record<string, string | null> | undefined {
  const entries = Object.entries(fresh).filter(([column, value]) => row[column] !== value)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

export const textOf = (row: Line, column: string): string => row[column] as string

/** A table whose sealed columns are texts, each with the place it stands at. */
export function sealedTexts(
  table: string,
  keys: readonly string[],
  places: Readonly<Record<string, (row: Line) => SealedAt>>,
): SealedTable {
  const covers = Object.keys(places)
  return {
    table,
    keys,
    columns: covers,
    covers,
    turn: (row, { again }) =>
      changed(
        row,
        Object.fromEntries(
          Object.entries(places).map(([column, at]) => [
            column,
            row[column] === null ? null : again(textOf(row, column), at(row)),
          ]),
        ),
      ),
  }
}
