/** Opens the database, prepares what it needs and listens; ends in order when told to. Started by tools/src/start.ts. */
import { createSecretKey } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createApp } from './app.ts'
import { jobs, registerReactions } from './house.ts'
import { systemChance, type Chance } from './kernel/chance.ts'
import { systemClock, type Clock } from './kernel/clock.ts'
import { openEmbedded, type Embedded } from './kernel/db/embedded.ts'
import { openGates } from './kernel/db/account-gate.ts'
import { enterLife } from './kernel/db/life.ts'
import { migrate } from './kernel/db/migrate.ts'
import { openDatabase, openForJobs } from './kernel/db/pool.ts'
import { noteSecrets, refuseWrongSecrets } from './kernel/db/secrets.ts'
import { grantServer } from './kernel/db/server-role.ts'
import type { Ending } from './kernel/running/ending.ts'
import type { Engine } from './kernel/engine.ts'
import { guardClock } from './kernel/running/clock-guard.ts'
import { isFirstStartUnfinished } from './kernel/running/first-start.ts'
import { holdFolder } from './kernel/running/hold-folder.ts'
import { lifeOf } from './kernel/running/life.ts'
import { startJobs, type Jobs } from './kernel/jobs.ts'
import { journalBook, sealJournal } from './kernel/journal-chain.ts'
import { createLimiter } from './kernel/limiter.ts'
import { describeError } from './kernel/problems.ts'
import { createSealer } from './kernel/seal.ts'
import { createSessions } from './kernel/sessions.ts'
import { openShelf } from './kernel/shelf.ts'
import { createJournalWriter } from './kernel/store.ts'
import { deriveKey, type Settings } from './kernel/settings.ts'
import { eventsToldBy } from './events/door.ts'
import { sessionBook } from './identity/door.ts'
import { refreshTree } from './places/door.ts'
import { unseeing } from './registry/door.ts'
import { eventsMetAt } from './visits/door.ts'

export interface Opened {
  readonly engine: Engine
  readonly embedded: Embedded | undefined
  readonly close: () => Promise<void>
}

interface Doors {
  readonly owner: string
  readonly server: string
}

/** Under its own secret only. @throws a sentence, and nothing was written, where it is another */
async function bringUpToDate(settings: Settings, owner: string): Promise<void> {
  await refuseWrongSecrets(owner, settings)
  await migrate(owner)
  await noteSecrets(owner, settings)
}

/** Migrates as the owner, and grants the server's role what it needs. Where one role is both, it grants itself nothing. */
async function openDoors(settings: Settings, embedded: Embedded | undefined, name: string): Promise<Doors> {
  if (embedded) {
    const doors = { owner: embedded.url(name), server: embedded.serverUrl(name) }
    await bringUpToDate(settings, doors.owner)
    await grantServer(doors.owner, embedded.server)
    return doors
  }
  const server = settings.databaseUrl!
  const owner = settings.databaseOwnerUrl ?? server
  await bringUpToDate(settings, owner)
  if (owner !== server) await grantServer(owner, { name: decodeURIComponent(new URL(server).username) })
  return { owner, server }
}

/**
 * An engine over a migrated database: the given one, or the embedded one.
 * @param as the owner only for tools that change tables
 */
export async function openEngine(
  settings: Settings,
  clock: Clock = systemClock,
  databaseName = 'fengge',
  as: 'server' | 'owner' = 'server',
): Promise<Opened> {
  const embedded =
    settings.databaseUrl === undefined ? await openEmbedded(settings.dataDir, settings.secret) : undefined
  const leave = async () => {
    if (embedded?.isStartedHere) await embedded.leave()
  }
  try {
    const urls = await openDoors(settings, embedded, databaseName)
    const life = await enterLife(urls.owner)
    const engine = createEngine(settings, urls[as], clock)
    lifeOf(engine).name = life.name
    await refreshTree(engine)
    return {
      engine,
      embedded,
      close: async () => {
        await sealJournal(engine.database, journalBook(engine)).catch(() => undefined)
        await engine.database.close()
        await leave()
      },
    }
  } catch (error) {
    // A start that fails leaves nothing running behind it.
    await leave()
    throw error
  }
}

