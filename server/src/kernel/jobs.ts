/**
 * Work on a clock, kept by pg-boss in the same database: each kind runs on one server at a time, survives a
 * restart, and is safe to run twice because what it does is guarded in its own transaction.
 */
import { minute } from '@fengge/domain/kernel/time'
import { PgBoss } from 'pg-boss'
import { isGone } from './answer-problem.ts'
import type { Engine } from './engine.ts'
import type { Ground } from './ground.ts'
import { describeError } from './problems.ts'
import { saveJobFailure, saveJobRun } from './seen/store.ts'
import { hasJobs } from './store.ts'

export interface Job {
  readonly name: string
  /** Cron in China Standard Time; omitted for jobs that are only sent. */
  readonly cron?: string
  /** Also runs every so many milliseconds while this server lives. */
  readonly everyMs?: number
  /** It does nothing that the time of day decides, and goes on while the clock is not believed. */
  readonly isTimeless?: boolean
  readonly run: (ground: Ground) => Promise<void>
}

/**
 * Works piece by piece, where pieces are of many counties or events: one that fails is told to the log and pushed aside,
 * and holds up none behind it. Where the database is gone, all of it waits for the next time.
 * @param aside what keeps a piece that failed from coming first for ever
 */
export async function pieceByPiece<T>(
  name: string,
  pieces: Iterable<T>,
  work: (piece: T) => Promise<unknown>,
  aside?: (piece: T) => Promise<unknown>,
): Promise<void> {
  for (const piece of pieces)
    try {
      await work(piece)
    } catch (error) {
      if (isGone(error)) throw error
      const line = { level: 50, msg: 'a piece of a job failed', job: name, piece, err: describeError(error) }
      process.stderr.write(`${JSON.stringify(line)}\n`)
      await aside?.(piece)
    }
}

export interface Jobs {
  readonly stop: () => Promise<void>
}

type Log = (message: string, error: unknown) => void

/** How jobs are run: what is told of one that fails, and whether the clock is believed. */
export interface Running {
  readonly log: Log
  readonly isClockBelieved?: () => boolean
}

export async function startJobs(engine: Engine, jobs: readonly Job[], running: Running): Promise<Jobs> {
  const { log } = running
  const boss = new PgBoss({
    connectionString: engine.database.url,
    schema: 'jobs',
    // Where the owner made it, the server's role may not ask for it again.
    createSchema: !(await hasJobs(engine.database.read)),
    max: 2,
    application_name: 'fengge-jobs',
  })
  boss.on('error', (error) => log('jobs', error))
  await boss.start()
  const stoppers = await Promise.all(jobs.map((job) => startJob(boss, engine, toldOf(job, running), log)))
  return {
    stop: async () => {
      await Promise.all(stoppers.map((stop) => stop()))
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
  }
}

/** A pulse that goes well is written down once in so long. */
const bookEvery = minute

/** The job, kept waiting while the clock is not believed, and written down with how it ended (kernel/seen). */
export function toldOf(job: Job, { isClockBelieved = () => true }: Running): Job {
  let bookedAt = -bookEvery
  const run = async (ground: Ground) => {
    if (!job.isTimeless && !isClockBelieved()) return
    const began = performance.now()
    const at = ground.clock.now()
    try {
      await job.run(ground)
    } catch (error) {
      bookedAt = -bookEvery
      await ground.database.write((tx) => saveJobFailure(tx, job.name, at)).catch(() => undefined)
      throw error
    }
    const ended = performance.now()
    if (ended - bookedAt < bookEvery) return
    bookedAt = ended
    await ground.database.write((tx) => saveJobRun(tx, job.name, at, Math.round(ended - began)))
  }
  return { ...job, run }
}

async function startJob(boss: PgBoss, engine: Engine, job: Job, log: Log): Promise<() => Promise<void>> {
  await boss.createQueue(job.name, { policy: 'stately' })
  if (job.cron !== undefined) await boss.schedule(job.name, job.cron, {}, { tz: 'Asia/Shanghai' })
  await boss.work(job.name, { pollingIntervalSeconds: 2 }, async () => {
    await job.run(engine)
  })
  return repeat(job, engine, log)
}

/** A light pulse between cron ticks; never two of a kind at once on one server. */
function repeat(job: Job, engine: Engine, log: Log): () => Promise<void> {
  if (job.everyMs === undefined) return async () => undefined
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= job
      .run(engine)
      .catch((error: unknown) => log(job.name, error))
      .finally(() => {
        running = undefined
      })
  }, job.everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
