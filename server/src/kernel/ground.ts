/**
 * What jobs and the few routes that answer by themselves stand on: settings, the clock, chance, and a database that can be
 * asked and written to in a transaction, and nothing else. Commands never see it; they get a Ctx.
 */
import type { KeyObject } from 'node:crypto'
import type { Chance } from './chance.ts'
import type { Clock } from './clock.ts'
import type { Source } from './context.ts'
import type { Limiter } from './limiter.ts'
import type { Sessions } from './sessions.ts'
import type { Transactions } from './db/pool.ts'
import type { Sealer } from './seal.ts'
import type { Settings } from './settings.ts'
import type { HasShelf } from './shelf.ts'

/** The ground as a question stands on it: what the database says now. */
export const sourceOf = ({ database, clock, shelf }: Ground): Source => ({
  tx: database.read,
  now: clock.now(),
  shelf,
})

export interface Ground extends HasShelf {
  readonly settings: Settings
  readonly database: Transactions
  readonly clock: Clock
  readonly chance: Chance
  readonly sealer: Sealer
  readonly sessions: Sessions
  readonly journalKey: KeyObject
  /** Of the digests by which a repeated request is known. */
  readonly requestKey: KeyObject
  readonly limiter: Limiter
}
