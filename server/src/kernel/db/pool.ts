/**
 * Opens the database and gives out transactions; nobody else holds a connection. Writes run in a
 * transaction, reads on a pool whose sessions are read-only.
 */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { handles } from './sql.ts'
import type { DB } from './tables.ts'
import type { Inserts, Reading, Tx } from './tx.ts'

// Counts and sums come as numbers, days as text: a day is no instant.
pg.types.setTypeParser(20, Number)
pg.types.setTypeParser(1082, (text) => text)

/** Milliseconds that a transaction may lie without a statement. */
const longestIdle = 120_000
/** Milliseconds that a statement waits for what another holds: one stuck lock must not keep every session in time. */
const longestLock = 5_000
/** The same for what the server does by itself, which has time. */
const longestOwnLock = 60_000
/** Milliseconds that a statement may take, where it only asks and where it writes (a whole net, a page of an import). */
const longestAsking = 30_000
const longestWriting = 120_000
/**
 * Milliseconds that a connection may take to open, and that somebody waits for one. A database that takes a connection
 * and never greets it must not keep a place of the pool for ever.
 */
const longestWait = 10_000
/** What is done apart is one short statement. */
const apartSize = 4
/** So is the look at who is calling. */
const callersSize = 2

/** Does some work when its turn has come. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>

/** What slices may do with the database: ask, and write in a transaction. */
export interface Transactions {
  /** Runs work in one transaction, again when two collide, at most five times. */
  readonly write: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  readonly read: Reading
}

export interface Database extends Transactions {
  /** The sessions that write, for the group writer alone. */
  readonly once: Inserts
  /** As `write`, on sessions kept for calls: what the server does by itself, and who signs in, never waits for one of theirs. */
  readonly calls: Transactions['write']
  /** As `write`, on sessions kept for it: who holds a transaction and needs another must not wait for one of his own kind. */
  readonly apart: Transactions['write']
  /** As `read`, where each statement waits for its turn before it has a session: for answers that go on for long. */
  readonly readInTurn: (turn: Turn) => Reading
  /** Reads who is calling, on sessions of its own: a call that hangs keeps nobody from being known. */
  readonly callers: Reading
  /** The sessions of calls. */
  readonly writePool: pg.Pool
  /** All pools by what their sessions do. */
  readonly pools: Readonly<Record<string, pg.Pool>>
  readonly url: string
  readonly close: () => Promise<void>
}

/**
 * Sessions for work on a clock: of its own, so that neither stops the other, and patient, since nobody waits for an
 * answer and what gives up half way is told as failed.
 */
export const openForJobs = (url: string): Database => openDatabase(url, 3, '-c lock_timeout=120000')

/** @param flags server settings of the writing sessions, for example `-c synchronous_commit=off` for a load that can be made again */
export function openDatabase(url: string, size = 10, flags = '', connectionTimeoutMillis = longestWait): Database {
  // A session forgotten within a transaction must not hold its locks for ever.
  const waiting = (lock: number) => `-c idle_in_transaction_session_timeout=${longestIdle} -c lock_timeout=${lock}`
  const writing = (lock: number) => ({
    connectionString: url,
    connectionTimeoutMillis,
    application_name: 'fengge',
    options: `${waiting(lock)} -c statement_timeout=${longestWriting} ${flags}`,
  })
  const writePool = new pg.Pool({ ...writing(longestLock), max: size })
  const ownPool = new pg.Pool({ ...writing(longestOwnLock), max: size })
  const apartPool = new pg.Pool({ ...writing(longestLock), max: apartSize })
  const reading = `${waiting(longestLock)} -c default_transaction_read_only=on -c statement_timeout=${longestAsking}`
  const asking = { connectionString: url, connectionTimeoutMillis, max: size }
  const readPool = new pg.Pool({ ...asking, application_name: 'fengge-read', options: reading })
  // The long statements of phones and pages cost more to plan than to run: here each session plans them once, for the
  // look at a few rows that they are, whatever the values; each finds its rows by an index.
  const planOnce = `${reading} -c plan_cache_mode=force_generic_plan -c enable_seqscan=off`
  const plannedPool = new pg.Pool({ ...asking, application_name: 'fengge-plans', options: planOnce })
  const callerPool = new pg.Pool({ ...asking, max: callersSize, application_name: 'fengge-callers', options: reading })
  const pools = {
    write: writePool,
    own: ownPool,
    apart: apartPool,
    read: readPool,
    plans: plannedPool,
    callers: callerPool,
  }
  for (const pool of Object.values(pools)) outliveErrors(pool)
  const calls = new Kysely<DB>({ dialect: new PostgresDialect({ pool: writePool }) })
  const own = new Kysely<DB>({ dialect: new PostgresDialect({ pool: ownPool }) })
  const apart = new Kysely<DB>({ dialect: new PostgresDialect({ pool: apartPool }) })
  const read = new Kysely<DB>({ dialect: new PostgresDialect({ pool: readPool }) })
  const callers = new Kysely<DB>({ dialect: new PostgresDialect({ pool: callerPool }) })
  return {
    once: handles.inserts(own, ownPool),
    read: handles.reading(read, plannedPool),
    readInTurn: (turn) =>
      handles.ofTurns(new Kysely<DB>({ dialect: new PostgresDialect({ pool: inTurn(readPool, turn) }) })),
    callers: handles.reading(callers, callerPool),
    writePool,
    pools,
    url,
    write: transactionsOf(own),
    calls: transactionsOf(calls),
    apart: transactionsOf(apart),
    close: async () => {
      await calls.destroy()
      await own.destroy()
      await apart.destroy()
      await read.destroy()
      await callers.destroy()
      await plannedPool.end()
    },
  }
}

function outliveErrors(pool: pg.Pool): void {
  pool.on('error', () => undefined)
  // A connection that breaks under a statement fails the statement; without a listener it would fail the process.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
}

/** Sessions of a pool, each taken when its turn has come, and the turn is another's when it is given back. */
const inTurn = (pool: pg.Pool, turn: Turn) => ({
  options: pool.options,
  connect: () =>
    new Promise<pg.PoolClient>((give, refuse) => {
      const session = async () => {
        const client = await pool.connect()
        const left = Promise.withResolvers<void>()
        const release = client.release.bind(client)
        client.release = (error) => {
          release(error)
          left.resolve()
        }
        give(client)
        await left.promise
      }
      turn(session).catch(refuse)
    }),
  end: async () => undefined,
})

const transactionsOf =
  (sessions: Kysely<DB>): Transactions['write'] =>
  (work) =>
    retry(() => sessions.transaction().execute((tx) => work(handles.tx(tx))))

/** Two that collided, and one that waited as long as it may for a lock: its place in the pool is another's meanwhile. */
const collisions: ReadonlySet<string> = new Set(['40001', '40P01', '55P03'])

async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= 5 || !collisions.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}
