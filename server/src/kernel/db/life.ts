/**
 * The life of a database. What was told from one (how far a phone or the hotline has read) means nothing in another: a
 * database that was put back holds less than was told, and numbers its transactions anew. Each life has a name; who
 * comes with the name of another begins anew.
 */
import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** Which server, which database of it, and which line of its history: another after a restore of whatever kind. */
const cluster = `
  select
    (select system_identifier::text from pg_control_system())
      || '.' || (select oid::text from pg_database where datname = current_database())
      || '.' || (select timeline_id::text from pg_control_checkpoint()) as cluster
`

/**
 * The life of a database at the start of a server. One that was put back by other means than ours is noticed by where it
 * lives, and gets a new life.
 * @param ownerUrl of whoever owns the tables
 */
export async function enterLife(ownerUrl: string): Promise<{ readonly name: string; readonly isNew: boolean }> {
  const client = new pg.Client({ connectionString: ownerUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<{ name: string; cluster: string }>(
      'select name, cluster from kernel.life for update',
    )
    const here = (await client.query<{ cluster: string }>(cluster)).rows[0]!.cluster
    const known = rows[0]!
    const isMoved = known.cluster !== '' && known.cluster !== here
    const name = isMoved ? await freshLife(client) : known.name
    await client.query('update kernel.life set cluster = $1 where cluster <> $1', [here])
    await client.query('commit')
    return { name, isNew: isMoved }
  } finally {
    await client.end()
  }
}

/**
 * Begins a new life within a transaction: a new name, and no row is said to be written by a transaction that is yet to
 * come. Where it lives is written down by the next start.
 */
export async function freshLife(client: pg.Client): Promise<string> {
  const name = randomBytes(5).toString('hex')
  await client.query("update kernel.life set name = $1, cluster = '', since = now()", [name])
  const { rows } = await client.query<{ name: string; column: string }>(`
    select c.oid::regclass::text as name, quote_ident(a.attname) as column
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and a.atttypid = 'xid8'::regtype
      and n.nspname !~ '^pg_' and n.nspname <> 'jobs'
  `)
  for (const { name: table, column } of rows) {
    await client.query(`alter table ${table} disable trigger user`)
    await client.query(`update ${table} set ${column} = pg_current_xact_id() where ${column} > pg_current_xact_id()`)
    await client.query(`alter table ${table} enable trigger user`)
  }
  return name
}
