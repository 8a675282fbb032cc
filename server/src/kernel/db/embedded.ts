/**
 * The PostgreSQL that comes in the npm package, for a trial or a small county: made on first start, attached
 * to when it already runs (after a kill it outlives the server), stopped by whoever started it or keeps it, and started
 * again by the server when it dies (watch.ts).
 */
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { deriveKey } from '../settings.ts'
import { dropStalePid, isServing, readPostmaster } from './postmaster.ts'
import { findPrograms, type Owner, type Programs } from './programs.ts'
import { serverRole, type GrantedRole } from './server-role.ts'
import { watchCluster, type Tell, type Watch } from './watch.ts'

export interface Embedded {
  /** URL of a database on this server for its owner, who migrates. */
  readonly url: (database: string) => string
  /** The same for the role that the server works as; it is made by `grantServer`. */
  readonly serverUrl: (database: string) => string
  readonly server: GrantedRole
  /** Whether this call started the server (and should stop it). */
  readonly isStartedHere: boolean
  readonly stop: () => Promise<void>
  /** Stops it unless another program of ours works on it. */
  readonly leave: () => Promise<void>
  /** Starts it again whenever it dies, on the same port. */
  readonly watch: (tell: Tell) => Watch
}

interface Cluster {
  readonly dataDir: string
  readonly home: string
  readonly password: string
  readonly programs: Programs
  readonly flags: readonly string[]
}

/**
 * Starts or joins the server whose files are in `dataDir/pg`.
 * @param fresh drops the database of this name first: a first start that was not finished is made anew
 */
export async function openEmbedded(
  dataDir: string,
  secret: string,
  flags: readonly string[] = [],
  fresh?: string,
): Promise<Embedded> {
  const password = deriveKey(secret, 'postgres').toString('base64url')
  const cluster = { dataDir, home: join(dataDir, 'pg'), password, programs: await findPrograms(), flags }
  if (!existsSync(join(cluster.home, 'PG_VERSION'))) await makeCluster(cluster)
  const running = await findRunning(cluster)
  const port = running ?? (await start(cluster))
  const stop = () => cluster.programs.run('pg_ctl', cluster.home, ['stop', '-m', 'fast', '-w'])
  try {
    await prepareDatabase(port, password, 'fengge', fresh)
  } catch (error) {
    if (running === undefined) await stop()
    throw (error as { code?: string }).code === '28P01' ? new Error(wrongSecret, { cause: error }) : error
  }
  const server = { name: serverRole, password: deriveKey(secret, 'postgres-server').toString('base64url') }
  return {
    url: (database) => urlOf(port, password, database),
    serverUrl: (database) => urlOf(port, server.password, database, server.name),
    server,
    isStartedHere: running === undefined,
    stop,
    leave: async () => {
      if (!(await isUsed(port, password))) await stop()
    },
    watch: (tell) => watchCluster(cluster.home, () => startOn(cluster, port), tell),
  }
}

const urlOf = (port: number, password: string, database: string, role = 'fengge') =>
  `postgres://${role}:${password}@127.0.0.1:${port}/${database}`

/** Made aside and named at the end: what was interrupted is not taken for a cluster. */
async function makeCluster({ home, password, programs }: Cluster): Promise<void> {
  const { owner } = programs
  const fresh = `${home}.new`
  for (const folder of [fresh, home]) rmSync(folder, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  if (owner.uid !== undefined && owner.gid !== undefined) {
    // The other user must be able to pass through, and see nothing else.
    chmodSync(join(home, '..'), 0o711)
    chownSync(fresh, owner.uid, owner.gid)
  }
  await withPasswordFile(password, owner, async (file) => {
    const flags = ['--auth=scram-sha-256', `--pwfile=${file}`, '--encoding=UTF8', '--locale=C']
    await programs.run('initdb', fresh, ['-U', 'fengge', ...flags])
  })
  renameSync(fresh, home)
}

/** A password in a file, for as long as the work lasts: in a folder of its own that nobody can guess, enter or make first. */
export async function withPasswordFile(
  password: string,
  owner: Owner,
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
async function findRunning({ home, password }: Cluster): Promise<number | undefined> {
  const said = readPostmaster(home)
  if (!said || !isServing(home, said)) return undefined
  for (let attempt = 0; said.port > 0 && attempt < 20; attempt++) {
    const answer = await answers(said.port, password)
    if (answer !== 'starting') return answer === 'ready' ? said.port : undefined
    await wait(250)
  }
  return undefined
}

const wrongSecret = `FENGGE_SECRET: 不是这个数据库原来的密钥，请放回原来的密钥再启动；什么都没有改动。
not the secret that this database was made under: put the right one back; nothing was changed`

async function answers(port: number, password: string): Promise<'ready' | 'starting' | 'no'> {
  const client = new pg.Client({ connectionString: urlOf(port, password, 'postgres'), connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return 'ready'
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '28P01') throw new Error(wrongSecret, { cause: error })
    return code === '57P03' ? 'starting' : 'no'
  }
}

/** How long a start is tried again: what a killed server left (its memory, its children) goes away in a moment. */
const longestStart = 15_000

async function start(cluster: Cluster): Promise<number> {
  const kept = keptPort(cluster)
  for (const until = Date.now() + longestStart; ; await wait(300)) {
    const port = kept !== undefined && (await isFree(kept)) ? kept : await findFreePort()
    try {
      await startOn(cluster, port)
      writeFileSync(portFile(cluster), `${port}\n`, { mode: 0o600 })
      return port
    } catch (error) {
      if (Date.now() > until) throw error
    }
  }
}

/** The port that the cluster had last, which whoever is connected expects it on. */
const portFile = ({ dataDir }: Pick<Cluster, 'dataDir'>) => join(dataDir, 'pg.port')
function keptPort(cluster: Cluster): number | undefined {
  const file = portFile(cluster)
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
}

async function startOn({ home, programs, flags }: Cluster, port: number): Promise<void> {
  dropStalePid(home)
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
  await programs.run('pg_ctl', home, ['start', '-w', '-t', '60', '-l', 'server.log', '-o', options.join(' ')])
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

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

async function asOwner<T>(port: number, password: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: urlOf(port, password, 'postgres'), connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const prepareDatabase = (port: number, password: string, name: string, fresh: string | undefined): Promise<void> =>
  asOwner(port, password, async (client) => {
    if (fresh !== undefined)
      await client.query(`drop database if exists ${client.escapeIdentifier(fresh)} with (force)`)
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0)
      await client.query(
        `create database ${name} encoding 'UTF8' locale_provider icu icu_locale 'zh-Hans-CN' locale 'C' template template0`,
      )
  })

/** Whether sessions of ours are left on it; those just closed are given a moment to go. */
async function isUsed(port: number, password: string): Promise<boolean> {
  const ask = (client: pg.Client) =>
    client.query(
      "select 1 from pg_stat_activity where application_name ~ '^fengge' and pid <> pg_backend_pid() limit 1",
    )
  for (let look = 0; look < 5; look++, await wait(100)) {
    const used = await asOwner(port, password, ask).catch(() => undefined)
    if (!used || used.rowCount === 0) return false
  }
  return true
}
