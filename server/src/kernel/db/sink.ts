/**
 * Inserts of any number of rows by one statement whose text never varies: each column travels as one array
 * and `unnest` makes rows of them. Several times cheaper for the server than JSON or a list of values.
 */
import { sql, type RawBuilder } from './pool.ts'

/** `text[]` and `uuid[]` columns travel joined, since unnest would flatten them; jsonb travels as its text. */
export type ColumnType = 'text' | 'uuid' | 'timestamptz' | 'date' | 'int' | 'bigint' | 'smallint' | 'boolean' | 'double precision' | 'jsonb' | 'text[]' | 'uuid[]' | 'int[]' | 'tsvector'

export interface Sink<Row = object> {
  into(rows: readonly Row[]): RawBuilder<unknown>
}

type Row<C> = { readonly [K in keyof C]: unknown }
const separator = '\u001f'

/**
 * @param table schema and table, written in the code and never made of input
 * @param columns column names in the order of writing, each with its type; a row has a value for each
 * @param more further columns, each computed from the row `r` by an expression
 */
export function insertInto<const C extends Record<string, ColumnType>>(table: string, columns: C, more: Record<string, string> = {}, ending = ''): Sink<Row<C>> {
  const names = Object.keys(columns)
  const picked = names.map((n) => pick(n, columns[n]!))
  const head = sql.raw(`insert into ${table} (${[...names, ...Object.keys(more)].join(', ')}) select ${[...picked, ...Object.values(more)].join(', ')} from unnest(`)
  const tail = sql.raw(`) as r(${names.join(', ')}) ${ending}`)
  const casts = names.map((n) => sql.raw(`::${carrier(columns[n]!)}[]`))
  return { into: (rows) => sql`${head}${sql.join(names.map((n, i) => sql`${columnOf(rows, n)}${casts[i]!}`))}${tail}` }
}

const carrier = (type: ColumnType) => (type === 'jsonb' || type === 'text[]' || type === 'uuid[]' || type === 'int[]' || type === 'tsvector' ? 'text' : type)

function pick(name: string, type: ColumnType): string {
  switch (type) {
    case 'jsonb': return `r.${name}::jsonb`
    case 'text[]': return `string_to_array(r.${name}, chr(31))`
    case 'uuid[]': return `string_to_array(r.${name}, chr(31))::uuid[]`
    case 'int[]': return `string_to_array(r.${name}, chr(31))::int[]`
    case 'tsvector': return `array_to_tsvector(string_to_array(r.${name}, chr(31)))`
    default: return `r.${name}`
  }
}

/** A column as the text of an array. */
function columnOf(rows: readonly object[], name: string): string {
  let text = ''
  for (const row of rows) text += `${text === '' ? '{' : ','}${encode((row as Record<string, unknown>)[name])}`
  return text === '' ? '{}' : `${text}}`
}

function encode(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`
  const text = typeof value === 'string' ? value : value instanceof Date ? value.toISOString() : Array.isArray(value) ? value.join(separator) : JSON.stringify(value)
  return /["\\]/.test(text) ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : `"${text}"`
}