/**
 * An engine for a server: it alone works on its data folder, and keeps the embedded database alive and ends it. The
 * address is tried before anything is made.
 */
export async function openToServe(settings: Settings, ending: Ending): Promise<Opened> {
  if (settings.databaseUrl === undefined) ending.add(holdFolder(settings.dataDir, 'server'))
  await tryAddress(settings)
  if (settings.databaseUrl === undefined && isFirstStartUnfinished(settings.dataDir)) await makeAnew(settings)
  const opened = await openEngine(settings)
  const { embedded } = opened
  ending.add(async () => {
    await opened.close()
    if (embedded && !embedded.isStartedHere) await embedded.leave()
  })
  return opened
}

const addressFaults: Readonly<Record<string, string>> = {
  EADDRINUSE: 'PORT: 端口已被占用 another program listens there',
  EACCES: 'PORT: 无权使用该端口 this account may not listen there',
  EADDRNOTAVAIL: 'HOST: 本机没有这个地址 no address of this machine',
  ENOTFOUND: 'HOST: 找不到这个地址 no such address',
}

function tryAddress({ port, host }: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', (error: NodeJS.ErrnoException) => {
        const why = addressFaults[error.code ?? '']
        reject(why === undefined ? error : new Error(`${why} (${host}:${port})`))
      })
      .listen(port, host, () => probe.close(() => resolve()))
  })
}

/** What a first start left half made is dropped. */
async function makeAnew({ dataDir, secret }: Settings): Promise<void> {
  await openEmbedded(dataDir, secret, [], 'fengge')
  for (const name of ['files', 'uploads', 'imports', 'journal-anchors.log'])
    rmSync(join(dataDir, name), { recursive: true, force: true })
}

/** @param chance another one than the system's only for tests */
export function createEngine(settings: Settings, url: string, clock: Clock, chance: Chance = systemChance): Engine {
  // Whatever works on it, a server, a tool or a job, what follows from an act follows.
  registerReactions()
  const database = openDatabase(url)
  const sealer = createSealer(settings.dataSecret, settings.suite, settings.formerDataSecret)
  return {
    settings,
    database,
    clock,
    chance,
    sealer,
    sessions: createSessions(database, unseeing(sessionBook, sealer, [eventsToldBy, eventsMetAt]), sealer),
    shelf: openShelf(),
    journalKey: createSecretKey(deriveKey(settings.secret, 'journal')),
    noteDown: createJournalWriter(database.once),
    gates: openGates(),
    requestKey: createSecretKey(deriveKey(settings.secret, 'request')),
    limiter: createLimiter(settings, clock),
  }
}

/** Serves until told to stop. */
export async function serveUntilStopped(
  opened: Opened,
  ending: Ending,
): Promise<{ app: FastifyInstance; url: string }> {
  const { engine, embedded } = opened
  const { app } = await createApp(engine)
  const watch = embedded?.watch((line, error) =>
    app.log.error({ database: line, err: error === undefined ? undefined : describeError(error) }, 'database'),
  )
  if (watch) ending.add(watch.stop)
  const database = openForJobs(engine.database.url)
  ending.add(database.close)
  const clock = await guardClock(engine, (line) => app.log.error(line))
  ending.add(clock.stop)
  const running: Jobs = await startJobs({ ...engine, database }, jobs, {
    log: (message, error) => app.log.error({ err: describeError(error), job: message }, 'job failed'),
    isClockBelieved: clock.isBelieved,
  })
  ending.add(running.stop)
  ending.add(() => closeApp(app, engine.settings.drainMs))
  await app.listen({ port: engine.settings.port, host: engine.settings.host })
  const address = app.server.address() as { port: number }
  return { app, url: engine.settings.publicUrl ?? `http://localhost:${address.port}` }
}

/** Clients end what they began; who is too slow is cut off. */
async function closeApp(app: FastifyInstance, drainMs: number): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), drainMs)
  await app.close()
  clearTimeout(cut)
}
