/** What the server runs on, made once by main.ts or by a test. Commands never see it; they get a Ctx. */
import type { Ctx } from './context.ts'
import type { KeyObject } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Database } from './db/pool.ts'
import type { Sealer } from './seal.ts'
import type { Sessions } from './sessions.ts'
import type { Settings } from './settings.ts'

export interface Engine {
  readonly settings: Settings
  readonly database: Database
  readonly clock: Clock
  readonly sealer: Sealer
  readonly sessions: Sessions
  readonly journalKey: KeyObject
}
