/** Types of the tables, read from a migrated database (kysely-codegen). `npm run api` writes them, a test finds a drift. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '@fengge/server/kernel/db/embedded'
import { migrate } from '@fengge/server/kernel/db/migrate'
import { Kysely, PostgresDialect as KyselyPostgres } from 'kysely'
import { generate, PostgresDialect } from 'kysely-codegen'
import pg from 'pg'

export const tablesPath = 'server/src/kernel/db/tables.ts'

const root = join(import.meta.dirname, '../..')
const schemas = [
  'kernel',
  'audit',
  'places',
  'identity',
  'registry',
  'events',
  'visits',
  'matters',
  'worklog',
  'sync',
  'library',
  'sensors',
]

/** In the one layout of the tree, so that the generated file is like any other. */
function format(text: string): string {
  const done = spawnSync(join(root, 'node_modules/.bin/oxfmt'), ['--stdin-filepath', tablesPath], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`oxfmt: ${done.stderr}`)
  return done.stdout
}

/** The text of `tables.ts` for the schema of a database. @param url of a migrated database */
export async function tablesText(url: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: url })
  // A connection may still be closing when its server is stopped: what was read is read.
  pool.on('error', () => undefined)
  const db = new Kysely<unknown>({ dialect: new KyselyPostgres({ pool }) })
  try {
    const text = await generate({
      db,
      dialect: new PostgresDialect({ dateParser: 'string' }),
      // Names keep their schema, as the statements write them.
      defaultSchemas: ['none'],
      includePattern: `{${schemas.join(',')}}.*`,
      // As server/src/kernel/db/pool.ts reads them.
      typeMapping: { int8: 'number', ltree: 'string', xid8: 'string', tsvector: 'string' },
    })
    return format(text)
  } finally {
    await db.destroy()
  }
}

/** The same from a database made for it, with every migration of the tree. */
export async function freshTablesText(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fengge-tables-pg-'))
  const database = await openEmbedded(folder, 'only for the types of tables', ['-c fsync=off'])
  try {
    await migrate(database.url('fengge'))
    return await tablesText(database.url('fengge'))
  } finally {
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
