/**
 * Whether the clock of this machine may be believed. One that jumps fires what is due in a time that has not come and
 * deletes what is still kept; nothing of it can be undone. So the last minute in which it was believed stands in the
 * database, and work on a clock waits while the clock lies far from it, until somebody says that it is right
 * (`npx fengge clock right`).
 */
import { minute } from '@fengge/domain/kernel/time'
import { Gauge } from 'prom-client'
import type { Ground } from '../ground.ts'
import { readClock, saveClock } from '../seen/store.ts'

/** `ahead` and `behind` of the last minute that was believed, `apart` from the clock of the database. */
export type ClockFault = 'ahead' | 'behind' | 'apart'

export const clockRule = {
  /** Between a server and its database, or backwards. */
  apart: 5 * minute,
  /** Ahead, while a server runs and marks each minute. */
  running: 60 * minute,
  /** Ahead at a start: a server may have stood still over a long week-end. */
  atStart: 5 * 24 * 60 * minute,
}

export interface ClockReading {
  readonly now: number
  readonly database: number
  /** The last minute that was believed; none in a database that no server has worked on. */
  readonly mark: number | undefined
  readonly isStart: boolean
}

/** All instants in milliseconds. */
export function judgeClock({ now, database, mark, isStart }: ClockReading): ClockFault | undefined {
  if (Math.abs(now - database) > clockRule.apart) return 'apart'
  if (mark === undefined) return undefined
  if (mark - now > clockRule.apart) return 'behind'
  return now - mark > (isStart ? clockRule.atStart : clockRule.running) ? 'ahead' : undefined
}

const sentences: Readonly<Record<ClockFault, string>> = {
  ahead: 'the clock is far ahead of the last minute that was believed',
  behind: 'the clock is behind the last minute that was believed',
  apart: 'the clock and that of the database are more than five minutes apart',
}

export interface ClockGuard {
  readonly isBelieved: () => boolean
  /** Looks again, as each minute. */
  readonly look: () => Promise<void>
  readonly stop: () => void
}

export const clockHeld = new Gauge({
  name: 'fengge_clock_held',
  help: '1 while work on a clock waits, because the clock lies far from the last minute that was believed',
  registers: [],
})

/** Looks at the clock now and each minute. Whoever asks in between is told what was seen last. */
export async function guardClock(ground: Ground, tell: (line: string) => void): Promise<ClockGuard> {
  // A demo may sleep for weeks.
  if (ground.settings.isDemo) return { isBelieved: () => true, look: async () => undefined, stop: () => undefined }
  let fault: ClockFault | undefined
  const look = async (isStart: boolean) => {
    const { mark, database } = await readClock(ground.database.read)
    const now = ground.clock.now()
    fault = judgeClock({ now, database, mark, isStart })
    clockHeld.set(fault === undefined ? 0 : 1)
    if (fault === undefined) await ground.database.write((tx) => saveClock(tx, now))
    else tell(`${sentences[fault]}; nothing is done by the clock until: npx fengge clock right`)
  }
  await look(true)
  const timer = setInterval(() => void look(false).catch(() => undefined), minute)
  timer.unref()
  return { isBelieved: () => fault === undefined, look: () => look(false), stop: () => clearInterval(timer) }
}
