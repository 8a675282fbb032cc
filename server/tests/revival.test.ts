/**
 * A server of one's own with the embedded database, as a county starts it: at a place where nothing can be passed, over
 * what an earlier start left, beside another, through the death of the database, to its end.
 */
import assert from 'node:assert/strict'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { findFreePort, openEmbedded } from '../src/kernel/db/embedded.ts'
import { copyOpenly, findPackage, findPrograms } from '../src/kernel/db/programs.ts'
import { deriveKey, readSettings } from '../src/kernel/settings.ts'
import { openToServe } from '../src/main.ts'

const secret = 'a secret for tests only, 32 characters'
const start = join(import.meta.dirname, '../../tools/src/start.ts')
/** Whoever is not its owner cannot even pass: for root, whose database runs as another user, as on a fresh server. */
const home = mkdtempSync(join(tmpdir(), 'fengge-home-'))
const dataDir = join(home, '数据 folder')
let port: number
const running = new Set<ChildProcess>()
before(async () => {
  chmodSync(home, 0o700)
  port = await findFreePort()
})
after(async () => {
  for (const child of running) child.kill('SIGKILL')
  const pid = databasePid()
  if (pid) process.kill(pid, 'SIGKILL')
  rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

interface Server {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  readonly said: () => string
}

function begin(more: Readonly<Record<string, string>> = {}): Server {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', start], {
    env: {
      PATH: process.env['PATH'],
      FENGGE_DATA_DIR: dataDir,
      FENGGE_SECRET: secret,
      FENGGE_DEMO: 'off',
      FENGGE_DRAIN_SECONDS: '1',
      PORT: String(port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      ...more,
    },
  })
  running.add(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += String(bytes)))
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => {
      running.delete(child)
      resolve(code)
    })
  })
  return { child, ended, said: () => said }
}

const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined)

/** Looks until it is so; the test's own time-out ends what never comes. */
async function until(isSo: () => Promise<boolean>, server?: Server): Promise<void> {
  while (!(await isSo())) {
    if (server && server.child.exitCode !== null) throw new Error(`it ended: ${server.said()}`)
    await wait(50)
  }
}
const isReady = async () => (await get('/readyz'))?.status === 200

async function serve(): Promise<Server> {
  const server = begin()
  await until(isReady, server)
  return server
}

const pidFile = join(dataDir, 'pg/postmaster.pid')
function databasePid(): number | undefined {
  return existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : undefined
}
const databasePort = () => readFileSync(join(dataDir, 'pg.port'), 'utf8').trim()

/** A statement by whoever owns the embedded database. */
async function askDatabase(statement: string): Promise<unknown[]> {
  const password = deriveKey(secret, 'postgres').toString('base64url')
  const client = new pg.Client(`postgres://fengge:${password}@127.0.0.1:${databasePort()}/fengge`)
  await client.connect()
  return (await client.query(statement).finally(() => client.end())).rows
}

test('a first start works where nobody may pass and over half a cluster; a second server says so and goes', async () => {
  mkdirSync(join(dataDir, 'pg.new'), { recursive: true })
  writeFileSync(join(dataDir, 'pg.new/PG_VERSION'), '18')
  const first = await serve()
  const second = begin({ PORT: '0' })
  assert.equal(await second.ended, 1)
  assert.match(second.said(), new RegExp(`进程 ${first.child.pid}\\b.*正在使用数据目录`))
  const other = join(home, 'other')
  const taken = readSettings({ FENGGE_DATA_DIR: other, FENGGE_SECRET: secret, PORT: String(port), HOST: '127.0.0.1' })
  await assert.rejects(openToServe(taken, { add: () => undefined, end: async () => undefined }), /PORT.*端口已被占用/)
  assert.ok(!existsSync(join(other, 'pg')), 'the port is tried before anything is made')
  assert.throws(() => readSettings({ FENGGE_DATA_DIR: join(start, 'data') }), /FENGGE_DATA_DIR.*不能写入/)
  assert.ok(await isReady())
})

test('programs that cannot be reached are copied to the first open place, and run there as who they must be', async () => {
  const places = [join(start, 'no folder'), join(home, 'open')]
  const { owner } = await findPrograms()
  chmodSync(home, 0o711)
  const found = await findPackage()
  const copied = copyOpenly(found, owner, places)
  assert.equal(copied, join(home, 'open', `fengge-postgresql-${found.version}`))
  assert.equal(copyOpenly(found, owner, places), copied, 'once a version')
  const said = execFileSync(join(copied, 'bin/initdb'), ['--version'], { ...owner, cwd: '/', encoding: 'utf8' })
  assert.match(said, /PostgreSQL/)
  chmodSync(home, 0o700)
})

test('a database that dies is started again on its port; meanwhile whoever asks is told when to come again', async () => {
  const before_ = databasePort()
  const dead = databasePid()!
  process.kill(dead, 'SIGKILL')
  await until(async () => (await get('/readyz'))?.status === 503 || databasePid() !== dead)
  assert.equal((await get('/healthz'))?.status, 200)
  await until(isReady)
  assert.equal(databasePort(), before_)
  assert.notEqual(databasePid(), dead)
  const signIn = await fetch(`http://127.0.0.1:${port}/api/session/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'nobody', password: 'nothing at all', device: 'desk' }),
  })
  assert.ok(signIn.status < 500, 'what writes works again too')
  const figures = await (await get('/metrics'))!.text()
  assert.match(figures, /fengge_database_revivals_total\{ended="well"\} 1/)
})

/** A client that sends half of a request and then nothing. */
async function dawdle(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  const head =
    'POST /api/session/sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 500\r\n'
  socket.write(`${head}\r\n{"login"`)
  await get('/healthz')
  return socket
}

test('told to stop it ends well, however slow a client is, and ends its database', async () => {
  const [server] = [...running]
  const ended = once(server!, 'exit')
  const slow = await dawdle()
  server!.kill('SIGTERM')
  assert.deepEqual(await ended, [0, null])
  assert.equal(databasePid(), undefined)
  slow.destroy()
})

test('it starts over the number of another program, right after both were killed, and anew where the first was interrupted', async () => {
  // The file as a container leaves it that was made anew: the number belongs to somebody else.
  writeFileSync(pidFile, `${process.pid}\n${join(dataDir, 'pg')}\n1\n1\n\n127.0.0.1\n`)
  const first = await serve()
  await askDatabase('create table public.half_made (id int)')
  const kept = databasePort()
  // As if its first start had not come to an end.
  writeFileSync(join(dataDir, 'first-start-unfinished'), '')
  mkdirSync(join(dataDir, 'files/320206'), { recursive: true })
  process.kill(databasePid()!, 'SIGKILL')
  first.child.kill('SIGKILL')
  await first.ended
  const second = await serve()
  assert.equal(databasePort(), kept)
  assert.deepEqual(await askDatabase("select 1 from pg_tables where tablename = 'half_made'"), [])
  assert.ok(!existsSync(join(dataDir, 'files/320206')), 'what is half made is made anew, not gone on with')
  assert.throws(() => readSettings({ FENGGE_DATA_DIR: dataDir }), /secret 不见了/, 'no new secret is made over data')
  const wrong = 'another secret of thirty-two signs'
  await assert.rejects(openEmbedded(dataDir, wrong), /FENGGE_SECRET: 不是这个数据库原来的密钥/)
  second.child.kill('SIGINT')
  assert.equal(await second.ended, 0)
})
