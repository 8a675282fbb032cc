/** Opens the database, prepares what it needs and listens; drains on SIGTERM. Started by tools/src/start.ts. */
import { createSecretKey } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { createApp } from './app.ts'
import { jobs, registerReactions } from './house.ts'
import { systemChance, type Chance } from './kernel/chance.ts'
import { systemClock, type Clock } from './kernel/clock.ts'
import { openEmbedded, type Embedded } from './kernel/db/embedded.ts'
import { migrate } from './kernel/db/migrate.ts'
import { openDatabase } from './kernel/db/pool.ts'
import { grantServer } from './kernel/db/server-role.ts'
import type { Engine } from './kernel/engine.ts'
import { startJobs, type Jobs } from './kernel/jobs.ts'
import { journalBook, sealJournal } from './kernel/journal-chain.ts'
import { createLimiter } from './kernel/limiter.ts'
import { describeError } from './kernel/problems.ts'
import { createSealer } from './kernel/seal.ts'
import { createSessions } from './kernel/sessions.ts'
import { openShelf } from './kernel/shelf.ts'
import { createJournalWriter } from './kernel/store.ts'
import { deriveKey, type Settings } from './kernel/settings.ts'
import { sessionBook } from './identity/door.ts'
import { refreshTree } from './places/door.ts'

export interface Opened {
  readonly engine: Engine
  readonly embedded: Embedded | undefined
  readonly close: () => Promise<void>
}

interface Doors {
  readonly owner: string
  readonly server: string
}

/** Migrates as the owner, and grants the server's role what it needs. Where one role is both, it grants itself nothing. */
async function openDoors(settings: Settings, embedded: Embedded | undefined, name: string): Promise<Doors> {
  if (embedded) {
    const doors = { owner: embedded.url(name), server: embedded.serverUrl(name) }
    await migrate(doors.owner)
    await grantServer(doors.owner, embedded.server)
    return doors
  }
  const server = settings.databaseUrl!
  const owner = settings.databaseOwnerUrl ?? server
  await migrate(owner)
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
  const urls = await openDoors(settings, embedded, databaseName)
  const engine = createEngine(settings, urls[as], clock)
  await refreshTree(engine)
  return {
    engine,
    embedded,
    close: async () => {
      await sealJournal(engine.database, journalBook(engine)).catch(() => undefined)
      await engine.database.close()
      if (embedded?.isStartedHere) await embedded.stop()
    },
  }
}

/** @param chance another one than the system's only for tests */
export function createEngine(settings: Settings, url: string, clock: Clock, chance: Chance = systemChance): Engine {
  // Whatever works on it, a server, a tool or a job, what follows from an act follows.
  registerReactions()
  const database = openDatabase(url)
  return {
    settings,
    database,
    clock,
    chance,
    sealer: createSealer(settings.dataSecret, settings.suite, settings.formerDataSecret),
    sessions: createSessions(database, sessionBook),
    shelf: openShelf(),
    journalKey: createSecretKey(deriveKey(settings.secret, 'journal')),
    noteDown: createJournalWriter(database.once),
    requestKey: createSecretKey(deriveKey(settings.secret, 'request')),
    limiter: createLimiter(settings, clock),
  }
}

/** Serves until told to stop. */
export async function serveUntilStopped(opened: Opened): Promise<{ app: FastifyInstance; url: string }> {
  const { engine } = opened
  const { app } = await createApp(engine)
  const running: Jobs = await startJobs(engine, jobs, (message, error) =>
    app.log.error({ err: describeError(error), job: message }, 'job failed'),
  )
  await app.listen({ port: engine.settings.port, host: engine.settings.host })
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= (async () => {
      setTimeout(() => process.exit(1), 20_000).unref()
      await app.close()
      await running.stop()
      await opened.close()
      process.exit(0)
    })()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  const address = app.server.address() as { port: number }
  return { app, url: engine.settings.publicUrl ?? `http://localhost:${address.port}` }
}
