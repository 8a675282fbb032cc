/** What of a database is worth keeping: its tables by column, key and type, as its own catalogue has them. */
import type pg from 'pg'

export interface Column {
  readonly name: string
  readonly type: string
}
export interface Table {
  /** As it is written in a statement. */
  readonly name: string
  readonly columns: readonly Column[]
  /** What its rows are put in order by; all of its columns where it has no key. */
  readonly key: readonly string[]
}

/**
 * Schemas that are made anew by whoever keeps them: jobs are planned again at each start.
 * Sessions are no part of what is kept: what was ended since would come back to life with them.
 */
const left = "n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'jobs')"
const ofTheMoment = ['identity.session']

/**
 * Columns that the database writes by itself are left out. Among them are the numbers of transactions (xid8), which mean
 * nothing in another database: there a row gets the number of the transaction that puts it back.
 */
export async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select
      c.oid::regclass::text as name,
      (
        select json_agg(json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid <> 'xid8'::regtype
      ) as columns,
      coalesce((
        select json_agg(quote_ident(a.attname) order by k.n)
        from pg_index i
          cross join lateral unnest(i.indkey::int2[]) with ordinality as k (attnum, n)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary
      ), '[]'::json) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and ${left}
    order by n.nspname, c.relname
  `)
  return rows.filter((t) => !ofTheMoment.includes(t.name))
}

export interface Sequence {
  readonly name: string
  readonly last: string
}

/** Sequences that gave a number. */
export async function listSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(`
    select c.oid::regclass::text as name, s.last_value::text as last
    from pg_sequences s
      join pg_namespace n on n.nspname = s.schemaname
      join pg_class c on c.relnamespace = n.oid and c.relname = s.sequencename
    where s.last_value is not null and ${left}
    order by 1
  `)
  return rows
}

export interface Index {
  readonly name: string
  readonly text: string
}

/** Indexes that hold nothing true by themselves: made anew in one go, they cost a part of what they cost row by row. */
export async function listIndexes(client: pg.Client): Promise<Index[]> {
  const { rows } = await client.query<Index>(`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as text
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and not c.relispartition and ${left}
      and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
    order by 1
  `)
  return rows
}

export interface Binding {
  readonly table: string
  readonly name: string
  readonly text: string
}

/** Foreign keys: taken away while rows are put back, and then held against all of them. */
export async function listBindings(client: pg.Client): Promise<Binding[]> {
  const { rows } = await client.query<Binding>(`
    select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as text
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace
    where c.contype = 'f' and c.conparentid = 0 and ${left}
    order by 1, 2
  `)
  return rows
}
