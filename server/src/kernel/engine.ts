/** What the server runs on, made once by main.ts or by a test. Only the kernel and main hold it; slices get its ground. */
import type { Database } from './db/pool.ts'
import type { Gates } from './db/account-gate.ts'
import type { Ground } from './ground.ts'
import type { JournalWriter } from './store.ts'

export interface Engine extends Ground {
  readonly database: Database
  /** Writes rows of the journal that no change goes with: looks and refusals, many callers in one commit. */
  readonly noteDown: JournalWriter
  readonly gates: Gates
}
