/** The live schema: types, tables, views and their columns, with what a column may be. */
import type pg from 'pg'
import { parse } from './wire.ts'

export interface TableColumn {
  /** With its schema. */
  readonly table: string
  readonly column: string
  readonly isNullable: boolean
  /** Whether an insert must give it a value. */
  readonly isAsked: boolean
  /** The words it may hold by its check, when it has one of the kind `column in ('a', 'b')`. */
  readonly words: readonly string[] | undefined
}
/** A table or view. */
export interface Relation {
  readonly kind: 'table' | 'view'
  readonly columns: ReadonlyMap<string, TableColumn>
}
export interface Catalogue {
  readonly types: ReadonlyMap<number, string>
  readonly relations: ReadonlyMap<string, Relation>
  /** By the numbers that PostgreSQL gives table and column. */
  readonly numbered: ReadonlyMap<string, TableColumn>
}

export async function readCatalogue(client: pg.Client): Promise<Catalogue> {
  const types = await client.query<{ oid: number; typname: string }>('select oid::int, typname from pg_type')
  const rows = await listColumns(client)
  const shown = await learnViews(client, new Map(rows.map((r) => [r.key, !r.attnotnull])))
  const words = await listWords(client)
  const numbered = new Map(
    rows.map((r): [string, TableColumn] => [
      r.key,
      {
        table: r.name,
        column: r.attname,
        isNullable: shown.get(r.key)!,
        isAsked: r.attnotnull && !r.is_given,
        words: words.get(`${r.name}.${r.attname}`),
      },
    ]),
  )
  const relations = [...Map.groupBy(rows, (r) => r.name)].map(([name, of]): [string, Relation] => [
    name,
    {
      kind: of[0]!.is_view ? 'view' : 'table',
      columns: new Map(of.map((r) => [r.attname, numbered.get(r.key)!])),
    },
  ])
  return { types: new Map(types.rows.map((r) => [r.oid, r.typname])), numbered, relations: new Map(relations) }
}

interface ColumnRow {
  readonly key: string
  readonly name: string
  readonly attname: string
  readonly attnotnull: boolean
  readonly is_view: boolean
  readonly is_given: boolean
}
async function listColumns(client: pg.Client): Promise<ColumnRow[]> {
  const { rows } = await client.query<ColumnRow>(
    `select c.oid || '.' || a.attnum as key, n.nspname || '.' || c.relname as name, a.attname, a.attnotnull,
       c.relkind in ('v', 'm') as is_view, a.atthasdef or a.attidentity <> '' as is_given
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
       and a.attnum > 0 and not a.attisdropped`,
  )
  return rows
}

async function listWords(client: pg.Client): Promise<Map<string, readonly string[]>> {
  const { rows } = await client.query<{ key: string; definition: string }>(
    `select n.nspname || '.' || c.relname || '.' || a.attname as key, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
     where k.contype = 'c' and cardinality(k.conkey) = 1`,
  )
  return new Map(
    rows.flatMap((r): [string, string[]][] => {
      const list = /= ANY \(\(?ARRAY\[((?:'[^']*'::[a-z ()0-9]+(?:, )?)+)\]/.exec(r.definition)?.[1]
      return list === undefined ? [] : [[r.key, [...list.matchAll(/'([^']*)'/g)].map((m) => m[1]!)]]
    }),
  )
}

/** Whether each column may be null; one of a view may where the column it shows may, those of lower views first. */
async function learnViews(client: pg.Client, nullable: ReadonlyMap<string, boolean>): Promise<Map<string, boolean>> {
  const learned = new Map(nullable)
  const { rows } = await client.query<{ oid: number; definition: string }>(
    `select c.oid::int, pg_get_viewdef(c.oid) as definition
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema') order by c.oid`,
  )
  for (const { oid, definition } of rows) {
    const { fields } = await parse(client, definition.replace(/;\s*$/, ''))
    fields.forEach((f, i) => learned.set(`${oid}.${i + 1}`, learned.get(`${f.tableID}.${f.columnID}`) ?? false))
  }
  return learned
}
