/** Runs the SQL files of server/migrations in order, once each, one server at a time. Forward only. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

const folder = join(import.meta.dirname, '../../../migrations')

export function listMigrations(): string[] {
  return readdirSync(folder)
    .filter((f) => f.endsWith('.sql'))
    .toSorted()
}

/**
 * @param only these of them, to make the tables as they were: all where it is undefined
 * @returns the names that were run now
 * @throws when a migration that ran was edited afterwards, or the database is newer than the program
 */
export async function migrate(url: string, only?: ReadonlySet<string>): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(20261120)')
    // The server's own role may not make tables; where nothing is to be run it needs not.
    const { rows } = await client.query<{ known: string | null }>(
      "select to_regclass('public.migration')::text as known",
    )
    if (rows[0]?.known === null)
      await client.query(
        'create table public.migration (name text primary key, digest text not null, ran_at timestamptz not null default now())',
      )
    const done = new Map(
      (await client.query<{ name: string; digest: string }>('select name, digest from public.migration')).rows.map(
        (r) => [r.name, r.digest],
      ),
    )
    refuseNewer([...done.keys()])
    const ran: string[] = []
    for (const name of listMigrations().filter((n) => only?.has(n) ?? true)) {
      const text = readFileSync(join(folder, name), 'utf8')
      const digest = createHash('sha256').update(text).digest('hex')
      if (done.has(name)) {
        if (done.get(name) !== digest) throw new Error(`migration ${name} was changed after it ran`)
        continue
      }
      await client.query('begin')
      await client.query(text)
      await client.query('insert into public.migration (name, digest) values ($1, $2)', [name, digest])
      await client.query('commit')
      ran.push(name)
    }
    return ran
  } finally {
    await client.end()
  }
}

/** @throws a sentence where names are not known to this program: it would write what a newer one no longer reads */
export function refuseNewer(names: readonly string[]): void {
  const known = new Set(listMigrations())
  const strange = names.filter((name) => !known.has(name))
  if (strange.length > 0)
    throw new Error(`数据库由更新的版本使用过（${strange.join('、')}），请安装新版本再启动；什么都没有改动。
a newer version has worked on this database (${strange.join(', ')}): install it; nothing was changed`)
}
