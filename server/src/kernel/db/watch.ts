/**
 * Looks once a second whether the embedded PostgreSQL lives, and starts it again on its port when it does not: pools
 * connect anew by themselves. What fails again and again is tried ever more slowly, at last once a minute, and each
 * failure is told.
 */
import { Counter } from 'prom-client'
import { isServing, readPostmaster } from './postmaster.ts'

export type Tell = (line: string, error?: unknown) => void
export interface Watch {
  readonly stop: () => Promise<void>
}

/** Revivals and failed tries of the embedded database. */
export const revivals = new Counter({
  name: 'fengge_database_revivals_total',
  help: 'Starts of the embedded database after it had died, by how they ended',
  labelNames: ['ended'],
  registers: [],
})

const pulse = 1000
/** After so many starts within the span it is a loop. */
const many = 5
const span = 600_000
const slowest = 60_000

/**
 * How long to wait before the next try, in milliseconds.
 * @param starts when it was started before, by the same clock as `now`
 * @param failures tries in a row that failed
 */
export function pauseBefore(starts: readonly number[], failures: number, now: number): number {
  const recent = starts.filter((at) => now - at < span).length
  if (recent >= many) return slowest
  return failures === 0 ? 0 : Math.min(slowest, pulse * 2 ** (failures - 1))
}

export function watchCluster(home: string, start: () => Promise<void>, tell: Tell): Watch {
  let starts: number[] = []
  let failures = 0
  let notBefore = 0
  let working: Promise<void> | undefined
  const look = async () => {
    const said = readPostmaster(home)
    if (said && isServing(home, said)) {
      failures = 0
      return
    }
    const now = performance.now()
    if (notBefore === 0) notBefore = now + pauseBefore(starts, failures, now)
    if (now < notBefore) return
    notBefore = 0
    starts = [...starts.filter((at) => now - at < span), now]
    try {
      await start()
      revivals.inc({ ended: 'well' })
      tell(starts.length < many ? 'the database had died and was started again' : loopLine(home, starts.length))
    } catch (error) {
      failures++
      revivals.inc({ ended: 'badly' })
      tell(`the database is dead and did not start (${failures} in a row); see ${home}/server.log`, error)
    }
  }
  const timer = setInterval(() => {
    working ??= look().finally(() => {
      working = undefined
    })
  }, pulse)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await working
    },
  }
}

const loopLine = (home: string, times: number) =>
  `the database dies again and again (${times} times in ten minutes); it is now started once a minute at the most; see ${home}/server.log`
