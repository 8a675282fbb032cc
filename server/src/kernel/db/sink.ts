/**
 * Inserts of any number of rows by one statement whose text never varies: each column travels as one array
 * and `unnest` makes rows of them. Several times cheaper for the server than JSON or a list of values.
 */
import { sql, type RawBuilder } from './sql.ts'
import type { DB } from './tables.ts'
import type { Row } from './tx.ts'

/** `text[]` and `uuid[]` columns travel joined, since unnest would flatten them; jsonb travels as its text. */
export type ColumnType =
  | 'text'
  | 'uuid'
  | 'timestamptz'
  | 'date'
  | 'int'
  | 'bigint'
  | 'smallint'
  | 'boolean'
  | 'double precision'
  | 'jsonb'
  | 'text[]'
  | 'uuid[]'
  | 'int[]'
  | 'tsvector'

export interface Sink<Row = object> {
  /** The rows as a statement, or as a part of one. */
  readonly into: (rows: readonly Row[]) => RawBuilder<unknown>
  /** The same as text with parameters from `$first` on, `width` of them, whose values are `values(rows)`. */
  readonly text: (first: number) => string
  readonly width: number
  readonly values: (rows: readonly Row[]) => string[]
}

/** Sinks that are written together, by what their rows are called. */
export type Sinks = Readonly<Record<string, Sink<never>>>
/** Rows for each of them, each of the columns of its own table. */
export type RowsFor<S extends Sinks> = { readonly [K in keyof S]: readonly (RowOf<S[K]> & object)[] }
type RowOf<S> = S extends Sink<infer R> ? R : never

/** The rows of one of several sinks: the type of `RowsFor` ties them to it. */
export const rowsNamed = (rows: Readonly<Record<string, readonly object[]>>, name: string): readonly never[] =>
  (rows[name] ?? []) as readonly never[]

/** A sink from a text whose marks `$$1`, `$$2` … stand for its columns. */
export function makeSink<R extends object>(marked: string, names: readonly (keyof R & string)[]): Sink<R> {
  return sinkOf(marked, names)
}

function sinkOf<R extends object>(marked: string, names: readonly string[]): Sink<R> {
  const parts = marked.split(/\$\$\d+/)
  const values = (rows: readonly R[]) => names.map((n) => columnOf(rows, n))
  return {
    width: names.length,
    values,
    text: (first) => parts.map((part, i) => (i === 0 ? part : `$${first + i - 1}${part}`)).join(''),
    into: (rows) => {
      const all = values(rows)
      return sql.join(
        parts.map((part, i) => (i === 0 ? sql.raw(part) : sql`${all[i - 1]}${sql.raw(part)}`)),
        sql``,
      )
    },
  }
}

/** What a row may hold for a column; JSON comes as a value or as its text. */
interface Given {
  readonly text: string
  readonly uuid: string
  readonly timestamptz: Date | string
  readonly date: string
  readonly int: number
  readonly bigint: number
  readonly smallint: number
  readonly boolean: boolean
  readonly 'double precision': number
  readonly jsonb: object | string
  readonly 'text[]': readonly string[]
  readonly 'uuid[]': readonly string[]
  readonly 'int[]': readonly number[]
  readonly tsvector: readonly string[]
}
type Table = keyof DB
/** The types of some columns of a table. */
type Columns<T extends Table> = { readonly [K in keyof DB[T]]?: ColumnType }
type Strange<T extends Table, C> = { readonly [K in Exclude<keyof C, keyof DB[T]>]: never }
/** A row with a value for each column, null only where the table lets it be. */
type RowIn<T extends Table, C> = {
  readonly [K in keyof C & keyof DB[T]]:
    | Given[C[K] & ColumnType]
    | (null extends Row<T>[K & keyof Row<T>] ? null : never)
}
const separator = '\u001f'

/**
 * @param table schema and table, written in the code and never made of input
 * @param columns column names in the order of writing, each with its type; a row has a value for each
 * @param more further columns, each computed from the row `r` by an expression
 */
export function insertInto<T extends Table, const C extends Columns<T>>(
  table: T,
  columns: C & Strange<T, C>,
  more: Record<string, string> = {},
  ending = '',
): Sink<RowIn<T, C>> {
  const all: Readonly<Record<string, ColumnType>> = columns
  const names = Object.keys(all)
  const picked = names.map((n) => pick(n, all[n]!))
  const columnsText = names.map((n, i) => `$$${i + 1}::${carrier(all[n]!)}[]`).join(', ')
  return sinkOf(
    `insert into ${table} (${[...names, ...Object.keys(more)].join(', ')}) select ${[...picked, ...Object.values(more)].join(', ')} from unnest(${columnsText}) as r(${names.join(', ')}) ${ending}`,
    names,
  )
}

/**
 * A statement that gives rows found by county and id their columns anew.
 * @param columns as in `insertInto`; `county_code` and `id` are added
 * @param more further assignments, each an expression
 */
export function updateIn<T extends Table, const C extends Columns<T>>(
  table: T,
  columns: C & Strange<T, C>,
  more: Record<string, string> = {},
): Sink<RowIn<T, C & { county_code: 'text'; id: 'uuid' }>> {
  const all: Record<string, ColumnType> = { county_code: 'text', id: 'uuid', ...columns }
  const names = Object.keys(all)
  const given = names.map((n, i) => `$$${i + 1}::${carrier(all[n]!)}[]`).join(', ')
  const sets = [
    ...Object.keys(columns).map((n) => `${n} = ${pick(n, all[n]!)}`),
    ...Object.entries(more).map(([n, to]) => `${n} = ${to}`),
  ]
  return sinkOf(
    `update ${table} t set ${sets.join(', ')} from unnest(${given}) as r(${names.join(', ')}) where t.county_code = r.county_code::char(6) and t.id = r.id`,
    names,
  )
}

const carrier = (type: ColumnType) =>
  type === 'jsonb' || type === 'text[]' || type === 'uuid[]' || type === 'int[]' || type === 'tsvector' ? 'text' : type

function pick(name: string, type: ColumnType): string {
  switch (type) {
    case 'jsonb':
      return `r.${name}::jsonb`
    case 'text[]':
      return `string_to_array(r.${name}, chr(31))`
    case 'uuid[]':
      return `string_to_array(r.${name}, chr(31))::uuid[]`
    case 'int[]':
      return `string_to_array(r.${name}, chr(31))::int[]`
    case 'tsvector':
      return `array_to_tsvector(string_to_array(r.${name}, chr(31)))`
    default:
      return `r.${name}`
  }
}

/** A column as the text of an array. */
function columnOf(rows: readonly object[], name: string): string {
  let text = ''
  for (const row of rows) text += `${text === '' ? '{' : ','}${encode((row as Record<string, unknown>)[name], name)}`
  return text === '' ? '{}' : `${text}}`
}

function encode(value: unknown, name: string): string {
  if (value === null) return 'NULL'
  // What is not known is said to be null; a column that is not there at all was forgotten.
  if (value === undefined) throw new Error(`a row without its ${name}`)
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`
  const text = plainText(value)
  return /["\\]/.test(text) ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : `"${text}"`
}

function plainText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  return Array.isArray(value) ? value.join(separator) : JSON.stringify(value)
}
