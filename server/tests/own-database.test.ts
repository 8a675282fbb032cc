/** A database of the county's own: two roles, both without rights over others; updates of one that holds something. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { signIn, whoAmI } from '@fengge/domain/identity/contract'
import { roles as readyRoles } from '@fengge/domain/identity/roles'
import { createApp } from '../src/app.ts'
import { setUpCounty } from '../src/county.ts'
import { jobs } from '../src/house.ts'
import { listMigrations, migrate } from '../src/kernel/db/migrate.ts'
import { excessOf } from '../src/kernel/db/server-role.ts'
import { startJobs } from '../src/kernel/jobs.ts'
import { readSettings } from '../src/kernel/settings.ts'
import { openEngine } from '../src/main.ts'
import { placeTree } from '../src/places/door.ts'
import { firstRoles } from './first-roles.ts'
import { hire } from './people.ts'
import { admin, urlFor } from './template.ts'
import { clientOf, county } from './world.ts'

const root = join(import.meta.dirname, '../..')
const name = `own_${process.pid}`
const roles = { owner: `${name}_owner`, server: `${name}_server` }
const dataDir = mkdtempSync(join(tmpdir(), 'fengge-own-'))
after(async () => {
  await admin(`drop database if exists ${name} with (force)`)
  await admin(`drop database if exists ${name}_old with (force)`)
  for (const role of Object.values(roles)) await admin(`drop role if exists ${role}`)
  rmSync(dataDir, { recursive: true, force: true })
})

function urlAs(role: string): string {
  const url = new URL(urlFor(name))
  url.username = role
  url.password = 'only for tests'
  return url.href
}

test('a database of its own works by two roles as the manual makes them, over a restart, and an administrator is let in', async () => {
  await admin(`create role ${roles.owner} login password 'only for tests'`)
  await admin(`create role ${roles.server} login password 'only for tests' nosuperuser nocreatedb nocreaterole`)
  await admin(`create database ${name} owner ${roles.owner} template template0 encoding 'UTF8'`)
  const environment = {
    FENGGE_DATA_DIR: dataDir,
    FENGGE_SECRET: 'a secret for tests only, 32 characters',
    FENGGE_DEMO: 'off',
    LOG_LEVEL: 'silent',
    DATABASE_URL: urlAs(roles.server),
    DATABASE_OWNER_URL: urlAs(roles.owner),
  }
  const settings = readSettings(environment)
  const first = await openEngine(settings)
  await setUpCounty(first.engine, county)
  const at = { county: placeTree(first.engine).byCode(`${county}000000`)!.id }
  const world = { engine: first.engine, clock: first.engine.clock, at }
  await hire(world, 'lost.it.all', { role: 'system-admin' })
  const faults: string[] = []
  const running = await startJobs(first.engine, jobs, { log: (what, error) => faults.push(`${what} ${String(error)}`) })
  await running.stop()
  await first.close()
  const cli = ['tools/run.mjs', 'tools/src/cli.ts', 'let-in', 'lost.it.all', '--county', county]
  const said = spawnSync(process.execPath, cli, {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
  })
  assert.equal(said.status, 0, said.stderr)
  const [login, password] = said.stdout.trim().split(/ {2,}/)
  const again = await openEngine(settings)
  const { app } = await createApp(again.engine)
  try {
    const jobsAgain = await startJobs(again.engine, jobs, {
      log: (what, error) => faults.push(`${what} ${String(error)}`),
    })
    await jobsAgain.stop()
    assert.deepEqual(await excessOf(environment.DATABASE_URL), [])
    assert.deepEqual(faults, [])
    const { post } = clientOf(app)
    const opened = await post(null, signIn.path, { login, password, device: 'desk' })
    assert.equal(opened.status, 200, JSON.stringify(opened.body))
    const cookie = [opened.headers['set-cookie']]
      .flat()
      .map((set) => String(set).split(';')[0])
      .join('; ')
    const me = await app.inject({ url: whoAmI.path, headers: { cookie } })
    assert.equal(me.json().mustChangePassword, true)
  } finally {
    await app.close()
    await again.close()
  }
})

async function giveFirstRoles(client: pg.Client): Promise<void> {
  for (const [code, kind, duties] of firstRoles) {
    await client.query('insert into identity.role values ($1, $1, $1, $2, false)', [code, kind])
    await client.query('insert into identity.role_duty select $1, unnest($2::text[])', [code, duties.split(' ')])
  }
}
const inOrder = (texts: string[]) => texts.toSorted((a, b) => (a < b ? -1 : 1))
const grantedFresh = inOrder(readyRoles.flatMap((r) => r.duties.map((duty) => `${r.code} ${duty}`)))
async function grantedIn(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ said: string }>(
    "select role_code || ' ' || duty as said from identity.role_duty",
  )
  return inOrder(rows.map((r) => r.said))
}

test('an update goes through a database that holds answers, seeds and sessions, and leaves none of the secrets', async () => {
  const old = `${name}_old`
  await admin(`create database ${old} template template0 encoding 'UTF8'`)
  const client = new pg.Client({ connectionString: urlFor(old) })
  await client.connect()
  try {
    const before = listMigrations().filter((f) => f < '0019')
    const textOf = (file: string) => readFileSync(join(root, 'server/migrations', file), 'utf8')
    for (const file of before) {
      await client.query(textOf(file))
      if (file.startsWith('0005')) await giveFirstRoles(client)
    }
    const account = '01a00000-0000-7000-8000-000000000001'
    await client.query(`
      insert into identity.account (id, county_code, login, name, totp_secret, created_at)
        values ('${account}', '320206', 'old.one', '旧人', 'i1.sealed', now());
      insert into identity.session (token_hash, account_id, device, has_second_factor, created_at, seen_at, expires_at)
        values ('h', '${account}', 'desk', true, now(), now(), now() + interval '1 day');
      insert into kernel.request (county_code, request_id, endpoint, ask_hash, reply, at)
        values ('320206', '${account}', 'openAccount', 'h', '{"password":"first-password"}', now());
      create table public.migration (name text primary key, digest text not null, ran_at timestamptz not null default now());
    `)
    for (const file of before) {
      const digest = createHash('sha256').update(textOf(file)).digest('hex')
      await client.query('insert into public.migration (name, digest) values ($1, $2)', [file, digest])
    }
    const ran = await migrate(urlFor(old))
    assert.equal(ran[0], '0019_requests-forgotten.sql')
    await client.query("insert into public.migration (name, digest) values ('9999_of-tomorrow.sql', '')")
    await assert.rejects(migrate(urlFor(old)), /数据库由更新的版本使用过（9999_of-tomorrow\.sql）/)
    const { rows } = await client.query(
      'select must_renew_factor, (select count(*)::int from identity.session) as sessions, (select reply from kernel.request) as reply, (select ask_hash from kernel.request) as hash from identity.account',
    )
    assert.deepEqual(rows, [{ must_renew_factor: true, sessions: 0, reply: null, hash: '' }])
    assert.deepEqual(await grantedIn(client), grantedFresh, 'its roles have the duties of a fresh one, and no others')
    const factors = await client.query<{ code: string }>('select code from identity.role where needs_second_factor')
    const proved = factors.rows.map((r) => r.code)
    for (const { code, kind, needsSecondFactor } of readyRoles)
      if (kind === 'business') assert.equal(proved.includes(code), needsSecondFactor, `${code} proves himself twice`)
  } finally {
    await client.end()
  }
})
